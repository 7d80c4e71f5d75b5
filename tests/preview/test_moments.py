"""What the preview says of pages that have ended, are to come or await review, and of errors at other moments."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.preview.previewed import SITE, Previewed, bar_of, plain, previewed, problems_in

WORDS = {
    "en": {
        "ended": "Ended on Saturday 1 August 2026 at midnight",
        "upcoming": "Goes live on Monday 4 January 2027 at midnight",
        "awaits": "Awaits clinical review: the page says so to patients",
        "overdue": "Its review is late: the page says so to patients",
    },
    "es": {
        "ended": "Terminó el sábado, 1 de agosto de 2026, 0:00",
        "upcoming": "Se publica el lunes, 4 de enero de 2027, 0:00",
        "awaits": "Falta la revisión clínica: la página lo dice a los pacientes",
        "overdue": "Su revisión está atrasada: la página lo dice a los pacientes",
    },
}
"""What each badge says, by the language of its page."""

PAGES = {
    "ended": ("announcements/summer-hours.md", "/announcements/summer-hours/"),
    "upcoming": ("pages/plans.md", "/plans/"),
    "awaits": ("conditions/low-back-pain.md", "/conditions/low-back-pain/"),
    "overdue": ("conditions/heel-pain.md", "/conditions/heel-pain/"),
}
"""A page of each sort: its file and its address."""


@dataclass(frozen=True)
class Spoken:
    """A running preview whose pages are in a language."""

    running: Previewed
    lang: str
    """The language of the pages in `PAGES`."""
    site: str
    """The language of all others."""


def _changed(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module", params=["en", "es", "es in en"])
def spoken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spoken]:
    """A site in English, one in Spanish, and one in English that has these pages in Spanish."""
    folder = tmp_path_factory.mktemp("spoken")
    content = Path(shutil.copytree(SITE, folder / "content"))
    _changed(content / "pages/plans.md", "status: draft", "publish: 2027-01-04")
    _changed(content / "reviews/heel-pain.yaml", "date: 2026-10-05", "date: 2024-10-05")
    lang, _, site = request.param.partition(" in ")
    if site:
        for file, _ in PAGES.values():
            text = (content / file).read_text(encoding="utf-8")
            (content / file).write_text(text.replace("\nsummary:", f"\nlang: {lang}\nsummary:", 1), encoding="utf-8")
    else:
        _changed(content / "clinic.yaml", "language: en", f"language: {lang}")
    with previewed(folder, again=True) as running:
        yield Spoken(running, lang, site or lang)


def badges(page: str) -> dict[str, str]:
    """The badges of a page: what each says, by its sort."""
    return dict(re.findall(r'<li class="badge ([a-z]+)">([^<]*)</li>', page))


@pytest.mark.parametrize("sort", PAGES)
def test_a_page_carries_its_badge_in_its_own_language(spoken: Spoken, sort: str) -> None:
    status, page = spoken.running.get(PAGES[sort][1])
    assert status == 200
    assert badges(page) == {sort: WORDS[spoken.lang][sort]}


@pytest.mark.parametrize("sort", PAGES)
def test_as_patients_will_see_it_there_is_no_badge(spoken: Spoken, sort: str) -> None:
    address = PAGES[sort][1]
    status, page = spoken.running.get(f"{address}?on=2026-12-25T09:00")
    assert status == (404 if sort == "upcoming" else 200)
    assert badges(page) == {}
    assert ("They will not see this page: it is not public yet" in bar_of(page)) == (sort == "upcoming")
    later, page = spoken.running.get(f"{address}?on=2027-01-04T00:00")
    assert (later, badges(page)) == (200, {})


def test_what_ends_meanwhile_says_so_to_patients_then(spoken: Spoken) -> None:
    ended = {"en": "This notice has ended.", "es": "Este aviso ya no está vigente."}
    address, lang = "/announcements/closed-in-december/", "es" if spoken.site == "es" else "en"
    now, then = (plain(spoken.running.get(address + asked)[1]) for asked in ("", "?on=2026-12-26T09:00"))
    assert ended[lang] not in now
    assert ended[lang] in then


def test_a_page_with_errors_is_shown_with_them_at_every_moment(tmp_path: Path) -> None:
    file, address = PAGES["awaits"]
    with previewed(tmp_path) as running:
        running.change(f"content/{file}", "treatments: [nerve-block]", "treatments: [nerve-blok]")
        running.until(lambda: "nerve-blok" in problems_in(running.get(address)[1]))
        now, then = running.get(address)[1], running.get(f"{address}?on=2026-12-25T09:00")
        assert then[0] == 200
        panel = problems_in(then[1])
        assert panel == problems_in(now)
        assert f"{file}, line 7, column 14" in panel
        assert "until its errors are mended" in bar_of(then[1])
        assert badges(then[1]) == badges(now) == {"awaits": WORDS["en"]["awaits"]}
        assert 'href="/procedures/nerve-block/?on=2026-12-25T09:00"' in then[1]
        other = running.get("/conditions/heel-pain/?on=2026-12-25T09:00")[1]
        assert problems_in(other) == ""
        assert "mended" not in bar_of(other)
        running.change(f"content/{file}", "nerve-blok", "nerve-block")
        running.until(lambda: problems_in(running.get(f"{address}?on=2026-12-25T09:00")[1]) == "")


def test_a_page_whose_header_cannot_be_read_is_shown_with_its_problems_at_every_moment(tmp_path: Path) -> None:
    file, address = PAGES["awaits"]
    with previewed(tmp_path) as running:
        running.change(f"content/{file}", "title: Low back pain", "title: Low back pain: what helps")
        running.until(lambda: "second colon" in problems_in(running.get(address)[1]))
        status, then = running.get(f"{address}?on=2026-12-25T09:00")
        assert (status, problems_in(then)) == (200, problems_in(running.get(address)[1]))
        assert f"{file}, line 2, column 8" in problems_in(then)


def test_a_warning_is_for_editors_and_not_on_the_page_as_patients_will_see_it(tmp_path: Path) -> None:
    file, address = PAGES["awaits"]
    with previewed(tmp_path) as running:
        running.change(f"content/{file}", "Your back may hurt", "See [more](#causes). Your back may hurt")
        running.until(lambda: "LNK012" in problems_in(running.get(address)[1]))
        assert problems_in(running.get(f"{address}?on=2026-12-25T09:00")[1]) == ""
