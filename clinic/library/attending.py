"""Who asks about thousands of things may be wanted elsewhere before the last one: then the asking is given up."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Thing = TypeVar("Thing")

_BREATH = 16
"""Things after which it is asked whether there is time for more: a millisecond of a slow rule."""


class GaveWay(BaseException):
    """Whoever asked is wanted elsewhere. This is no error, so no rule catches it: what was asked is just not known."""


def while_there_is_time(go_on: Callable[[], bool], things: Iterable[Thing]) -> Iterator[Thing]:
    """The things, one after the other, for as long as `go_on` says yes.

    Raises:
        GaveWay: it says no.
    """
    for number, thing in enumerate(things):
        if number % _BREATH == 0 and not go_on():
            raise GaveWay
        yield thing
