"""The ways to ask for an appointment: only safe ones, and whoever asks can be answered."""

from pathlib import Path

import pytest

from clinic.library.audience import Audience
from tests.harness import Checked, checked, good_site
from tests.laws.world import small_world
from tests.theme.making import renderer
from tests.theme.reading import Page

ANSWERED = "  answered: We answer on the next day that we are open.\n"


def asked(tmp_path: Path, ways: str) -> Checked:
    """What is said of these ways, in place of those of the good site."""
    content = good_site(tmp_path)
    file = content / "clinic.yaml"
    file.write_text(file.read_text().replace("appointments:\n  phone: main\n", f"appointments:\n{ways}"))
    return checked(content)


def form(action: str = "https://forms.example.com/ask", *, redirects: str = "", fields: str = "[name, phone]") -> str:
    more = f"    redirects: {redirects}\n" if redirects else ""
    return f"{ANSWERED}  form:\n    action: {action}\n    fields: {fields}\n{more}"


@pytest.mark.parametrize(
    "ways",
    [
        "  phone: main\n",
        "  portal: https://portal.example.com/login?clinic=12\n",
        form(),
        form(redirects="[https://forms.example.com, https://clinic.example.com/]"),
        form(fields="[email]"),
    ],
)
def test_each_of_the_three_ways_is_enough(tmp_path: Path, ways: str) -> None:
    assert asked(tmp_path, ways).codes() == []


@pytest.mark.parametrize(
    ("ways", "code"),
    [
        ("  portal: http://portal.example.com/\n", "ASK001"),
        (form("http://forms.example.com/ask"), "ASK001"),
        (form(redirects="[http://forms.example.com]"), "ASK001"),
        (form("https://who@forms.example.com/ask"), "ASK002"),
        (form("https://forms.example.com:8443/ask"), "ASK002"),
        (form("https://forms.example.com:443/ask"), "ASK002"),
        (form("https://forms.example.com/ask?clinic=12"), "ASK002"),
        (form("https://forms.example.com/ask?"), "ASK002"),
        (form('"https://forms.example.com/ask#here"'), "ASK002"),
        (form(redirects="[https://forms.example.com/thanks]"), "ASK003"),
        (form(redirects="[https://forms.example.com:8443]"), "ASK003"),
        (form(redirects="['https://forms.example.com?x=1']"), "ASK003"),
        (form(redirects="['https://*.example.com']"), "FM068"),
        (form('"mailto:office@example.com"'), "FM068"),
        (form("javascript:alert(1)"), "SEC041"),
        (form("/ask"), "FM068"),
        (form(fields="[name, best-time]"), "ASK004"),
        (form(fields="[name, phone, symptoms]"), "FM056"),
        (form().replace(ANSWERED, ""), "ASK005"),
    ],
)
def test_nothing_unsafe_and_nothing_without_an_answer(tmp_path: Path, ways: str, code: str) -> None:
    assert code in asked(tmp_path, ways).codes()


def test_a_way_that_is_unsafe_is_told_of_as_that_and_not_as_missing_too(tmp_path: Path) -> None:
    assert asked(tmp_path, "  portal: http://portal.example.com/\n").codes() == ["ASK001"]


def test_a_redirect_is_mended_only_where_the_host_stays_the_same(tmp_path: Path) -> None:
    fixes = {}
    for number, origin in enumerate(("https://a.example/thanks", "https://a.example:8443/")):
        found = asked(tmp_path / str(number), form(redirects=f"[{origin}]")).problems
        fixes[origin] = [problem.replacement for problem in found if problem.code == "ASK003"]
    assert fixes == {"https://a.example/thanks": ["https://a.example"], "https://a.example:8443/": [None]}


def appointment(tmp_path: Path, ways: str, country: str = "US") -> Page:
    """The appointment page of a clinic with these ways."""
    world = small_world(tmp_path, audience=Audience.PATIENTS)
    world.change("clinic.yaml", "appointments:\n  phone: main\n", f"appointments:\n{ways}")
    if country != "US":
        world.change("clinic.yaml", "country: US", f"country: {country}")
    return Page(renderer().render(world.views()["/appointment/"]))


def test_beside_the_button_stands_a_number_even_where_phoning_is_no_way_to_ask(tmp_path: Path) -> None:
    text = appointment(tmp_path, form()).text
    assert "If nothing happens after you press the button, call (503) 555-0100." in text
    assert "We answer on the next day that we are open." in text


def test_the_relay_service_is_named_where_there_is_one(tmp_path: Path) -> None:
    assert "dial 711" in appointment(tmp_path / "us", "  phone: main\n").text
    assert "dial 711" not in appointment(tmp_path / "ca", "  phone: main\n", "CA").text
    own = appointment(tmp_path / "own", "  phone: main\n  relay: Text us.\n").text
    assert "Text us." in own
    assert "dial 711" not in own
