"""Every field that an editor may write shows where it should; a new field without a row in the tables fails."""

import dataclasses
import inspect
from pathlib import Path
from types import ModuleType

import pytest

from clinic.model import appointments, hours, kinds
from clinic.model import clinic as clinic_fields
from clinic.model.reading import fields_of
from tests.laws.world import small_world
from tests.views.faces import changed, faces
from tests.views.fields_of_pages import OF_PAGES
from tests.views.fields_of_the_clinic import OF_THE_CLINIC
from tests.views.rows import Row

ROWS = [*OF_PAGES, *OF_THE_CLINIC]

FOR_CHECK = {"Outside.email", "Outside.address"}
"""No page shows them: they say what a text may hold, which tests/rules/test_contacts.py tries."""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the small good site shows."""
    return faces(small_world(tmp_path_factory.mktemp("before")))


@pytest.mark.parametrize("row", ROWS, ids=[row.field for row in ROWS])
def test_a_field_shows_where_it_should(row: Row, before: dict[str, str], tmp_path: Path) -> None:
    after = changed(tmp_path, row.edit)
    shown = [row.shows in (before if row.goes else after).get(row.at, "")]
    hidden = [row.shows in (after if row.goes else before).get(row.at, "")]
    assert (shown, hidden) == ([True], [False]), after.get(row.at, "there is no such page")


def records(room: ModuleType) -> set[str]:
    """Every field of every record that a room defines, by the class that states it."""
    return {
        f"{name}.{field}"
        for name, cls in inspect.getmembers(room, inspect.isclass)
        if cls.__module__ == room.__name__ and dataclasses.is_dataclass(cls) and fields_of(cls)
        for field in cls.__annotations__
        if field in fields_of(cls)
    }


def test_every_field_has_a_row() -> None:
    """A new field without a row here fails: say where it shows."""
    stated = records(kinds) | records(clinic_fields) | records(appointments) | records(hours)
    assert {row.field for row in ROWS} == stated - FOR_CHECK
