"""Pages that another process read are those that this one would have read."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic import sheets
from clinic.bodies import Bodies
from clinic.cache import Cache
from clinic.library.document import Document, read_document
from clinic.library.unread import KINDS, slug_of
from clinic.sheets import Line, Sheets, document_of, line_of
from clinic.source.header import read_source
from clinic.words import Headings
from tests.harness import SITE

GOLD = Path(__file__).parent / "gold" / "content"
DATED = b"---\ntitle: %s\nsummary: S.\ndate: 2026-11-22\npublish: %s\nexpires: %s\nwhy: None.\n---\n\nWords.\n"
ODD = (
    b"",
    b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\nWords.\r\n",
    b"---\ntitle: \xff\n---\n",
    b"---\ntitle: [A\n---\n\nWords.\n",
    b"title: A\n\nWords.\n",
    b"Words.\n",
    b"---\ntitle: A\xc2\xadB\xe2\x80\x8b\nsources:\n  - id: one\n  - id: two\n---\nWords.\n",
    b"---\ntitle: A\nsumary: S\n---\nW\xc2\xa0o\xe2\x80\x8brds.\n",
    b"---\ntitle: A\nsummary: \xf0\x9f\x99\x82\n---\n\nSmile \xf0\x9f\x99\x82, caf\xc3\xa9.\n",
)


def read(path: str, data: bytes) -> Document:
    return read_document(read_source(path, data), KINDS[path.partition("/")[0]], slug_of(path), Bodies(Headings()))


def again(path: str, data: bytes) -> None:
    first = read(path, data)
    second = document_of(path, line_of(first, b""))
    assert second is not None
    for name in ("id", "kind", "path", "digest", "text", "front", "header", "problems", "title", "signed_text"):
        assert getattr(second, name) == getattr(first, name), name
    assert type(second.header) is type(first.header)
    assert list(second.places.items()) == list(first.places.items())
    assert second.body == first.body.folded()
    assert (second.body.lead, second.body.sections) == (first.body.lead, first.body.sections)
    assert (second.body.passages, second.body.footnotes) == (first.body.passages, first.body.footnotes)
    assert line_of(second, b"") == line_of(first, b"")


@pytest.mark.parametrize("content", [GOLD, SITE])
def test_every_page_comes_back_as_it_was(content: Path) -> None:
    listed = [file for folder in KINDS for file in sorted((content / folder).glob("*.md"))]
    assert len(listed) > 5
    for file in listed:
        again(file.relative_to(content).as_posix(), file.read_bytes())


@pytest.mark.parametrize("folder", sorted(KINDS))
@pytest.mark.parametrize("data", ODD)
def test_so_does_what_can_hardly_be_read(folder: str, data: bytes) -> None:
    again(f"{folder}/x.md", data)


@pytest.mark.parametrize("publish", [b"2026-11-20", b"2026-11-20 08:30", b"soon"])
@pytest.mark.parametrize("expires", [b"2026-12-20", b"2026-12-20 17:00", b"never", b"2026-02-30"])
def test_so_do_days_moments_and_what_has_no_end(publish: bytes, expires: bytes) -> None:
    again("announcements/x.md", DATED % (b"A", publish, expires))


@given(st.binary(max_size=80))
def test_so_does_any_page(text: bytes) -> None:
    again("pages/x.md", b"---\ntitle: A\n---\n" + text)
    again("pages/x.md", b"---\n" + text + b"\n---\n\nWords.\n")


@pytest.mark.parametrize("page", [b"\xc1", b"\x93abc", b""])
def test_a_line_that_means_nothing_is_no_page(page: bytes) -> None:
    line = Line("digest", b"", msgspec.Raw(page))
    assert document_of("pages/x.md", line) is None
    assert sheets.body_of(line) is None


def lines(count: int) -> dict[str, Line]:
    page = line_of(read("pages/x.md", b"---\ntitle: A\nsummary: S.\n---\n\nWords.\n"), b"shape")
    return {f"pages/x{number}.md": page for number in range(count)}


def everything(cache: Cache, paths: dict[str, Line], headings: Headings | None = None) -> dict[str, Line]:
    of_all = Sheets(cache, headings or Headings(), paths)
    return of_all.lines(sorted({of_all.number(path) for path in paths}))


@pytest.mark.parametrize("count", [0, 1, 15, 16, 100, 500])
def test_what_was_kept_is_found_again_and_no_more(count: int, tmp_path: Path) -> None:
    kept = lines(count)
    with Cache(tmp_path) as cache:
        of_all = Sheets(cache, Headings(), kept)
        of_all.keep(kept, {**kept, **lines(count + 3)})
    with Cache(tmp_path) as cache:
        assert everything(cache, kept) == kept


@pytest.mark.parametrize(("before", "after"), [(40, 90), (90, 40), (500, 501), (15, 16), (16, 15), (300, 500)])
def test_a_site_that_grew_or_shrank_is_known_still(before: int, after: int, tmp_path: Path) -> None:
    kept = lines(before)
    with Cache(tmp_path) as cache:
        of_all = Sheets(cache, Headings(), kept)
        of_all.keep(kept, kept)
        now = lines(after)
        there = {path: line for path, line in kept.items() if path in now}
        of_all = Sheets(cache, Headings(), now)
        found = of_all.lines({of_all.number(path) for path in now})
        assert {path: line for path, line in found.items() if path in now} == there
        of_all.keep((), found)
        assert everything(cache, now) == there, "they stand where they belong now"


def test_other_headings_are_other_sheets(tmp_path: Path) -> None:
    kept = lines(20)
    with Cache(tmp_path) as cache:
        of_all = Sheets(cache, Headings(), kept)
        of_all.keep(kept, kept)
        assert len(everything(cache, kept)) == 20
        assert not everything(cache, kept, Headings(condition={"causes": ("Where it comes from",)}))


def test_a_sheet_that_means_nothing_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cache, "get_all", lambda _self, keys: [b"\x93nonsense"] * len(keys))
    with Cache(tmp_path) as cache:
        assert everything(cache, lines(20)) == {}
