"""`close`: a notice from a phone becomes a valid announcement, whatever was typed."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.commands.closing import Notice, announcement, close, posted
from clinic.commands.publishing import Asked, publish
from clinic.commands.running import run
from clinic.library.library import Library, build_library
from clinic.library.states import State
from clinic.library.timeline import Timeline
from clinic.model.kinds import Announcement
from clinic.model.moments import OpenEnd
from clinic.problems import Severity
from clinic.rules import check_all
from tests.harness import NOW, SITE, checked, page
from tests.laws.publishing import publisher
from tests.laws.world import World, small_world

GOOD = Notice("Closed for snow", "Stay at home. We call you to find a new day.")

HOSTILE = [
    'Closed: "today" # not a comment',
    "'); rm -rf / --",
    "$(touch /tmp/x) `id` ${HOME} %PATH% \\",
    "{{ phone.nowhere }} {{ clinic.name }}",
    "<script>alert(1)</script> <img src=x onerror=y>",
    "---\nstatus: draft\n---",
    "- [ ] a: b\n* c\n1. d\n> e\n# f\n```\ng",
    "&lt;script&gt; &amp;amp; &#x3c; &#60;b&#62;",
    "[x](javascript:alert(1)) ![y](data:z) [^1] [id]: x",
    "> [!emergency] Call",
    "\u202edesrever\u2066 zero\u200bwidth \ufeff \x00 \x1b[31m soft\u00adhyphen \ufe0f",
    "!!python/object/apply:os.system ['id'] &anchor *alias %TAG @at",
    "=1+1\tcmd|' /C calc'!A0",
    "~ null true 2026-11-22 0x10 {a: b} [c, d] | > ? -",
    "Cerrado por nieve: ¡quédese en casa! 今日は休み",
    "a" * 300,
]


def library() -> Library:
    found = checked(SITE).library
    assert found is not None
    return found


LIBRARY = library()


def codes(text: str) -> list[str]:
    """The errors that the file would have, read as content is read."""
    document = page(text, "announcements/notice.md")
    material = replace(LIBRARY.material, documents=(*LIBRARY.material.documents, document))
    made = build_library(material, Timeline(NOW), LIBRARY.audience)
    found = {*document.problems, *made.all_problems(), *check_all(made)}
    return sorted(
        problem.code for problem in found if problem.path == document.path and problem.severity is Severity.ERROR
    )


def header(text: str) -> Announcement:
    found = page(text, "announcements/notice.md").header
    assert isinstance(found, Announcement)
    return found


def shown(text: str) -> str:
    """The HTML of the body."""
    body = page(text, "announcements/notice.md").body
    parts = [*body.lead, *(part for section in body.sections for part in section.parts)]
    return "".join(part.html for part in parts)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_is_text_and_the_file_is_valid(words: str) -> None:
    text = announcement(LIBRARY, Notice(words, words), NOW)
    assert codes(text) == []
    made = header(text)
    assert not made.draft
    assert made.level == "banner"
    body = page(text, "announcements/notice.md").body
    assert body.links == ()
    assert [use.name for use in body.facts] == ["phone.night"]
    assert "<script" not in shown(text)
    assert "<img" not in shown(text)


def test_what_was_typed_is_what_patients_read() -> None:
    words = 'Closed: "A & B" <today> #1 *not* {x} 50% 5 > 4, C:\\temp, snow_day'
    text = announcement(LIBRARY, Notice(words, words), NOW)
    assert header(text).title == words.replace("<t", "< t")
    assert 'Closed: "A &amp; B" &lt;today&gt; #1 *not* {x} 50% 5 &gt; 4, C:\\temp, snow_day' in shown(text)


@given(st.text(min_size=1, max_size=80), st.text(min_size=1, max_size=200))
def test_any_text_at_all_gives_a_valid_file_or_a_sentence(title: str, what: str) -> None:
    try:
        text = announcement(LIBRARY, Notice(title, what), NOW)
    except Exception as why:  # noqa: BLE001 - it must be the one that carries a sentence
        assert type(why).__name__ == "Misuse"  # noqa: PT017
        return
    made = header(text)
    assert made.title
    assert not made.draft
    assert page(text, "announcements/notice.md").body.links == ()
    wrong = set(codes(text))
    assert not {code for code in wrong if code.startswith(("FM", "SEC", "LNK", "STR"))}, text


def test_the_fields_say_what_was_chosen() -> None:
    notice = replace(GOOD, locations="Main office", until="2026-11-25", level="notice", closed="2026-11-24, 2026-11-23")
    made = header(announcement(LIBRARY, notice, NOW))
    assert made.date == dt.date(2026, 11, 22)
    assert made.expires == dt.date(2026, 11, 25)
    assert made.locations == ("main",)
    assert made.level == "notice"
    assert made.closed == (dt.date(2026, 11, 23), dt.date(2026, 11, 24))
    assert made.topic == "closure"


@pytest.mark.parametrize("until", ["", "further notice", "Until further notice.", "unknown"])
def test_until_further_notice(until: str) -> None:
    assert header(announcement(LIBRARY, replace(GOOD, until=until), NOW)).expires is OpenEnd.UNKNOWN


def test_a_time_is_an_end_too() -> None:
    made = header(announcement(LIBRARY, replace(GOOD, until="2026-11-22 15:00"), NOW))
    assert made.expires == dt.datetime(2026, 11, 22, 15)  # noqa: DTZ001 - on the clinic's clock


@pytest.mark.parametrize(
    ("notice", "says"),
    [
        (Notice("", "Call us."), "needs a title"),
        (Notice("\u200b \x00", "Call us."), "needs a title"),
        (Notice("Closed", " \n "), "needs a title"),
        (replace(GOOD, until="11/25/2026"), "is no day"),
        (replace(GOOD, until="2026-02-30"), "is no day"),
        (replace(GOOD, until="2026-11-21"), "is over"),
        (replace(GOOD, until="2026-11-22 08:00"), "is over"),
        (replace(GOOD, until="2027-03-14 02:30"), "clocks change"),
        (replace(GOOD, locations="nowhere"), "There are: main"),
        (replace(GOOD, level="shout"), "banner or notice"),
        (replace(GOOD, closed="tomorrow"), "is no day"),
        (replace(GOOD, closed="2026-11-20"), "not a day on which"),
        (replace(GOOD, until="2026-11-25", closed="2026-11-26"), "not a day on which"),
        (Notice("x" * 301, "Call us."), "too long"),
    ],
)
def test_what_can_not_be_used_is_said(notice: Notice, says: str) -> None:
    with pytest.raises(Exception, match=says) as caught:
        announcement(LIBRARY, notice, NOW)
    assert type(caught.value).__name__ == "Misuse"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return small_world(tmp_path)


def sent(world: World, notice: Notice, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run(lambda: close(world.settings, notice))
    said, errors = capsys.readouterr()
    return code, said, errors


def test_the_file_is_named_by_title_and_date_and_its_path_is_the_first_line(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said, _ = sent(world, GOOD, capsys)
    file = world.settings.content / "announcements/closed-for-snow-2026-11-22.md"
    assert code == 0
    assert said.splitlines()[0] == file.as_posix()
    assert checked(world.settings.content).library is not None
    found = checked(world.settings.content).library
    assert found is not None
    assert found.items["closed-for-snow-2026-11-22"].state is State.LIVE


def test_nothing_is_overwritten_and_the_same_notice_is_not_posted_twice(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = world.settings.content / "announcements"
    sent(world, GOOD, capsys)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    code, said, _ = sent(world, GOOD, capsys)
    assert code == 0
    assert "written before" in said
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    code, said, _ = sent(world, replace(GOOD, what_to_do="Call first."), capsys)
    assert said.splitlines()[0].endswith("/closed-for-snow-2026-11-22-2.md")
    assert {name: (folder / name).read_bytes() for name in before} == before


def test_a_title_without_a_letter_still_gets_a_name(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, errors = sent(world, Notice("今日は休み", "Call us."), capsys)
    assert code == 0, errors
    assert said.splitlines()[0].endswith("/page-2026-11-22.md")


def test_a_notice_with_errors_leaves_nothing_behind(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    folder = world.settings.content / "announcements"
    before = sorted(folder.iterdir())
    code, _, errors = sent(world, Notice("Closed", "If you need help, contact him at"), capsys)
    assert code == 1
    assert "announcements/closed-2026-11-22.md" in errors
    assert "Nothing was written" in errors
    assert sorted(folder.iterdir()) == before


def test_it_goes_out_while_other_pages_are_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = publisher(tmp_path, capsys)
    assert office.publish().code == 0
    settings = office.world.settings
    (settings.content / "pages/plans.md").write_text("---\ntitle: Plans\nsummary: [\n---\n\nx\n")
    path = settings.content / "announcements/closed-for-snow-2026-11-22.md"
    assert run(lambda: posted(settings, path.as_posix())) == 1
    assert run(lambda: close(settings, GOOD)) == 0
    assert run(lambda: publish(settings, Asked())) == 1
    assert run(lambda: posted(settings, path.as_posix())) == 0
    live = office.target / "announcements/closed-for-snow-2026-11-22/index.html"
    assert b"Stay at home." in live.read_bytes()
    assert b"Closed for snow" in (office.target / "index.html").read_bytes()
    said, _ = capsys.readouterr()
    assert "is released to" in said
