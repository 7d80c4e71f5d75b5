"""Addresses: which file answers each, and that no two are answered by one."""

from pathlib import Path

import pytest

from clinic.library.addresses import address_of, key_of
from tests.harness import checked, good_site

KEYS = [
    ("/", "index.html"),
    ("/conditions/sciatica/", "conditions/sciatica/index.html"),
    ("/old", "old/index.html"),
    ("/old/", "old/index.html"),
    ("/old.html", "old.html"),
    ("/old.php", "old.php"),
    ("/404.html", "404.html"),
    ("/caf%C3%A9/", "caf\u00e9/index.html"),
]


@pytest.mark.parametrize(("address", "key"), KEYS)
def test_an_address_is_answered_by_one_file(address: str, key: str) -> None:
    assert key_of(address) == key
    assert key_of(address_of(key)) == key


def with_aliases(tmp_path: Path, *aliases: str) -> list[tuple[str, str]]:
    site = good_site(tmp_path)
    page = site / "conditions/low-back-pain.md"
    quoted = ", ".join(f'"{alias}"' for alias in aliases)
    page.write_text(
        page.read_text().replace("title: Low back pain\n", f"title: Low back pain\naliases: [{quoted}]\n", 1)
    )
    return [(problem.code, problem.severity.value) for problem in checked(site).problems]


@pytest.mark.parametrize("alias", ["/old/", "/old", "/old.html", "/2019/05/back-pain.php", "/caf%C3%A9/"])
def test_an_old_address_is_any_path(alias: str, tmp_path: Path) -> None:
    assert with_aliases(tmp_path, alias) == []


@pytest.mark.parametrize(
    "alias",
    ["/../x/", "/%2e%2e/x/", "/a%2f..%2f..%2fx/", "/x%00y/", "/x%5cy/", "//host/x", "/x//y/", "/./x/", "x/", "/"],
)
def test_no_old_address_leads_out_of_the_site(alias: str, tmp_path: Path) -> None:
    assert with_aliases(tmp_path, alias) == [("FM071", "error")]


@pytest.mark.parametrize(
    "alias",
    [
        "/search/",
        "/Search",
        "/a/x.css",
        "/images/x.png",
        "/manifest.json",
        "/conditions",
        "/robots.txt/more/",
        "/404.html",
    ],
)
def test_an_address_that_is_in_use_is_no_old_one(alias: str, tmp_path: Path) -> None:
    assert with_aliases(tmp_path, alias) == [("DUP003", "error")]


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("/old/", "/old", "DUP004"),
        ("/old/", "/OLD/", "DUP004"),
        ("/caf%C3%A9/", "/cafe%CC%81/", "DUP004"),
        ("/old.html", "/old.html/more/", "DUP003"),
        ("/old.html/more/", "/old.html", "DUP003"),
    ],
)
def test_two_old_addresses_that_one_computer_can_not_tell_apart(
    first: str, second: str, code: str, tmp_path: Path
) -> None:
    assert with_aliases(tmp_path, first, second) == [(code, "error")]
