"""`new`: every page that it begins is a sound draft, says all that is left to do, and takes nobody's place."""

import multiprocessing
import multiprocessing.synchronize
import re
from dataclasses import replace
from pathlib import Path

import pytest

from clinic.commands.ends import Exit, Misuse, Stopped
from clinic.commands.settings import ROOT, Settings
from clinic.commands.starting import Wanted, new
from clinic.drafting import prompts
from clinic.library.audience import Audience
from clinic.model.kinds import TOPICS, TYPES, Kind
from clinic.problems import Problem, Severity
from clinic.prose.sections import required
from clinic.rules.drafts import TO_DO
from clinic.rules.structure import HEADINGS, needed_cards
from tests.harness import checked, good_site

EVERY = [
    *(Wanted(kind.value, "Something new") for kind in Kind),
    *(Wanted("procedure", "Something new", type=type_) for type_ in TYPES),
    *(Wanted("announcement", "Something new", topic=topic) for topic in TOPICS),
]


def settings(folder: Path) -> Settings:
    return Settings(
        content=folder / "content",
        output=folder / "output",
        cache=folder / "cache",
        theme=ROOT / "theme",
        audience=Audience.EDITORS,
        now="2026-11-22T09:00:00",
    )


def begun(folder: Path, wanted: Wanted) -> Path:
    """The one file that the command wrote into a copy of the good site."""
    site = good_site(folder)
    before = set(site.rglob("*"))
    assert new(settings(folder), wanted) is Exit.DONE
    (file,) = set(site.rglob("*")) - before
    return file


def told(folder: Path, file: Path) -> list[Problem]:
    path = file.relative_to(folder / "content").as_posix()
    return [problem for problem in checked(folder / "content").problems if problem.path == path]


def sound_until_published(folder: Path, file: Path, *, prompt: str) -> None:
    """As a draft a page has advice alone; once it is none, each line that is left to fill in is an error."""
    assert {problem.severity for problem in told(folder, file)} == {Severity.INFO}
    text = file.read_text(encoding="utf-8").replace("status: draft\n", "")
    file.write_text(text, encoding="utf-8")
    lines = enumerate(text.split("\n"), 1)
    left = {number for number, line in lines if prompt in line or re.fullmatch(r"\w+:", line)}
    errors = [problem for problem in told(folder, file) if problem.severity is Severity.ERROR]
    assert {problem.span.line for problem in errors} == left
    assert {problem.code for problem in errors} <= TO_DO


@pytest.mark.parametrize("wanted", EVERY, ids=lambda wanted: f"{wanted.kind}-{wanted.type or wanted.topic or 'plain'}")
def test_a_new_page_is_a_sound_draft_and_each_prompt_is_found_once_it_is_none(tmp_path: Path, wanted: Wanted) -> None:
    file = begun(tmp_path, wanted)
    text = file.read_text(encoding="utf-8")
    assert "status: draft\n" in text
    sound_until_published(tmp_path, file, prompt="[fill in:")
    assert not (tmp_path / "output").exists()


SPANISH = [*(Wanted(kind.value, "Algo nuevo") for kind in Kind), Wanted("announcement", "Cerrado", topic="closure")]
ENGLISH = re.compile(r"\b(?:the|what|with|each|of|your|and|call)\b", re.IGNORECASE)


@pytest.mark.parametrize("wanted", SPANISH, ids=lambda wanted: f"{wanted.kind}-{wanted.topic or 'plain'}")
def test_a_page_in_spanish_is_begun_in_spanish(tmp_path: Path, wanted: Wanted) -> None:
    """Its prompts are, and its headings are those that mean the sections of its kind."""
    file = begun(tmp_path, replace(wanted, lang="es"))
    text = file.read_text(encoding="utf-8")
    assert "\nlang: es\n" in text
    said = re.sub(r"(?m)^(?:# )?(?:  [ -] )?\w+:.*?(?=#|$)|Por ejemplo: .*|Es una de estas palabras: .*", "", text)
    said = re.sub(r"content/images|clinic\.yaml|\{\{.*?\}\}|\[![a-z-]+\]", "", said)
    assert ENGLISH.search(said) is None, ENGLISH.search(said)
    assert "[por completar: " in text
    sound_until_published(tmp_path, file, prompt="[por completar:")


