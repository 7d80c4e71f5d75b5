"""Nobody but the site learns of a visit: no request, no connection, nothing kept; and what would be caught."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from clinic.library.addresses import address_of
from clinic.manifest import read_manifest
from clinic.output import MANIFEST
from clinic.release.served_headers import security_headers
from tests.browser.hosts import Answer, Asked, Hosts, all_hosts, site_in
from tests.browser.privacy import Recorder
from tests.chromium import started
from tests.structured.saying import blocks
from tests.structured.sites import built
from tests.theme.making import ROOT

SITE = "portland-pain-and-spine.example.com"
CONTROL = "control.example.com"
STRANGER = "stranger.example.net"
ACTION = "https://forms.example.com/appointment"
REDIRECTS = ("https://forms.example.com", f"https://{SITE}")

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(ROOT / "content", tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def hosts(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    with all_hosts(tmp_path_factory.mktemp("hosts")) as made:
        made.answers[SITE] = site_in(site, security_headers(form=ACTION, redirects=REDIRECTS))
        made.answers[CONTROL] = control
        yield made


@pytest.fixture(scope="module")
def browser(hosts: Hosts) -> Iterator[Browser]:
    with started(*hosts.flags) as opened:
        yield opened


def recorder(browser: Browser, hosts: Hosts, own: str) -> Recorder:
    """A browser that has seen nothing yet."""
    hosts.called.clear()
    hosts.asked.clear()
    return Recorder(browser.new_context(ignore_https_errors=True), hosts, own)


def test_no_page_tells_anybody_of_a_visit_or_keeps_anything(browser: Browser, hosts: Hosts, site: Path) -> None:
    manifest = read_manifest((site / MANIFEST).read_bytes())
    pages = [key for key, file in manifest.files.items() if file.content_type.startswith("text/html")]
    seen = recorder(browser, hosts, SITE)
    found: dict[str, list[str]] = {}
    data = 0
    for key in pages:
        if manifest.files[key].role == "redirect":
            continue  # it leads to a page that is looked at
        seen.open(address_of(key))
        data += seen.page.locator('script[type="application/ld+json"]').count()
        if faults := seen.faults(permitted=[ACTION]):
            found[key] = faults
    seen.context.close()
    assert found == {}
    assert len(pages) > 40
    assert data == sum(bool(blocks((site / key).read_text(encoding="utf-8"))) for key in pages) > 30


def test_a_redirect_leads_within_the_site_and_tells_nobody(browser: Browser, hosts: Hosts, site: Path) -> None:
    manifest = read_manifest((site / MANIFEST).read_bytes())
    (first, *_) = [key for key, file in sorted(manifest.files.items()) if file.role == "redirect"]
    seen = recorder(browser, hosts, SITE)
    seen.page.goto(f"https://{SITE}{address_of(first)}")
    seen.page.wait_for_selector(".site-footer")
    assert seen.faults(permitted=[ACTION]) == []
    seen.context.close()


FAR = f"https://{STRANGER}"
PLANTED = {
    "a pixel": f'<img src="{FAR}/pixel.gif" alt="">',
    "a picture in a set": f'<img srcset="{FAR}/2x.png 2x" alt="">',
    "a frame": f'<iframe src="{FAR}/map"></iframe>',
    "a script": f'<script src="{FAR}/tag.js"></script>',
    "a style": f'<link rel="stylesheet" href="{FAR}/font.css">',
    "a background": f"<style>body {{ background: url({FAR}/b.png) }}</style>",
    "a fetch": f"<script>fetch('{FAR}/collect', {{mode: 'no-cors'}})</script>",
    "a beacon": f"<script>navigator.sendBeacon('{FAR}/beacon', 'x')</script>",
    "a websocket": f"<script>new WebSocket('wss://{STRANGER}/live')</script>",
    "a preconnect": f'<link rel="preconnect" href="{FAR}">',
    "a name looked up": f'<link rel="dns-prefetch" href="{FAR}">',
    "a prefetch": f'<link rel="prefetch" href="{FAR}/next">',
    "a form": f'<form method="post" action="{FAR}/ask"></form>',
    "a button of a form": f'<form method="post"><button formaction="{FAR}/ask">x</button></form>',
    "a ping": f'<a href="/" ping="{FAR}/ping">x</a>',
    "a refresh": f'<meta http-equiv="refresh" content="600; url={FAR}/">',
    "a cookie": "<script>document.cookie = 'visitor=1'</script>",
    "local storage": "<script>localStorage.setItem('visitor', 1)</script>",
    "session storage": "<script>sessionStorage.setItem('visitor', 1)</script>",
    "a database": "<script>indexedDB.open('visitors')</script>",
    "a cache": "<script>caches.open('visits')</script>",
    "a service worker": "<script>navigator.serviceWorker.register('/worker.js')</script>",
    "what the policy refuses": '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
    "<script>1</script>",
}


def control(asked: Asked) -> Answer:
    """A page that does the one thing that its address names."""
    if asked.path == "/worker.js":
        return Answer(b"self.onfetch = () => {}", {"Content-Type": "text/javascript"})
    names = {f"/{quote(name)}": html for name, html in PLANTED.items()}
    html = names.get(asked.path, "")
    page = (
        f'<!doctype html><html lang="en"><head><link rel="icon" href="data:,"></head><body><p>x</p>{html}</body></html>'
    )
    return Answer(page.encode(), {"Content-Type": "text/html; charset=utf-8"})


def test_a_page_that_does_nothing_of_the_kind_is_clean(browser: Browser, hosts: Hosts) -> None:
    seen = recorder(browser, hosts, CONTROL)
    seen.open("/nothing")
    assert seen.faults() == []
    seen.context.close()


@pytest.mark.parametrize("what", PLANTED)
def test_each_way_to_tell_others_is_caught(browser: Browser, hosts: Hosts, what: str) -> None:
    seen = recorder(browser, hosts, CONTROL)
    seen.open(f"/{quote(what)}")
    found: list[str] = []
    for _ in range(100):
        found += seen.faults()
        if found:
            break
        seen.page.wait_for_timeout(50)
    seen.context.close()
    assert found, what
    assert all(STRANGER in each or "keeps" in each or "console" in each for each in found), found


def test_requests_themselves_are_seen_and_not_only_what_the_page_says(browser: Browser, hosts: Hosts) -> None:
    """Each request is caught by what was sent, whatever the page looks like afterwards."""
    for what in ("a fetch", "a beacon", "a websocket", "a background", "a pixel"):
        seen = recorder(browser, hosts, CONTROL)
        seen.open(f"/{quote(what)}")
        for _ in range(100):
            if seen.sent:
                break
            seen.page.wait_for_timeout(50)
        assert any(STRANGER in each for each in seen.sent), what
        seen.context.close()


def test_the_strict_policy_leaves_data_alone_and_runs_no_script(browser: Browser, hosts: Hosts) -> None:
    """The block of JSON-LD is data: the policy without any script lets it stand, and it runs nothing (HTML 4.12.1)."""
    seen = recorder(browser, hosts, SITE)
    seen.open("/conditions/sciatica/")
    text = seen.page.locator('script[type="application/ld+json"]').inner_text()
    assert json.loads(text)["@context"] == "https://schema.org"
    assert seen.faults() == []
    seen.page.evaluate(
        "() => { const added = document.createElement('script'); added.textContent = 'window.ran = 1';"
        " document.body.append(added); }"
    )
    assert seen.page.evaluate("window.ran") is None
    assert any("script-src" in text or "Content Security Policy" in text for text in seen.complaints)
    seen.context.close()
