"""What editors see of the preview, in a real browser."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.visit import axe
from tests.chromium import started
from tests.preview.previewed import Previewed, previewed, problems_in

PAGE = "conditions/low-back-pain.md"
ADDRESS = "/conditions/low-back-pain/"
PATIENCE = 30_000
"""Milliseconds."""

LONG = "\n\n".join(
    f"## Part {number}\n\nWords of part {number}.\n\n"
    f"<details>\n<summary>More {number}</summary>\n\nInside {number}.\n\n</details>"
    for number in range(40)
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Previewed]:
    with previewed(tmp_path, project=True) as made:
        yield made


@pytest.fixture
def tab(chromium: Browser, running: Previewed) -> Iterator[Page]:
    """A tab on the page, which reports whatever the policy stops and whatever a script does wrong."""
    context = chromium.new_context(viewport={"width": 1000, "height": 700})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda said: wrong.append(said.text) if said.type == "error" and "ERR_CONNECTION" not in said.text else None,
    )
    page.goto(running.base + ADDRESS)
    listening(page)
    yield page
    context.close()
    assert [each for each in wrong if "404" not in each and "WebSocket" not in each] == []


def until(page: Page, expression: str) -> None:
    """Waits until an expression is true in the page, over reloads. Its policy lets no script wait for it in there."""
    end = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            if page.evaluate(expression):
                return
        except Error:  # the page is being left
            page.wait_for_load_state()
        assert time.monotonic() < end, expression
        time.sleep(0.02)


def listening(page: Page) -> None:
    """Waits until the page listens on livereload's socket, so that a save reloads it."""
    until(page, "Boolean(window.LiveReload && LiveReload.connector && LiveReload.connector.protocol)")


def mark(page: Page) -> None:
    """Leaves a mark that no reload survives."""
    page.evaluate("window.mark = 1")


def marked(page: Page) -> bool:
    return bool(page.evaluate("window.mark === 1"))


def reloaded(page: Page) -> None:
    until(page, "window.mark !== 1")


def test_a_save_reloads_its_page_and_the_panel_comes_and_goes(running: Previewed, tab: Page) -> None:
    mark(tab)
    running.change(f"content/{PAGE}", "treatments: [nerve-block]", "treatments: [nerve-blok]")
    panel = tab.get_by_role("dialog", name="Problems on this page")
    expect(panel).to_be_visible(timeout=PATIENCE)
    expect(panel).to_contain_text(f"{PAGE}, line 7, column 14")
    expect(panel.locator("mark")).to_have_text("nerve-blok")
    link = panel.get_by_role("link")
    assert str(link.get_attribute("href")).endswith(f"/{PAGE}:7:14")
    expect(tab.locator("h1")).to_be_in_viewport()  # the page stays to be seen
    running.change(f"content/{PAGE}", "nerve-blok", "nerve-block")
    expect(panel).to_have_count(0, timeout=PATIENCE)
    expect(tab.locator(".save")).to_contain_text("Your save of ")


def test_the_panel_closes_by_keyboard_and_comes_back_when_it_says_something_else(running: Previewed, tab: Page) -> None:
    running.change(f"content/{PAGE}", "treatments: [nerve-block]", "treatments: [nerve-blok]")
    panel = tab.get_by_role("dialog")
    expect(panel).to_be_visible(timeout=PATIENCE)
    listening(tab)  # what is shown before its script has run hears no key
    tab.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    tab.reload()
    listening(tab)
    expect(panel).to_be_hidden()
    opener = tab.get_by_role("button", name="1 error on this page")
    opener.focus()
    tab.keyboard.press("Enter")
    expect(panel).to_be_visible()
    expect(panel).to_be_focused()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")  # the first stop is the button that closes it
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()
    running.change(f"content/{PAGE}", "nerve-blok", "nerve-blook")
    expect(panel).to_be_visible(timeout=PATIENCE)


def test_the_place_and_open_sections_survive_a_reload(running: Previewed, tab: Page) -> None:
    text = (running.content / PAGE).read_text(encoding="utf-8")
    running.save(PAGE, f"{text}\n{LONG}\n")
    tab.wait_for_selector("text=Words of part 39.")
    listening(tab)
    tab.locator("summary", has_text="More 20").click()
    tab.locator("#part-21").scroll_into_view_if_needed()
    tab.evaluate("document.querySelector('#part-21').scrollIntoView()")
    top = tab.evaluate("document.querySelector('#part-21').getBoundingClientRect().top")
    mark(tab)
    above = "\n\n".join(f"More words above, number {number}." for number in range(12))
    running.save(PAGE, f"{text}\n{above}\n\n{LONG}\n")
    reloaded(tab)
    tab.wait_for_selector("text=number 11.")
    until(tab, f"Math.abs(document.querySelector('#part-21').getBoundingClientRect().top - {top}) < 40")
    assert tab.evaluate("[...document.querySelectorAll('details')].filter((one) => one.open).length") == 1
    expect(tab.locator("details[open] summary")).to_have_text("More 20")


