"""Names of sites that only look like others."""

import pytest

from clinic.source.hosts import imitates

CYRILLIC_A, CYRILLIC_O, GREEK_OMICRON = "\u0430", "\u043e", "\u03bf"


@pytest.mark.parametrize(
    ("address", "odd"),
    [
        (f"https://p{CYRILLIC_A}ypal.example/", (CYRILLIC_A, "a")),
        (f"HTTPS://user@clinic.example.c{CYRILLIC_O}m:443/x", (CYRILLIC_O, "o")),
        (f"http:\\\\g{GREEK_OMICRON}od.example", (GREEK_OMICRON, "o")),
        (f"mailto:office@ex{CYRILLIC_A}mple.com", (CYRILLIC_A, "a")),
        ("https://\u0441\u043e\u0440\u0443.example/", ("\u0441", "c")),
        ("https://xn--pypal-4ve.example/", (CYRILLIC_A, "a")),
        ("https://m\u0131crosoft.example/", ("\u0131", "i")),
    ],
)
def test_a_name_that_imitates_is_found(address: str, odd: tuple[str, str]) -> None:
    assert imitates(address) == odd


@pytest.mark.parametrize(
    "address",
    [
        "https://medlineplus.gov/backpain.html",
        f"https://clinic.example/p{CYRILLIC_A}ge?q={CYRILLIC_O}",
        "https://m\u00fcnchen.example/",
        "https://\u043c\u043e\u0441\u043a\u0432\u0430.example/",
        "https://\u03ba\u03b1\u03bb\u03cc.example/",
        "https://\u75c5\u9662.example/",
        "https://xn--mnchen-3ya.example/",
        "https://xn--.example/",
        f"../pages/p{CYRILLIC_A}ge.md",
        f"mailto:{CYRILLIC_A}nna@example.com",
        "",
    ],
)
def test_other_names_are_fair(address: str) -> None:
    assert imitates(address) is None