def test_the_pages_of_a_spanish_clinic_are_begun_in_spanish_without_saying_so(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    file = site / "clinic.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("language: en", "language: es-MX"), encoding="utf-8")
    assert new(settings(tmp_path), Wanted("condition", "Dolor de cuello")) is Exit.DONE
    text = (site / "conditions/dolor-de-cuello.md").read_text(encoding="utf-8")
    assert re.findall("^## (.+)$", text, re.MULTILINE)[:2] == ["Qué es", "Síntomas"]
    assert "> [!emergency] Llame al 911 ahora si\n> - [por completar: " in text
    assert "\nlang:" not in text
    assert new(settings(tmp_path), Wanted("condition", "Neck pain", lang="en")) is Exit.DONE
    text = (site / "conditions/neck-pain.md").read_text(encoding="utf-8")
    assert "\nlang: en\n" in text
    assert "## What it is\n\n[fill in: what it is and whom it affects" in text


def test_a_language_without_texts_is_begun_in_english_and_no_language_is_refused(tmp_path: Path) -> None:
    text = begun(tmp_path, Wanted("page", "Etwas Neues", lang="de")).read_text(encoding="utf-8")
    assert "\nlang: de\n" in text
    assert "[fill in: what people want to know most" in text
    with pytest.raises(Misuse, match=re.escape("""--lang can't be "Spanish". Write the code""")):
        new(settings(tmp_path), Wanted("page", "Something else", lang="Spanish"))


@pytest.mark.parametrize("lang", ["en", "es", "de"])
def test_the_cards_of_a_new_page_have_the_titles_that_check_proposes(tmp_path: Path, lang: str) -> None:
    text = begun(tmp_path, Wanted("procedure", "Something new", lang=lang)).read_text(encoding="utf-8")
    proposed = [card.example(lang).partition(" (")[0] for card in needed_cards(Kind.PROCEDURE)]
    assert [line for line in text.splitlines() if line.startswith("> [!")] == proposed


@pytest.mark.parametrize("type_", TYPES)
def test_a_procedure_has_the_sections_and_cards_of_its_type(tmp_path: Path, type_: str) -> None:
    text = begun(tmp_path, Wanted("procedure", "Something new", type=type_)).read_text()
    assert re.findall("^## (.+)$", text, re.MULTILINE) == [
        HEADINGS[Kind.PROCEDURE][key] for key in required("procedure", type_)
    ]
    assert re.findall(r"\[!([\w-]+)\]", text) == ["emergency", "call-us"]
    assert f"type: {type_}\n" in text


def test_a_procedure_without_a_type_has_the_sections_of_all(tmp_path: Path) -> None:
    text = begun(tmp_path, Wanted("procedure", "Something new")).read_text()
    assert {HEADINGS[Kind.PROCEDURE][key] for type_ in TYPES for key in required("procedure", type_)} == set(
        re.findall("^## (.+)$", text, re.MULTILINE)
    )


def test_every_section_that_can_be_asked_for_has_a_prompt() -> None:
    for kind in (Kind.CONDITION, Kind.PROCEDURE):
        assert set(prompts()["sections"][kind.value]) == set(HEADINGS[kind])
    assert set(prompts()["topics"]) - {"other"} <= set(TOPICS)


@pytest.mark.parametrize("topic", ["closure", "move", "staff"])
def test_the_clinics_questions_are_asked(tmp_path: Path, topic: str) -> None:
    text = begun(tmp_path, Wanted("announcement", "Something new", topic=topic.upper())).read_text()
    for word in ("appointment", "refill", "pump", "whom to call", "{{ phone.night }}"):
        assert word in text.lower()
    assert "date: 2026-11-22\n" in text


def test_the_lines_for_a_source_can_be_used_as_they_are(tmp_path: Path) -> None:
    file = begun(tmp_path, Wanted("condition", "Something new"))
    given = {
        "id": "nhs", "title": "Pain", "publisher": "NHS", "url": "https://www.nhs.uk/", "accessed": "2026-11-22",
    }  # fmt: skip
    text = file.read_text()
    for key, value in given.items():
        text = re.sub(rf"^# (  [ -] {key}:)  #", rf"\1 {value}  #", text, count=1, flags=re.MULTILINE)
    file.write_text(text)
    wrong = [problem for problem in told(tmp_path, file) if problem.code.startswith("FM")]
    assert [problem.message.split('"')[1] for problem in wrong] == ["summary", "author"]


TITLES = [
    "Back pain: what helps",
    'The "best" chair',
    "Room #1",
    "# Parking",
    "- a dash",
    "[brackets] {braces}",
    "no",
    "2026-11-22",
    "'Twas",
    "back\\slash \\n",
    "%TAG !x &y *z @w | > ? ~ `",
    "Trailing colon:",
    "Dolor de espalda: qué hacer",
    "Übung für den Rücken",
    "e\u0301te\u0301",
    "🎉🎉",
    "👩🏽\u200d⚕️ nurse",
    "腰痛",
    "آلام الظهر",
    "Боль в спине",
    "…",
    "Page",
    "con",
    "A" + " long title" * 27,
    "w" * 300,
]


@pytest.mark.parametrize("title", TITLES)
def test_any_title_is_read_back_as_it_was_typed(tmp_path: Path, title: str) -> None:
    file = begun(tmp_path, Wanted("page", f"  {title} "))
    path = file.relative_to(tmp_path / "content").as_posix()
    document = next(one for one in checked(tmp_path / "content").content.documents if one.path == path)
    assert document.header is not None
    assert document.header.title == title.replace("e\u0301", "é")
    assert Severity.ERROR not in {problem.severity for problem in told(tmp_path, file)}
    assert len(file.name) < 80


def test_titles_without_letters_get_names_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert begun(tmp_path, Wanted("page", "🎉")).name == "page-2026-11-22.md"
    assert "rename the file" in capsys.readouterr().out
    assert new(settings(tmp_path), Wanted("page", "腰痛")) is Exit.DONE
    assert (tmp_path / "content/pages/page-2026-11-22-2.md").exists()


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (Wanted("proced", "X"), "Did you mean procedure?"),
        (Wanted("location", "East"), "clinic.yaml"),
        (Wanted("zzz", "X"), "Choose one of: condition, procedure, announcement, clinician, page."),
        (Wanted("procedure", "X", type="inject"), "Did you mean injection?"),
        (Wanted("announcement", "X", topic="closed"), "Did you mean closure?"),
        (Wanted("page", "X", topic="closure"), "announcements only"),
        (Wanted("condition", "X", type="surgery"), "procedures only"),
        (Wanted("page", "  "), "needs a title"),
        (Wanted("page", "x" * 301), "301 letters"),
        (Wanted("page", "Parking", name="Our Parking"), "Try our-parking"),
        (Wanted("condition", "Low back pain"), 'conditions/low-back-pain.md ("Low back pain")'),
        (Wanted("page", "low back PAIN!"), "conditions/low-back-pain.md"),
        (Wanted("condition", "Pain in the low back", name="Low-back-pain".lower()), "conditions/low-back-pain.md"),
        (Wanted("condition", "Lower back pains"), "conditions/low-back-pain.md"),
        (Wanted("page", "MRN: 12345678"), "a patient's own details"),
        (Wanted("page", "Parking", name="mrn-12345678"), "a patient's own details"),
    ],
)
def test_what_cant_be_is_refused_with_the_reason(tmp_path: Path, wanted: Wanted, says: str) -> None:
    site = good_site(tmp_path)
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    with pytest.raises(Misuse) as refused:
        new(settings(tmp_path), wanted)
    assert says in str(refused.value)
    assert "12345678" not in str(refused.value)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("title", ["<b>Bold</b>", "Hidden\u202e", "Images"])
