"""References to the clinic's facts, `{{ phone.main }}`: the whole vocabulary, and what is wrong with the rest."""

import re

from clinic.problems import Problem, Span, nearest
from clinic.problems.catalogue import body as rules
from clinic.prose.body import FactUse

FORMS = ("phone.main", "email.records", "location.main.address", "hours.main", "clinic.name")
"""One example of each form; `main` and `records` stand for an id of clinic.yaml."""

FACT = re.compile(
    r"(?:(?:phone|email|hours)\.[a-z0-9][a-z0-9-]*|location\.[a-z0-9][a-z0-9-]*\.address|clinic\.name)", re.ASCII
)
"""A name of the vocabulary."""

LIKE = re.compile(r"\{\{[ \t]*(?P<name>[a-z]+\.[\w.-]+)[ \t]*\}\}")
"""What looks like a reference to a fact, in text without marks."""

_REFERENCE = re.compile(r"\{\{(?P<name>[^{}\n]*)\}\}|\{\{|\}\}")


def advice(name: str) -> str:
    """How to write a fact instead of `name`, in words."""
    head, _, rest = name.strip().partition(".")
    close = nearest(head, ("phone", "email", "hours", "location", "clinic"))
    known = (
        "Facts are written {{ phone.main }}, {{ email.records }}, {{ location.main.address }}, {{ hours.main }} and "
    )
    known += "{{ clinic.name }}, with the names from clinic.yaml."
    if close is None or not rest:
        return known
    ending = rest.split(".")[0]
    better = {"location": f"location.{ending}.address", "clinic": "clinic.name"}.get(close, f"{close}.{ending}")
    return f"Did you mean {{{{ {better} }}}}? {known}"


def inline_facts(text: str, path: str, span: Span) -> tuple[tuple[str | FactUse, ...], tuple[Problem, ...]]:
    """The pieces of a line of the header: plain text, and the facts that it names; and what is wrong with them.

    Args:
        text: the value, for instance a summary.
        path: its file.
        span: where the value stands; quotes round it are reckoned with where it stands on one line.
    """
    pieces: list[str | FactUse] = []
    problems: list[Problem] = []
    done = 0
    for found in _REFERENCE.finditer(text):
        name = (found["name"] or "").strip()
        place = _within(span, text, found.start(), found.end())
        if not FACT.fullmatch(name):
            written = found[0] if len(found[0]) <= 60 else found[0][:57] + "..."
            problems.append(rules.FACT_NOT_READ(path, place, fact=written, known=advice(name)))
            continue
        if found.start() > done:
            pieces.append(text[done : found.start()])
        pieces.append(FactUse(name, text.strip() == found[0], place))
        done = found.end()
    if done < len(text):
        pieces.append(text[done:])
    return tuple(pieces), tuple(problems)


def _within(span: Span, text: str, start: int, end: int) -> Span:
    """The place of a piece of a value: exact where the value is written on one line without escapes."""
    quotes = span.end_column - span.column - len(text)
    if span.line != span.end_line or quotes not in {0, 2}:
        return span
    column = span.column + quotes // 2
    return Span(span.line, column + start, span.line, column + end)
