"""The script of the search: small, for browsers of 2019, and harmless before it has run."""

import gzip
import re
from pathlib import Path

import pytest

from clinic.assets import AssetProblem, build_assets, lean_script
from tests.search.made import THEME

SOURCE = (THEME / "static" / "search.js").read_text(encoding="utf-8")
SERVED = lean_script(SOURCE)


def test_it_is_two_kilobytes_as_it_is_served() -> None:
    assets = build_assets(THEME / "static", accent="#0b5f6b", prefix="/")
    (body,) = [asset.body for asset in assets.files if asset.key == assets.address("search.js")[1:]]
    assert body == SERVED.encode()
    assert len(gzip.compress(body, 9, mtime=0)) <= 2048


def test_it_needs_no_browser_newer_than_2019_and_no_power_that_the_policy_forbids() -> None:
    newer = r"\?\.|\?\?|\\p\{|\(\?<|\|\|=|&&=|\bthis\.#|\.at\(|replaceAll|matchAll|\.flat\(|\bawait import|^await\b"
    assert not re.search(newer, SERVED, re.MULTILINE)
    forbidden = r"\beval\b|Function\(|innerHTML|insertAdjacentHTML|document\.write|WebAssembly|import\s*\(|Worker"
    assert not re.search(forbidden, SERVED)


def test_it_stores_and_sends_nothing() -> None:
    ways = r"[Ss]torage|indexedDB|caches|cookie|sendBeacon|XMLHttpRequest|WebSocket|EventSource|\bopen\(|https?:"
    assert not re.search(ways, SERVED)
    assert re.findall(r"fetch\(([^)]*)\)", SERVED) == ["file"]


def test_it_says_nothing_in_a_language_of_its_own() -> None:
    texts = set(re.findall(r"'([^']*)'", SERVED))
    assert all(re.fullmatch(r"[^A-Z]*|NFKC|NFKD", text) and " " not in text.strip() for text in texts - SELECTORS)


SELECTORS = {"input, [role=status], ul, .help"}


@pytest.mark.parametrize(
    ("source", "lean"),
    [
        ("// a comment\nlet one = 1;\n\n  // another\n  const two = one + 2;\n", "let one=1;const two=one+2;\n"),
        ("const text = 'a  =  b; // c';\n", "const text='a  =  b; // c';\n"),
        ("if (a) {\n  b();\n}\nc()\nd()\n", "if(a){b();}\nc()\nd()\n"),
        ("const add = a - -1;\n", "const add = a - -1;\n"),
        ('const text = "a  =  b";\n', 'const text = "a  =  b";\n'),
        ("const text = `a  =\n  b`;\n", "const text = `a  =\n  b`;\n"),
        ("a /* b  =  c */\n", "a /* b  =  c */\n"),
    ],
)
def test_spaces_go_only_where_they_say_nothing(source: str, lean: str) -> None:
    assert lean_script(source) == lean


def test_a_script_that_is_no_text_is_the_themes_fault(tmp_path: Path) -> None:
    (tmp_path / "search.js").write_bytes(b"\xff")
    with pytest.raises(AssetProblem, match="not UTF-8"):
        build_assets(tmp_path, accent="#0b5f6b", prefix="/")
