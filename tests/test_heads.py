"""Headers that another process typed are those that this one would have typed."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic import crew, heads
from clinic.cache import Cache, key_for
from clinic.content import read_content
from clinic.library.document import Begun, finish_document
from clinic.prose.body import EMPTY
from clinic.salt import salt
from clinic.source.opening import Opened
from clinic.source.plain import digest
from tests.harness import SITE, good_site

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
)


def opened(path: str, data: bytes) -> Opened:
    return Opened(path, data, digest(data))


def pages(content: Path) -> list[Opened]:
    folders = ("conditions", "procedures", "announcements", "clinicians", "pages")
    found = [file for folder in folders for file in sorted((content / folder).glob("*.md"))]
    return [opened(file.relative_to(content).as_posix(), file.read_bytes()) for file in found]


def same(first: Begun, second: Begun) -> None:
    assert finish_document(first, EMPTY) == finish_document(second, EMPTY)
    assert (first.source.body, first.source.body_line) == (second.source.body, second.source.body_line)
    assert (first.kind, first.slug, first.cited) == (second.kind, second.slug, second.cited)
    assert first.places == second.places
    assert list(first.places.items()) == list(second.places.items())
    assert type(first.header) is type(second.header)


def again(path: str, data: bytes) -> None:
    begun = heads._begin(opened(path, data))
    other = heads._decoded(opened(path, data), heads._encoded(data, begun))
    assert other is not None
    same(begun, other)


@pytest.mark.parametrize("content", [GOLD, SITE])
def test_every_page_comes_back_as_it_was(content: Path) -> None:
    listed = pages(content)
    assert len(listed) > 5
    for one in listed:
        again(one.path, one.data)


@pytest.mark.parametrize("folder", ["conditions", "procedures", "announcements", "clinicians", "pages"])
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


def test_the_second_process_types_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = pages(GOLD)
    with Cache(tmp_path) as cache:
        first = heads.Heads(cache).of_all(listed)
    typed: list[str] = []
    real = heads._begin

    def begin(page: Opened) -> Begun:
        typed.append(page.path)
        return real(page)

    monkeypatch.setattr(heads, "_begin", begin)
    changed = [opened(one.path, one.data + b"\nMore.\n" * (number == 3)) for number, one in enumerate(listed)]
    with Cache(tmp_path) as cache:
        second = heads.Heads(cache).of_all(changed)
    assert typed == [listed[3].path]
    for number, (one, other) in enumerate(zip(first, second, strict=True)):
        if number != 3:
            same(one, other)
    assert second[3].source.body.endswith("More.\n")


def test_the_number_of_processes_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = pages(GOLD)
    alone = [heads._begin(one) for one in listed]
    monkeypatch.setattr(crew, "FEW", 0)
    monkeypatch.setattr(crew, "hands", lambda: 3)
    for one, other in zip(alone, heads.Heads(Cache(None)).of_all(listed), strict=True):
        same(one, other)


def test_bytes_of_a_cache_that_mean_nothing_are_read_anew(tmp_path: Path) -> None:
    listed = pages(SITE)
    with Cache(tmp_path) as cache:
        for page in listed:
            cache.put(key_for("head", salt(), page.path, page.digest), b"\x93nonsense")
        for one, page in zip(heads.Heads(cache).of_all(listed), listed, strict=True):
            same(one, heads._begin(page))
    shutil.rmtree(tmp_path)


def test_a_page_with_a_patients_details_is_never_known(tmp_path: Path) -> None:
    content = good_site(tmp_path)
    page = content / "pages" / "new.md"
    page.write_text("---\ntitle: A\nsummary: S.\n---\n\nThe record number of our patient is MRN 12345678.\n")
    for _ in range(2):
        with Cache(tmp_path / "cache") as cache:
            found = read_content(content, cache)
            assert [one.code for one in found.problems if one.path == "pages/new.md"] == ["PRV001"]
            assert not heads.Heads(cache).know([opened("pages/new.md", page.read_bytes())])[0]
            known = content / "conditions" / "low-back-pain.md"
            assert heads.Heads(cache).know([opened("conditions/low-back-pain.md", known.read_bytes())])[0]
            assert not heads.Heads(cache).know([opened("conditions/other.md", known.read_bytes())])[0]
