"""Regular expressions that are compiled when they are first asked.

Compiling every one that looks for slips of the pen takes longer than asking them of a page: most of them are asked only
where a word stands that few pages have. So an edit of one page compiles those that it needs.
"""

import re
from typing import AnyStr, Generic, cast


class _Late(Generic[AnyStr]):
    """In all that is asked of it the expression itself."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self._flags = flags
        self._made: re.Pattern[AnyStr] | None = None

    def __getattr__(self, name: str) -> object:
        """What the expression has by that name; kept, so that from then on it is as quick as with the expression."""
        if name.startswith("_"):  # what copying and the like look for
            raise AttributeError(name)
        self._made = self._made or re.compile(self.pattern, self._flags)
        found: object = getattr(self._made, name)
        setattr(self, name, found)
        return found


def expression(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A regular expression as `re.compile` makes it, compiled at the first question.

    A mistake in it comes to light then only: a test compiles them all (tests/test_expressions.py).
    """
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))
