"""What a bucket can't send: one source, four forms, and no page of the site breaks under it."""

import json
import re
from pathlib import Path

import pytest

from clinic.commands.looking_after import headers
from clinic.commands.running import run
from clinic.commands.settings import Settings
from clinic.policy import policy
from clinic.release.served_headers import security_headers, written
from tests.laws.publishing import publisher
from tests.laws.world import World, small_world

FORM = "https://forms.example.org:8443/ask"
BACK = ("https://clinic.example.org", "https://forms.example.org:8443")
NAMES = {
    "Content-Security-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
}


def directives(text: str) -> dict[str, set[str]]:
    return {name: set(sources) for name, *sources in (each.split() for each in text.split(";"))}


@pytest.mark.parametrize("form", ["", FORM])
def test_the_header_allows_all_that_a_page_allows_itself_and_nothing_of_others(form: str) -> None:
    redirects = BACK if form else ()
    told = directives(security_headers(form=form, redirects=redirects)["Content-Security-Policy"])
    pages = [policy(), policy(script=True), policy(form=form, redirects=redirects)]
    for page in pages:
        for name, sources in directives(page).items():
            assert sources - {"'none'"} <= told[name], name
    assert told["default-src"] == {"'none'"}
    assert told["frame-ancestors"] == {"'none'"}
    assert not [each for sources in told.values() for each in sources if each.startswith("'unsafe") or each == "*"]
    outside = {each for sources in told.values() for each in sources if each.startswith("http")}
    assert outside == ({"https://forms.example.org:8443", "https://clinic.example.org"} if form else set())


def test_every_form_says_every_header() -> None:
    told = security_headers(form=FORM, redirects=BACK)
    assert set(told) == NAMES
    files = written(told)
    assert set(files) == {"cloudfront.json", "_headers", "nginx.conf", "Caddyfile"}
    for name in ("_headers", "nginx.conf", "Caddyfile"):
        for header, value in told.items():
            assert header in files[name]
            assert value in files[name]


def test_cloudfront_takes_it_as_it_is() -> None:
    told = security_headers(form=FORM)
    made = json.loads(written(told)["cloudfront.json"])
    assert made["Name"]
    security = made["SecurityHeadersConfig"]
    assert security["ContentSecurityPolicy"]["ContentSecurityPolicy"] == told["Content-Security-Policy"]
    assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] == 31536000
    assert security["FrameOptions"]["FrameOption"] == "DENY"
    custom = made["CustomHeadersConfig"]
    assert custom["Quantity"] == len(custom["Items"]) == 2
    assert all(isinstance(one["Override"], bool) for one in [*security.values(), *custom["Items"]])


def test_nginx_and_caddy_are_balanced_and_keep_the_notes_from_strangers() -> None:
    files = written(security_headers())
    nginx, caddy = files["nginx.conf"], files["Caddyfile"]
    assert len(re.findall(r'^add_header [A-Za-z-]+ "[^"$\\]+" always;$', nginx, re.MULTILINE)) == len(NAMES)
    assert "location ^~ /.state/ { return 404; }" in nginx
    assert caddy.count("{") == caddy.count("}")
    assert "respond @notes 404" in caddy
    assert files["_headers"].startswith("/*\n  Content-Security-Policy: ")
    assert max(map(len, files["_headers"].splitlines())) < 2000


def test_a_site_below_a_path_keeps_its_own_notes_from_strangers() -> None:
    files = written(security_headers(), "/clinic")
    assert "location ^~ /clinic/.state/ { return 404; }" in files["nginx.conf"]
    assert "error_page 404 /clinic/404.html;" in files["nginx.conf"]
    assert "@notes path /clinic/.state/*" in files["Caddyfile"]
    for path in ("/a b", "/x;", "/{y}", "clinic", "/clinic/"):
        with pytest.raises(ValueError, match="the path of the site"):
            written(security_headers(), path)


@pytest.mark.parametrize("form", ['https://x.example/"; add_header', "https://x.$host.example/", "http://x.example/"])
def test_an_address_that_could_break_out_is_refused(form: str) -> None:
    if form.startswith("https://x.example"):
        assert '"' not in security_headers(form=form)["Content-Security-Policy"]  # the path is no part of an origin
        return
    with pytest.raises(ValueError, match=r"x\."):
        security_headers(form=form)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return small_world(tmp_path)


def wrote(settings: Settings, output: Path | str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run(lambda: headers(settings, output=str(output)))
    said, errors = capsys.readouterr()
    return code, said, errors


def test_they_are_written_beside_the_output(world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, said, errors = wrote(world.settings, "", capsys)
    folder = world.output.with_name(f"{world.output.name}-headers")
    assert code == 0, errors
    assert {path.name for path in folder.iterdir()} == {"cloudfront.json", "_headers", "nginx.conf", "Caddyfile"}
    assert "nginx.conf" in said
    assert not world.output.exists()
    assert wrote(world.settings, tmp_path / "other" / "place", capsys)[0] == 0


def test_they_never_get_onto_the_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = publisher(tmp_path, capsys)
    settings = office.world.settings
    for place in (office.target, office.target / "headers", settings.output, settings.content, settings.content / "x"):
        code, _, errors = wrote(settings, place, capsys)
        assert code == 2
        assert "must not get onto the site" in errors
    wrote(settings, "", capsys)
    released = office.publish()
    assert released.code == 0
    assert not [key for key in released.live if "nginx" in key or "_headers" in key]
