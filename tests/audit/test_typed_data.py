"""How the type check of structured data reads pages and tells of faults; the audit runs it with the real compiler."""

from pathlib import Path

import pytest

from tests.audit.typed_data import PLANTED, faults

PAGE = """<!doctype html><html lang="en"><head><link rel="canonical" href="https://c.example/"></head><body>
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[%s]}</script></body></html>"""
THING = '{"@type":"WebPage","name":"A"}'


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """A compiler that finds a fault in the second line of what it is given, if that says so."""
    tools = tmp_path / "node_modules" / ".bin"
    tools.mkdir(parents=True)
    tsc = tools / "tsc"
    tsc.write_text(
        "#!/bin/sh\ngrep -q wrong pages.ts && { echo 'pages.ts(2,7): error TS2322: No good.'; exit 1; }\nexit 0\n"
    )
    tsc.chmod(0o755)
    return tools.parent


def site(tmp_path: Path, html: str) -> Path:
    (tmp_path / "site" / "a").mkdir(parents=True)
    (tmp_path / "site" / "a" / "index.html").write_text(html)
    return tmp_path / "site"


def test_a_fault_is_told_with_its_page_and_its_type(tmp_path: Path, modules: Path) -> None:
    found = faults(site(tmp_path, PAGE % THING.replace('"A"', '"wrong"')), modules)
    assert found == ["a/index.html: WebPage: No good."]


def test_a_page_without_faults_gives_none(tmp_path: Path, modules: Path) -> None:
    assert faults(site(tmp_path, PAGE % THING), modules) == []


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<!doctype html><html lang="en"><body></body></html>', "0 blocks of JSON-LD, 1 wanted"),
        (PAGE % "", "a thing without a type"),
        (PAGE % '{"name":"A"}', "a thing without a type"),
        (PAGE % "{", "is no JSON"),
        (PAGE.replace("<link", '<meta name="robots" content="noindex"><link') % THING, "1 blocks of JSON-LD, 0 wanted"),
        (PAGE.replace("schema.org", "elsewhere.example") % THING, "a thing without a type"),
    ],
)
def test_data_that_the_compiler_can_not_judge_is_a_fault_too(
    tmp_path: Path, modules: Path, html: str, said: str
) -> None:
    found = faults(site(tmp_path, html), modules)
    assert len(found) == 1
    assert said in found[0]


def test_a_compiler_that_fails_is_no_pass(tmp_path: Path, modules: Path) -> None:
    (modules / ".bin" / "tsc").write_text("#!/bin/sh\necho broken >&2\nexit 2\n")
    assert faults(site(tmp_path, PAGE % THING), modules) == ["tsc ended with 2: broken"]


def test_planted_faults_differ_from_what_they_replace() -> None:
    assert all(good != bad for _, good, bad in PLANTED)
