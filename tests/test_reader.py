"""Pages are the same whoever reads them: this process, copies of it, or an earlier one."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from clinic import crew, reader
from clinic.cache import Cache
from clinic.content import Content, read_content
from clinic.problems.catalogue.body import UNKNOWN_FOOTNOTE
from clinic.sheets import Sheets
from clinic.source import opening
from clinic.source.digests import see
from clinic.words import Headings
from tests.harness import SITE, good_site

PAGE = "conditions/low-back-pain.md"


def read(folder: Path, cache: Path | None, *, looked: bool = False) -> Content:
    with Cache(cache) as opened:
        return read_content(folder, opened, seen=see(folder, cache) if looked else None)


def same(one: Content, other: Content) -> None:
    assert one.documents == other.documents
    assert one.problems == other.problems
    assert dict(one.texts) == dict(other.texts)
    assert one.material == other.material


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.mark.parametrize("count", [1, 2, 3, 64])
def test_how_many_processes_read_changes_nothing(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = read(SITE, None)
    assert alone.parsed > 10
    monkeypatch.setattr(crew, "FEW", 1)
    monkeypatch.setattr(crew, "hands", lambda: count)
    monkeypatch.setattr(crew, "_can_copy", lambda: True)
    first = read(SITE, tmp_path)
    same(first, alone)
    assert first.parsed == alone.parsed
    second = read(SITE, tmp_path)
    same(second, alone)
    assert second.parsed == 0


def test_how_many_pages_are_on_their_way_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = read(SITE, None)
    monkeypatch.setattr(reader, "_AT_ONCE", 1)
    same(read(SITE, tmp_path), alone)
    same(read(SITE, tmp_path), alone)


def test_where_the_digests_are_known_only_what_changed_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, cache = good_site(tmp_path), tmp_path / "cache"
    read(content, cache, looked=True)
    change(content / PAGE, "\n## ", "\nOne more sentence.\n\n## ")
    opened: list[str] = []
    real = opening.read_all_guarded

    def read_all(root: Path, paths: Iterable[str], **more: object) -> object:
        asked = list(paths)
        opened.extend(asked)
        return real(root, asked, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "read_all_guarded", read_all)
    again = read(content, cache, looked=True)
    assert opened == [PAGE]
    assert again.parsed == 1
    same(again, read(content, None))


@pytest.mark.parametrize(
    ("after", "parsed"),
    [
        pytest.param("title: Another ", 0, id="another title leaves the body as it was"),
        pytest.param("# A line more.\ntitle: ", 1, id="a line more moves every place of it"),
    ],
)
def test_a_body_is_parsed_where_the_header_moves_it(after: str, parsed: int, tmp_path: Path) -> None:
    content, cache = good_site(tmp_path), tmp_path / "cache"
    read(content, cache)
    change(content / PAGE, "title: ", after)
    again = read(content, cache)
    assert again.parsed == parsed
    same(again, read(content, None))


def test_what_a_broken_header_kept_untold_of_the_text_is_told_when_it_is_mended(tmp_path: Path) -> None:
    """Without a header nobody knows which sources there are; with it, the mark of one that is not there is wrong."""
    content, cache = good_site(tmp_path), tmp_path / "cache"
    page = content / "pages" / "it.md"
    words = "title: %s\nsummary: What it is.\n---\n\nSome words.[^nowhere]\n"
    page.write_text("---\n" + words % "[It", encoding="utf-8")
    assert UNKNOWN_FOOTNOTE.code not in {one.code for one in read(content, cache).problems}
    page.write_text("---\n" + words % "It   ", encoding="utf-8")
    mended = read(content, cache)
    same(mended, read(content, None))
    assert UNKNOWN_FOOTNOTE.code in {one.code for one in mended.problems if one.path == "pages/it.md"}


def test_bytes_of_a_cache_that_mean_nothing_are_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = read(SITE, None)
    monkeypatch.setattr(Cache, "get_all", lambda _self, keys: [b"\xc1"] * len(keys))
    again = read(SITE, tmp_path)
    same(again, alone)
    assert again.parsed == alone.parsed


def test_a_page_with_a_patients_details_is_never_known(tmp_path: Path) -> None:
    content, cache = good_site(tmp_path), tmp_path / "cache"
    page = content / "pages" / "new.md"
    page.write_text("---\ntitle: A\nsummary: S.\n---\n\nThe record number of our patient is MRN 12345678.\n")
    for looked in (False, True, True):
        found = read(content, cache, looked=looked)
        assert [one.code for one in found.problems if one.path == "pages/new.md"] == ["PRV001"]
        assert "pages/new.md" not in found.texts
    held = b"".join(file.read_bytes() for file in cache.rglob("*") if file.is_file())
    assert b"12345678" not in held


def test_a_page_that_is_gone_leaves_nothing_on_its_sheet(tmp_path: Path) -> None:
    content, cache = good_site(tmp_path), tmp_path / "cache"
    page = content / "pages" / "new.md"
    page.write_text("---\ntitle: A\nsummary: S.\n---\n\nWords.\n")
    read(content, cache)
    page.unlink()
    again = read(content, cache)
    same(again, read(content, None))
    assert "pages/new.md" not in again.texts
    with Cache(cache) as opened:
        kept = Sheets(opened, Headings(), again.tree.at)
        assert "pages/new.md" not in kept.lines([kept.number("pages/new.md")])
