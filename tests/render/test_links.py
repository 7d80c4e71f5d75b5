"""The addresses of a page, found by a fast reading of our own output, are those that an HTML parser finds."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

import tests.theme.views as by_hand
from clinic.render import links_of
from tests.theme.making import renderer

RENDER = renderer()


class Addresses(HTMLParser):
    """The addresses of a page, the slow way."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        for name, value in attrs:
            if name in {"href", "src", "action", "data-names"}:
                self.found.append(value or "")
            elif name == "data-more":
                self.found += (value or "").split()
            elif name == "srcset":
                self.found += [each.split()[0] for each in (value or "").split(",")]


def expected(html: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(Addresses(html).found))


@pytest.mark.parametrize("name", sorted(by_hand.FULL))
def test_they_are_those_of_a_parser(name: str) -> None:
    html = RENDER.render(by_hand.FULL[name])
    assert links_of(html) == expected(html.decode())
    assert links_of(html)


def test_pictures_forms_and_entities_count_and_text_does_not() -> None:
    html = (
        '<img src="/images/a.360.1.jpg" srcset="/images/a.720.2.jpg 2x, /images/a.9.3.jpg 3x" alt="src=&quot;/n">'
        '<form action="https://forms.example.com/"></form><a title="a > b" href="/x?a=1&amp;b=2">x</a>'
        '<p>href="/neither" <code>&lt;a href="/nor"&gt;</code></p><a data-href="/no" href="/x?a=1&amp;b=2">again</a>'
    )
    found = links_of(html.encode())
    assert found == expected(html)
    assert found == (
        "/images/a.360.1.jpg",
        "/images/a.720.2.jpg",
        "/images/a.9.3.jpg",
        "https://forms.example.com/",
        "/x?a=1&b=2",
    )


@given(st.text("<>&\"'=/ ahref", max_size=12), st.text("<>&\"'= a", max_size=12))
def test_any_text_around_an_address_is_kept_apart(address: str, text: str) -> None:
    html = Markup('<p>{text}</p><a title="{text}" href="{address}">{text}</a>').format(text=text, address=address)
    assert links_of(str(html).encode()) == expected(html)
