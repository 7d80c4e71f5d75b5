"""Problems are data: what is wrong, where, and how to mend it, in an editor's words.

A `Rule` is one entry of the catalogue (`clinic/problems/catalogue/`): its code never changes its meaning. Calling
a rule makes a `Problem`. Every station of the line may use this room; it imports no other.
"""

from clinic.problems.problem import NOWHERE, Example, Problem, Rule, Severity, Span, more_than_advice, nearest, spliced

__all__ = ["NOWHERE", "Example", "Problem", "Rule", "Severity", "Span", "more_than_advice", "nearest", "spliced"]