def test_a_page_that_is_not_there_yet_comes_and_one_that_is_deleted_goes(running: Previewed, tab: Page) -> None:
    tab.goto(running.base + "/conditions/brand-new/")
    listening(tab)
    text = (running.content / PAGE).read_text(encoding="utf-8").replace("title: Low back pain", "title: Brand new")
    running.save("conditions/brand-new.md", text)
    expect(tab.locator("h1")).to_have_text("Brand new", timeout=PATIENCE)
    listening(tab)
    (running.content / "conditions/brand-new.md").unlink()
    expect(tab.locator("h1")).not_to_have_text("Brand new", timeout=PATIENCE)


def test_other_pages_are_told_without_a_reload(running: Previewed, tab: Page) -> None:
    tab.goto(running.base + "/announcements/")
    listening(tab)
    mark(tab)
    running.change(f"content/{PAGE}", "## ", "## More: ")
    expect(tab.locator(".save")).to_contain_text("Your save of ", timeout=PATIENCE)
    assert marked(tab)


def test_a_changed_stylesheet_is_swapped_without_a_reload(running: Previewed, tab: Page) -> None:
    mark(tab)
    sheet = running.folder / "theme/static/style/9-paper.css"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "\nh1 { outline: 7px solid; }\n", encoding="utf-8")
    expect(tab.locator("h1")).to_have_css("outline-width", "7px", timeout=PATIENCE)
    assert marked(tab)
    tab.reload()
    expect(tab.locator("h1")).to_have_css("outline-width", "7px")


def test_a_broken_template_a_broken_setting_and_a_broken_clinic_are_told_on_the_page(
    running: Previewed, tab: Page
) -> None:
    panel = tab.get_by_role("dialog")
    template = running.folder / "theme/templates/condition.html"
    good = template.read_text(encoding="utf-8")
    template.write_text("{% if %}\n" + good, encoding="utf-8")
    expect(panel).to_contain_text("theme/templates/condition.html, line 1", timeout=PATIENCE)
    expect(tab.locator("h1")).to_have_text("Low back pain")
    template.write_text(good.replace("{{ page.title", "{{ page.titel"), encoding="utf-8")
    template.write_text(good, encoding="utf-8")
    expect(panel).to_have_count(0, timeout=PATIENCE)
    settings = running.folder / "pelicanconf.py"
    right = settings.read_text(encoding="utf-8")
    settings.write_text(right + "\nthis is no Python\n", encoding="utf-8")
    expect(panel).to_contain_text(f"pelicanconf.py, line {right.count(chr(10)) + 2}", timeout=PATIENCE)
    settings.write_text(right, encoding="utf-8")
    expect(panel).to_have_count(0, timeout=PATIENCE)
    clinic = running.content / "clinic.yaml"
    whole = clinic.read_text(encoding="utf-8")
    clinic.write_text("name: [\n" + whole, encoding="utf-8")
    expect(panel).to_contain_text("clinic.yaml, line 1", timeout=PATIENCE)
    clinic.write_text(whole, encoding="utf-8")
    expect(panel).to_have_count(0, timeout=PATIENCE)


def test_the_lost_connection_is_said_and_a_new_preview_takes_over(tmp_path: Path, chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE)
    with previewed(tmp_path) as first:
        page.goto(first.base + ADDRESS)
        listening(page)
        port = first.port
    expect(page.get_by_role("alert")).to_contain_text("The preview has stopped")
    text = (tmp_path / "content" / PAGE).read_text(encoding="utf-8")
    (tmp_path / "content" / PAGE).write_text(text.replace("title: Low back pain", "title: While it was away"))
    with previewed(tmp_path, port=port, again=True) as second:
        assert second.port == port
        expect(page.locator("h1")).to_have_text("While it was away", timeout=PATIENCE)
        expect(page.get_by_role("alert")).to_have_count(0, timeout=PATIENCE)
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bar_and_panel_have_no_violation_of_axe(
    tmp_path: Path, chromium: Browser, scheme: Literal["light", "dark"]
) -> None:
    with previewed(tmp_path) as running:
        running.change(f"content/{PAGE}", "treatments: [nerve-block]", "treatments: [nerve-blok]")
        running.change("content/pages/home.md", "title: ", "titel: ")
        running.until(lambda: "nerve-blok" in problems_in(running.get(ADDRESS)[1]))
        context = chromium.new_context(bypass_csp=True, color_scheme=scheme)
        page = context.new_page()
        page.goto(running.base + ADDRESS)
        listening(page)
        expect(page.get_by_role("dialog")).to_be_visible()
        page.locator("aside.bar summary").click()
        page.evaluate(axe())
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        inside = [each["id"] for each in found["violations"] if "clinic-preview" in str(each["nodes"])]
        assert inside == []
        assert any("clinic-preview" in str(each["nodes"]) for each in found["passes"])
        context.close()
