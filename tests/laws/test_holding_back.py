"""Holding back is the default: a page with errors keeps its last released version, all else goes out (commands.md)."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from clinic.commands.publishing import Asked
from clinic.release import list_releases, open_target
from tests.laws.clockwork import news, page
from tests.laws.publishing import Publisher, publisher

BACK_PAIN = "conditions/low-back-pain/index.html"
NERVE_BLOCK = "procedures/nerve-block/index.html"
ACCESSIBILITY = "accessibility/index.html"
CLOSURE = "Closed for snow"


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Publisher:
    """The small good site, released once."""
    site = publisher(tmp_path, capsys)
    released = site.publish()
    assert released.code == 0, released.errors
    assert BACK_PAIN in released.live
    return site


def pages_of(files: dict[str, bytes]) -> dict[str, bytes]:
    """The pages that people read."""
    return {key: body for key, body in files.items() if key.endswith(".html")}


def break_three(site: Publisher) -> None:
    """Three mistakes of three sorts: a relation, a fact, a header."""
    site.world.change("conditions/low-back-pain.md", "treatments: [nerve-block]", "treatments: [nerve-blok]")
    site.world.change("conditions/low-back-pain.md", "Your back may hurt", "Your spine may hurt")
    site.world.change("pages/accessibility.md", "{{ phone.main }}", "{{ phone.mane }}")
    site.world.change("procedures/nerve-block.md", "title: Nerve block", 'title: "Nerve block')


def add_news(site: Publisher) -> None:
    """A closure that every page shows, and a draft that is only half written."""
    closure = news(
        "2026-11-21", "2026-11-30", title=CLOSURE, summary="We are closed on Monday, November 23, 2026.", level="banner"
    )
    site.world.write("announcements/snow.md", closure)
    site.world.write(
        "conditions/half-written.md", "---\ntitle: Sciatica\nsummary: What it is.\nstatus: draft\n---\n\n## Wh"
    )


def test_three_broken_pages_stay_and_all_else_goes_out(site: Publisher) -> None:
    before = site.publish().live
    break_three(site)
    add_news(site)
    site.world.change("pages/home.md", "We treat back pain.", "We treat backs.")
    released = site.publish()

    assert released.code == 1
    held = {BACK_PAIN, ACCESSIBILITY, NERVE_BLOCK}
    assert {key: released.live[key] for key in held} == {key: before[key] for key in held}, "byte for byte"
    for title in ("Low back pain", "Accessibility", "Nerve block"):
        assert title in released.errors
    for path in ("conditions/low-back-pain.md:7", "pages/accessibility.md:6", "procedures/nerve-block.md:2"):
        assert path in released.errors
    assert b"We treat backs." in released.live["index.html"]
    assert "announcements/snow/index.html" in released.live
    assert not [key for key in released.live if "half-written" in key]
    assert "half-written" not in released.errors, "drafts never count"
    shows = {key for key, body in pages_of(released.live).items() if CLOSURE.encode() in body}
    assert shows == set(pages_of(released.live)) - held


def test_held_pages_go_out_once_they_are_mended(site: Publisher) -> None:
    break_three(site)
    add_news(site)
    assert site.publish().code == 1
    site.world.change("conditions/low-back-pain.md", "treatments: [nerve-blok]", "treatments: [nerve-block]")
    site.world.change("pages/accessibility.md", "{{ phone.mane }}", "{{ phone.main }}")
    site.world.change("procedures/nerve-block.md", 'title: "Nerve block', "title: Nerve block")
    released = site.publish()
    assert released.code == 0
    assert b"Your spine may hurt" in released.live[BACK_PAIN]
    assert CLOSURE.encode() in released.live[BACK_PAIN]


def test_nothing_changed_says_so_and_a_second_run_holds_the_same(site: Publisher) -> None:
    break_three(site)
    first = site.publish()
    second = site.publish()
    assert (second.code, second.live) == (1, first.live)


def test_a_page_that_was_never_released_stays_out_with_those_that_link_to_it(site: Publisher) -> None:
    before = site.publish().live
    site.world.write("pages/new.md", page("2026-01-01", title="New here", body="Call {{ phone.gone }}."))
    site.world.change("pages/language-help.md", "Tell us your language.", "Tell us. See [what is new](new.md).")
    site.world.write("pages/two-away.md", page("2026-01-01", title="Two away", body="See [this](one-away.md)."))
    site.world.write("pages/one-away.md", page("2026-01-01", title="One away", body="See [what is new](new.md)."))
    released = site.publish()
    assert released.code == 1
    assert not {key for key in released.live if key.startswith(("new/", "one-away/", "two-away/"))}
    assert released.live["language-help/index.html"] == before["language-help/index.html"]
    for title in ("New here", "Help in your language", "One away", "Two away"):
        assert title in released.errors
    assert b"/new/" not in b"".join(pages_of(released.live).values())
    assert b"/new/" not in released.live["sitemap.xml"]


def test_a_relation_to_a_page_that_was_never_released_is_left_out(site: Publisher) -> None:
    site.world.write("conditions/sciatica.md", "---\ntitle: Sciatica\nsummary: It is.\n---\n\nBroken.\n")
    site.world.change("procedures/nerve-block.md", "driver_needed: yes", "driver_needed: yes\ntreats: [sciatica]")
    released = site.publish()
    assert released.code == 1
    assert "Nerve block" not in released.errors, "a relation holds nobody back"
    assert b"Sciatica" not in released.live[NERVE_BLOCK]
    assert b"Low back pain" in released.live[NERVE_BLOCK]


def test_a_withdrawn_page_goes_out_whatever_is_wrong_with_it(site: Publisher) -> None:
    site.world.change(
        "conditions/low-back-pain.md",
        "treatments: [nerve-block]",
        "treatments: [nerve-blok]\nstatus: withdrawn\nwhy: We are writing it anew.",
    )
    released = site.publish()
    assert b"We are writing it anew." in released.live[BACK_PAIN]
    assert b"ribs" not in released.live[BACK_PAIN]
    assert b"Low back pain" not in released.live[BACK_PAIN], "none of the old text, its title neither"
    assert b"Low back pain" not in released.live["conditions/index.html"]


def test_all_or_nothing_releases_nothing(site: Publisher) -> None:
    before = site.publish().live
    break_three(site)
    add_news(site)
    released = site.publish(Asked(all_or_nothing=True))
    assert (released.code, released.live) == (1, before)
    assert "Nothing was released" in released.errors
    assert "Low back pain" in released.errors


def test_all_or_nothing_releases_everything_where_nothing_is_wrong(site: Publisher) -> None:
    add_news(site)
    released = site.publish(Asked(all_or_nothing=True))
    assert released.code == 0
    assert "announcements/snow/index.html" in released.live


def test_a_warning_passes_unless_strict(site: Publisher) -> None:
    site.world.change("pages/website-privacy.md", "Read how we keep", "We wrote this last month. Read how we keep")
    site.world.change("announcements/summer-hours.md", "We close at noon on each day", "Last month we closed each day")
    before = site.publish(Asked(strict=True))
    assert before.code == 1
    assert "Summer hours" in before.errors
    assert b"Last month" not in before.live["announcements/summer-hours/index.html"]
    passed = site.publish()
    assert passed.code == 0
    assert b"Last month" in passed.live["announcements/summer-hours/index.html"]


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("clinic.yaml", "timezone: America/Los_Angeles", "timezone: America/Los_Angles"),
        ("clinic.yaml", "name: Example Clinic\n", "name: Example: Clinic: West\n"),
        ("clinic.yaml", "phones:\n  main:", "phones:\n  mane:"),
    ],
)
def test_a_fault_of_the_clinic_refuses(site: Publisher, path: str, before: str, after: str) -> None:
    live = site.publish().live
    site.world.change("pages/home.md", "We treat back pain.", "We treat backs.")
    site.world.change(path, before, after)
    released = site.publish()
    assert (released.code, released.live) == (1, live)
    assert "clinic.yaml" in released.errors


def test_two_pages_at_one_address_refuse(site: Publisher) -> None:
    live = site.publish().live
    site.world.write("pages/sub/accessibility.md", page("2026-01-01", title="Another"))
    released = site.publish()
    assert (released.code, released.live) == (1, live)
    assert "accessibility" in released.errors


def test_a_broken_template_or_setting_refuses_as_wrong_use(site: Publisher) -> None:
    live = site.publish().live
    site.world.change("pages/home.md", "We treat back pain.", "We treat backs.")
    template = site.world.settings.theme / "templates" / "page.html"
    whole = template.read_text(encoding="utf-8")
    for broken in (whole.replace("page.title", "page.titel"), whole + "{% if %}"):
        template.write_text(broken, encoding="utf-8")
        released = site.publish()
        assert (released.code, released.live) == (2, live)
        assert "page.html" in released.errors
    template.write_text(whole, encoding="utf-8")
    assert site.publish().code == 0


def replaced_by_a_link(page: Path) -> None:
    page.rename(page.parent.parent.parent / "elsewhere.md")
    page.symlink_to(page.parent.parent.parent / "elsewhere.md")


def replaced_by_a_pipe(page: Path) -> None:
    page.unlink()
    os.mkfifo(page)


SPOILED: dict[str, Callable[[Path], object]] = {
    "emptied": lambda page: page.write_bytes(b""),
    "no text": lambda page: page.write_bytes(b"\xff\xfe\x00"),
    "cut off": lambda page: page.write_bytes(b"---\ntitle: x\n"),
    "too big": lambda page: page.write_bytes(b"a" * 2_000_000),
    "a link": replaced_by_a_link,
    "a pipe": replaced_by_a_pipe,
    "in capitals": lambda page: page.rename(page.with_suffix(".MD")),
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_page_that_can_not_be_read_any_more_keeps_its_last_version(how: str, site: Publisher) -> None:
    before = site.publish().live
    file = site.world.content / "pages/language-help.md"  # home and not-found link to it in prose
    SPOILED[how](file)
    add_news(site)
    released = site.publish()
    key = "language-help/index.html"
    assert (released.code, released.live[key]) == (1, before[key])
    assert file.relative_to(site.world.content).with_suffix("").as_posix() in released.errors
    assert "Care for your back" not in released.errors, "what links to it is not held"
    assert CLOSURE.encode() in released.live["index.html"]


@pytest.mark.parametrize("error", [errno.EIO, errno.EACCES, errno.ESTALE, errno.EMFILE])
def test_a_page_that_the_computer_does_not_hand_over_keeps_its_last_version(
    error: int, site: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = site.publish().live
    opened = os.open

    def refuse(path: str, flags: int, *rest: int, **named: int) -> int:
        if str(path).endswith("low-back-pain.md"):
            raise OSError(error, os.strerror(error), path)
        return opened(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", refuse)
    released = site.publish()
    assert (released.code, released.live[BACK_PAIN]) == (1, before[BACK_PAIN])
    assert "conditions/low-back-pain.md" in released.errors
    assert "Errno" not in released.errors


def test_a_link_to_a_place_in_a_page_that_can_not_be_read_is_no_error_of_the_page_that_links(site: Publisher) -> None:
    site.world.change("pages/home.md", "(language-help.md)", "(../conditions/low-back-pain.md#symptoms)")
    assert site.publish().code == 0
    site.world.change("conditions/low-back-pain.md", "title: Low", 'title: "Low')
    site.world.change("pages/home.md", "We treat back pain.", "We treat backs.")
    released = site.publish()
    assert released.code == 1
    assert b"We treat backs." in released.live["index.html"]


def test_what_a_guard_refuses_is_told_beside_what_is_held_back(site: Publisher) -> None:
    break_three(site)
    (site.world.content / "announcements/summer-hours.md").unlink()
    released = site.publish()
    assert released.code == 1
    assert "--allow-vanished" in released.errors
    assert "conditions/low-back-pain.md:7" in released.errors


def test_the_first_release_can_hold_pages_back_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = publisher(tmp_path, capsys)
    site.world.change("pages/accessibility.md", "{{ phone.main }}", "{{ phone.mane }}")
    released = site.publish()
    assert released.code == 1
    assert ACCESSIBILITY not in released.live
    assert BACK_PAIN in released.live
    assert len(list_releases(open_target(site.world.settings.target, root=tmp_path))) == 1


def test_no_release_without_a_home_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = publisher(tmp_path, capsys)
    site.world.change("pages/home.md", "{{ phone.main }}", "{{ phone.mane }}")
    released = site.publish()
    assert (released.code, released.live) == (1, {})


def test_what_could_be_published_yesterday_can_be_published_tomorrow(site: Publisher) -> None:
    for now in ("2026-12-15T12:00:00", "2026-12-26T00:00:00", "2027-06-01T00:00:00", "2036-01-01T00:00:00"):
        assert site.publish(now=now).code == 0