def test_a_title_that_would_be_an_error_is_shown_and_not_written(
    tmp_path: Path, title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    site = good_site(tmp_path)
    before = set(site.rglob("*"))
    with pytest.raises(Stopped) as stopped:
        new(settings(tmp_path), Wanted("page", title))
    assert stopped.value.code is Exit.PROBLEMS
    assert "Nothing was written" in capsys.readouterr().err
    assert set(site.rglob("*")) == before


def test_kinds_are_known_in_any_letters_and_by_their_folders(tmp_path: Path) -> None:
    assert begun(tmp_path, Wanted("CONDITIONS", "Sciatica")).parent.name == "conditions"


def test_the_other_side_and_another_year_are_other_pages(tmp_path: Path) -> None:
    begun(tmp_path, Wanted("procedure", "Hip injection, left side", type="injection"))
    assert new(settings(tmp_path), Wanted("procedure", "Hip injection, right side")) is Exit.DONE
    assert new(settings(tmp_path), Wanted("announcement", "Closed in winter 2027")) is Exit.DONE
    assert new(settings(tmp_path), Wanted("announcement", "Closed in winter 2028")) is Exit.DONE


def test_two_people_may_have_nearly_the_same_name(tmp_path: Path) -> None:
    begun(tmp_path, Wanted("clinician", "Dr. Janne Example"))
    assert new(settings(tmp_path), Wanted("clinician", "Dr. Jannes Example")) is Exit.DONE


def _at_once(folder: Path, gate: "multiprocessing.synchronize.Barrier", number: int) -> None:
    own = replace(settings(folder), cache=folder / f"cache{number}", now=f"2026-11-{10 + number}T09:00:00")
    gate.wait(60)
    try:
        new(own, Wanted("announcement", "Closed for snow", topic="closure"))
    except Misuse:
        raise SystemExit(2) from None


def test_of_processes_that_begin_the_same_page_at_once_one_writes_it(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(3)
    racing = [context.Process(target=_at_once, args=(tmp_path, gate, number)) for number in range(3)]
    for process in racing:
        process.start()
    for process in racing:
        process.join(120)
    codes = [process.exitcode for process in racing]
    assert sorted(codes, key=str) == [0, 2, 2]
    text = (site / "announcements" / "closed-for-snow.md").read_text()
    assert f"date: 2026-11-{10 + codes.index(0)}\n" in text
    assert not list(site.rglob("*~"))


def test_what_came_in_between_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file appears after the command has looked, on a disk with links and on one without."""
    site = good_site(tmp_path)
    file = site / "pages" / "parking.md"

    def judged(*_: object) -> int:
        file.write_text("somebody else's")
        return 0

    monkeypatch.setattr("clinic.commands.starting._judge", judged)
    for _ in range(2):
        with pytest.raises(Misuse, match="is there already"):
            new(settings(tmp_path), Wanted("page", "Parking"))
        assert file.read_text() == "somebody else's"
        assert not list(site.rglob("*~"))
        file.unlink()
        monkeypatch.setattr("os.link", _no_links)


def _no_links(*_: object) -> None:
    raise PermissionError
