"""A field, the change to the small good site that writes it, and where it then shows."""

from dataclasses import dataclass

from tests.views.faces import Edit, change, line

CLOSED = "/announcements/closed-in-december/"
TOWN, ASK, BLOCK, PAIN = "/locations/main/", "/appointment/", "/procedures/nerve-block/", "/conditions/low-back-pain/"
DECEMBER = "announcements/closed-in-december.md"


@dataclass(frozen=True)
class Row:
    """A field, the change that writes it, where it then shows, and as what; `goes` where it is gone instead."""

    field: str
    edit: Edit
    at: str
    shows: str
    goes: bool = False


def written(field: str, path: str, text: str, at: str, shows: str) -> Row:
    """A field that a line more in a header writes."""
    return Row(field, line(path, text), at, shows)


def instead(field: str, path: str, before: str, after: str, at: str, shows: str) -> Row:
    """A field whose value becomes another."""
    return Row(field, change(path, before, after), at, shows)
