"""Bodies are the same whoever parses them: this process, copies of it, or an earlier one."""

from pathlib import Path

import pytest

from clinic import bodies, crew
from clinic.cache import Cache
from clinic.content import read_content
from clinic.model.kinds import Kind
from clinic.source.header import read_source
from clinic.words import Headings

SITE = Path(__file__).parent / "site"


def read(cache: Path | None) -> tuple[object, int]:
    with Cache(cache) as opened:
        content = read_content(SITE, opened)
    return content.documents, content.parsed


@pytest.mark.parametrize("count", [1, 2, 3, 64])
def test_how_many_processes_parse_changes_nothing(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone, parsed = read(None)
    assert parsed > 10
    monkeypatch.setattr(crew, "FEW", 1)
    monkeypatch.setattr(crew, "hands", lambda: count)
    monkeypatch.setattr(crew, "_can_copy", lambda: True)
    assert read(tmp_path) == (alone, parsed)
    assert read(tmp_path) == (alone, 0)


def test_a_cache_that_holds_something_else_is_no_body(monkeypatch: pytest.MonkeyPatch) -> None:
    source = read_source("pages/it.md", b"---\ntitle: It\nsummary: One.\n---\n\nSome words.\n")
    parse = bodies.Bodies(Cache(None), Headings())
    body = parse(source, Kind.PAGE, ())
    monkeypatch.setattr(Cache, "get", lambda _self, _key: b"\xc1")
    assert parse(source, Kind.PAGE, ()) == body
    assert parse.parsed == 2
