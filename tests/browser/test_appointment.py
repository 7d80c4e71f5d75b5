"""Asking for an appointment, end to end: what is sent, where to, and where nobody is sent on to."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from clinic.model.appointments import FORM_FIELDS
from clinic.release.served_headers import security_headers
from tests.browser.hosts import Answer, Asked, Hosts, all_hosts, site_in
from tests.chromium import started
from tests.structured.sites import built
from tests.theme.making import ROOT

SITE = "portland-pain-and-spine.example.com"
FORMS = "forms.example.com"
PORTAL = "portal.example.com"
ELSEWHERE = "elsewhere.example.net"
ACTION = f"https://{FORMS}/appointment"
REDIRECTS = (f"https://{FORMS}", f"https://{SITE}")
TYPED = {"name": "Ana María O'Neil", "phone": "503-555-0177", "email": "ana@example.com", "language": "Español"}
CHOSEN = {"best-time": "morning", "new-patient": "yes", "interpreter": "no"}

pytestmark = pytest.mark.browser


@dataclass
class Office:
    """A browser page in front of the built site, the receiver of forms, and all that was asked."""

    hosts: Hosts
    browser: Browser
    site: Path

    def page(self, path: str = "/appointment/", *, scripts: bool = False) -> Page:
        """A page of the site in a browser of its own; without scripts, as the site needs none."""
        context = self.browser.new_context(ignore_https_errors=True, java_script_enabled=scripts)
        opened = context.new_page()
        opened.goto(f"https://{SITE}{path}")
        self.hosts.asked.clear()
        return opened

    def receiver(self, answers: Callable[[Asked], Answer]) -> None:
        """What the receiver of forms does."""
        self.hosts.answers[FORMS] = answers


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    site = built(ROOT / "content", tmp_path_factory.mktemp("site"))
    with all_hosts(tmp_path_factory.mktemp("hosts")) as hosts, started(*hosts.flags) as browser:
        hosts.answers[SITE] = site_in(site, security_headers(form=ACTION, redirects=REDIRECTS))
        yield Office(hosts, browser, site)


def to(address: str) -> Callable[[Asked], Answer]:
    """Sends people on, as receivers of forms do: 303, so that the next request is a GET (RFC 9110, 15.4.4)."""
    return lambda _: Answer(status=303, headers={"Location": address})


def fill(page: Page) -> None:
    """Fills in every field of the form."""
    for name, words in TYPED.items():
        page.fill(f'[name="{name}"]', words)
    for name, choice in CHOSEN.items():
        page.check(f'[name="{name}"][value="{choice}"]')


def send(page: Page) -> None:
    """Presses the button."""
    page.get_by_role("button", name="Send the request").click()


def test_the_form_posts_the_fields_of_the_model_and_leads_to_a_thank_you(office: Office) -> None:
    office.receiver(to(f"https://{SITE}/request-received/"))
    page = office.page()
    fill(page)
    send(page)
    page.wait_for_url(f"https://{SITE}/request-received/")
    assert page.get_by_role("heading", level=1).inner_text() == "We have your request"
    (posted,) = office.hosts.of(FORMS)
    assert (posted.method, posted.path) == ("POST", "/appointment")
    assert posted.headers["Content-Type"] == "application/x-www-form-urlencoded"
    sent = parse_qs(posted.body.decode(), strict_parsing=True)
    assert sent == {name: [words] for name, words in {**TYPED, **CHOSEN}.items()}
    assert set(sent) == set(FORM_FIELDS)


def test_the_receiver_learns_the_site_and_no_page_of_it(office: Office) -> None:
    """`strict-origin`: some receivers refuse `Origin: null`, and none may learn which page somebody read."""
    office.receiver(to(f"https://{SITE}/request-received/"))
    page = office.page("/conditions/sciatica/")
    page.get_by_role("article").get_by_role("link", name="Request an appointment").click()
    page.wait_for_url(f"https://{SITE}/appointment/")
    (opened,) = [asked for asked in office.hosts.asked if asked.path == "/appointment/"]
    assert "Referer" not in opened.headers
    fill(page)
    send(page)
    page.wait_for_url(f"https://{SITE}/request-received/")
    (posted,) = office.hosts.of(FORMS)
    assert posted.headers["Origin"] == f"https://{SITE}"
    assert posted.headers["Referer"] == f"https://{SITE}/"
    assert {asked.headers.get("Referer", "") for asked in office.hosts.asked} <= {"", f"https://{SITE}/"}
    assert not [asked.path for asked in office.hosts.asked if urlsplit(asked.path).query]


def test_nobody_is_sent_on_to_a_site_that_the_clinic_did_not_name(office: Office) -> None:
    office.receiver(to(f"https://{ELSEWHERE}/stolen"))
    page = office.page()
    fill(page)
    with page.expect_console_message(lambda said: "form-action" in said.text):
        send(page)
    assert office.hosts.of(FORMS)
    assert office.hosts.of(ELSEWHERE) == []


def test_with_that_site_named_it_would_arrive_there(office: Office, tmp_path: Path) -> None:
    """The same, permitted: so the test above fails when the policy does not hold."""
    site = Path(shutil.copytree(office.site, tmp_path / "site"))
    file = site / "appointment" / "index.html"
    html = file.read_text(encoding="utf-8")
    assert html.count(f"form-action https://{FORMS}") == 1
    file.write_text(html.replace("form-action ", f"form-action https://{ELSEWHERE} "), encoding="utf-8")
    before = office.hosts.answers[SITE]
    named = (*REDIRECTS, f"https://{ELSEWHERE}")
    office.hosts.answers[SITE] = site_in(site, security_headers(form=ACTION, redirects=named))
    office.receiver(to(f"https://{ELSEWHERE}/stolen"))
    try:
        page = office.page()
        fill(page)
        send(page)
        page.wait_for_url(f"https://{ELSEWHERE}/stolen")
    finally:
        office.hosts.answers[SITE] = before


def test_a_form_that_was_tampered_with_can_not_post_elsewhere(office: Office) -> None:
    page = office.page(scripts=True)
    page.evaluate(f"document.forms[0].action = 'https://{ELSEWHERE}/'")
    fill(page)
    with page.expect_console_message(lambda said: "form-action" in said.text):
        page.evaluate("document.forms[0].requestSubmit()")
    assert office.hosts.of(ELSEWHERE) == []


def test_an_empty_form_is_not_sent_and_says_what_is_missing(office: Office) -> None:
    page = office.page()
    send(page)
    assert page.evaluate("document.activeElement.name") == "name"
    assert office.hosts.of(FORMS) == []
    needed = page.locator("form :required")
    assert {needed.nth(at).get_attribute("name") for at in range(needed.count())} == {"name", "phone"}


def test_the_emergency_sentence_comes_first_and_the_phone_stands_beside_the_button(office: Office) -> None:
    page = office.page()
    shown = page.locator("body").inner_text()
    assert -1 < shown.find("call 911") < shown.find("Request an appointment\n")
    assert page.locator('.emergency-line a[href="tel:911"]').is_visible()
    beside = page.locator("form .send").inner_text()
    assert "If nothing happens after you press the button, call (503) 555-0100." in beside
    assert "We answer requests on the next day that we are open" in beside
    assert page.locator('form .send a[href="tel:+15035550100"]').is_visible()
    shown = page.locator("main").inner_text()
    for words in ("Monday to Friday, 8 am to 5 pm", "dial 711", "interpreter"):
        assert words in shown


def test_the_page_has_the_three_ways_and_no_other(office: Office) -> None:
    page = office.page()
    forms = page.locator("form")
    assert [forms.nth(at).get_attribute("action") for at in range(forms.count())] == [ACTION]
    assert forms.first.get_attribute("method") == "post"
    outside = page.evaluate(
        f"[...document.querySelectorAll('main a[href]')].map(a => a.href).filter(h => !h.includes('//{SITE}/'))"
    )
    assert {urlsplit(address).scheme for address in outside} == {"https", "tel"}
    assert [address for address in outside if address.startswith("https")] == [f"https://{PORTAL}/"]


def test_the_portal_does_not_learn_where_somebody_came_from(office: Office) -> None:
    page = office.page()
    page.get_by_role("link", name="Patient portal").click()
    page.wait_for_url(f"https://{PORTAL}/")
    (asked, *_) = office.hosts.of(PORTAL)
    assert "Referer" not in asked.headers
    assert asked.path == "/"


def test_only_the_page_with_the_form_says_where_it_comes_from(office: Office) -> None:
    for file in sorted(office.site.rglob("*.html")):
        html = file.read_text(encoding="utf-8")
        wanted = "strict-origin" if '<form method="post"' in html else "no-referrer"
        assert f'<meta name="referrer" content="{wanted}">' in html, file
        assert "mailto:" not in "".join(part.split(">")[0] for part in html.split("<form")[1:])


def test_no_way_to_an_appointment_carries_anything_about_a_patient(office: Office) -> None:
    for file in sorted(office.site.rglob("*.html")):
        for piece in file.read_text(encoding="utf-8").split('href="')[1:]:
            address = piece.split('"')[0]
            if "/appointment" in address or PORTAL in address or FORMS in address:
                assert not set("?#") & set(address), (file, address)
