"""Downloads that can't be offered: told where they are linked, or at themselves; never published."""

from pathlib import Path

import pytest

from clinic.library import downloads
from clinic.library.audience import Audience
from clinic.problems import Severity
from tests.forms import pdf
from tests.harness import Checked, checked, good_site
from tests.laws.world import small_world

CARD, PAGE = "files/language-card.pdf", "pages/language-help.md"


def replaced(tmp_path: Path, data: bytes) -> Checked:
    site = good_site(tmp_path)
    (site / CARD).write_bytes(data)
    return checked(site)


@pytest.mark.parametrize("data", [b"This is no PDF.", pdf("a script of a page"), pdf("a lock"), pdf()[:200], b""])
def test_the_page_that_links_to_it_is_held_back(data: bytes, tmp_path: Path) -> None:
    (problem,) = replaced(tmp_path, data).problems
    assert (problem.code, problem.path, problem.severity) == ("FIL001", PAGE, Severity.ERROR)
    assert "language-card.pdf" in problem.message
    text = (good_site(tmp_path / "again") / PAGE).read_text().split("\n")[problem.span.line - 1]
    assert CARD in text[problem.span.column - 1 : problem.span.end_column]


def test_where_nothing_links_to_it_the_file_itself_is_told_of(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    (site / "files" / "old.pdf").write_bytes(pdf("a file inside"))
    (problem,) = checked(site).problems
    assert (problem.code, problem.path, problem.severity) == ("FIL001", "files/old.pdf", Severity.WARNING)


def test_a_file_over_the_limit_is_never_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "LARGEST", 100)
    (problem,) = replaced(tmp_path, pdf()).problems
    assert (problem.code, problem.path) == ("FIL001", PAGE)
    assert "too large" in problem.message


@pytest.mark.parametrize("audience", list(Audience))
def test_it_is_never_published_and_good_ones_are(audience: Audience, tmp_path: Path) -> None:
    world = small_world(tmp_path, audience=audience)
    assert CARD in world.build().written.manifest.files
    (world.content / "files" / "old.pdf").write_bytes(pdf("a script of a page"))
    (world.content / "files" / "new.pdf").write_bytes(pdf())
    files = world.build().written.manifest.files
    assert ("files/new.pdf" in files, "files/old.pdf" in files) == (True, False)
    (world.content / CARD).write_bytes(pdf("a script of a page"))
    assert CARD not in world.build().written.manifest.files


def test_a_file_is_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = small_world(tmp_path)
    calls: list[str] = []
    real = downloads.flaw_of

    def watched(name: str, data: bytes) -> str:
        calls.append(name)
        return real(name, data)

    monkeypatch.setattr(downloads, "flaw_of", watched)
    world.build()
    world.change("pages/home.md", "We treat back pain.", "We treat your back.")
    world.build()
    assert calls == [CARD]
    (world.content / CARD).write_bytes(pdf())
    world.build()
    assert calls == [CARD, CARD]
