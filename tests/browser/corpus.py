"""A generated site of hard cases: the longest titles, the widest tables, the largest lists, both directions.

    python -m tests.browser.corpus FOLDER

The same bytes for the same number of pages, everywhere. No text in it means anything, so nothing in it is medical.
"""

import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

from tests.browser.corpus_pages import (
    CLINICIANS,
    LOCATIONS,
    PROCEDURES,
    Fields,
    announcement,
    clinician,
    condition,
    plain_pages,
    procedure,
)
from tests.browser.corpus_words import LONGEST_TITLE, UNBROKEN_90, number_words, paragraph

PAGES = 200
"""How many texts the site has; built pages (lists, locations) come on top."""

SEED = 20261122
ANNOUNCEMENTS = 20
PLAIN = 16


def write_corpus(folder: Path, pages: int = PAGES) -> None:
    """Writes the content of the site: `pages` texts, `clinic.yaml` and pictures, into a new folder."""
    folder.mkdir(parents=True)
    dice = random.Random(SEED)
    conditions = pages - PROCEDURES - ANNOUNCEMENTS - CLINICIANS - PLAIN
    (folder / "clinic.yaml").write_text(_yaml(_clinic()) + "\n", encoding="utf-8")
    _write_pictures(folder / "images")
    for number in range(conditions):
        _write(folder, f"conditions/condition-{number:03}", *condition(number, conditions, dice))
    for number in range(PROCEDURES):
        _write(folder, f"procedures/procedure-{number:03}", *procedure(number, conditions, dice))
    for number in range(ANNOUNCEMENTS):
        _write(folder, f"announcements/news-{number:02}", *announcement(number, dice))
    for number in range(CLINICIANS):
        _write(folder, f"clinicians/clinician-{number:02}", *clinician(number, dice))
    for slug, (fields, body) in plain_pages(dice).items():
        _write(folder, f"pages/{slug}", fields, body)


def _write(folder: Path, name: str, fields: Fields, body: str) -> None:
    file = folder / f"{name}.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"---\n{_yaml(fields)}\n---\n\n{body}\n", encoding="utf-8")


def _yaml(fields: Fields, indent: str = "") -> str:
    return "\n".join(_entry(name, value, indent) for name, value in fields.items())


def _entry(name: str, value: object, indent: str) -> str:
    if isinstance(value, Mapping):
        return f"{indent}{name}:\n{_yaml(value, indent + '  ')}"
    if isinstance(value, str):
        return f"{indent}{name}: {_quoted(value)}"
    if isinstance(value, Sequence):
        items = [
            _yaml(item, f"{indent}    ").replace(f"{indent}    ", f"{indent}  - ", 1)
            if isinstance(item, Mapping)
            else f"{indent}  - {_quoted(str(item))}"
            for item in value
        ]
        return f"{indent}{name}:\n" + "\n".join(items)
    return f"{indent}{name}: {value}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _clinic() -> Fields:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    hard = {1: UNBROKEN_90, 2: LONGEST_TITLE[:110]}
    places: dict[str, Fields] = {}
    for at in range(LOCATIONS):
        places["main" if at == 0 else f"place-{at}"] = {
            "name": f"Office {at + 1}: {hard.get(at, number_words(at))}",
            "address": [f"Suite {at}, {LONGEST_TITLE[:70]}", f"{at} Example Street"],
            "city": "Portland",
            "region": "OR",
            "postal_code": "97201",
            "country": "US",
            "geo": ["45.5152", "-122.6784"],
            "hours": {day: ["08:00-10:00", "10:30-12:00", "13:00-17:00"] for day in days},
            "special_days": [
                {"date": f"2026-12-{day:02}", "hours": "closed", "why": f"Example day {day} of {number_words(day)}"}
                for day in range(1, 13 if at == 0 else 3)
            ],
            "access": paragraph(random.Random(at), 9),
            "directions": paragraph(random.Random(at + 9), 9),
            "phone": f"phone-{at}" if at else "main",
        }
    phones = {
        "main" if at == 0 else f"phone-{at}": {
            "label": f"Line of {number_words(at)}",
            "number": f"+150355501{at:02}",
            "hours": "Monday to Friday, 8 am to 10 am, 10:30 am to 12 pm and 1 pm to 5 pm",
        }
        for at in range(12)
    }
    return {
        "name": "The generated clinic of hard cases, with a name that is much longer than names of clinics are",
        "legal_name": LONGEST_TITLE[:110],
        "url": "https://generated.example.com/",
        "timezone": "America/Los_Angeles",
        "language": "en",
        "emergency": "If this is an emergency, call 911.",
        "after_hours": {"phone": "phone-1", "text": "Somebody answers in this example."},
        "phones": phones,
        "emails": {"office": {"label": "Front desk", "address": f"{'office.' * 8}desk@example.com"}},
        "locations": places,
        "staff": {"web-team": {"name": "Website team", "role": "Writes examples"}},
        "appointments": {
            "phone": "main",
            "portal": "https://portal.example.com/",
            "form": {
                "action": "https://forms.example.com/appointment",
                "fields": ["name", "phone", "email", "best-time", "new-patient", "language", "interpreter"],
            },
            "relay": "Dial 711 for the relay service.",
            "interpreter": "Tell us your language.",
            "answered": "We answer on the next day.",
        },
        "records": {"who": "Website team", "phone": "main", "email": "office"},
        "body_parts": {f"part-{at}": f"Part {number_words(at)}" for at in range(12)},
        "navigation": [
            *("conditions", "procedures", "announcements", "clinicians", "locations", "appointment", "search"),
            *("tables", "long", "estimates", "accessibility", "arabic"),
        ],
        "notices": {
            "privacy_practices": "privacy-practices",
            "website_privacy": "website-privacy",
            "nondiscrimination": "nondiscrimination",
            "language_help": "language-help",
            "accessibility": "accessibility",
            "surprise_billing": {"not_applicable": "This clinic bills nobody."},
            "good_faith_estimate": "estimates",
        },
        "clinical_review": "shown",
        "accent": "#5b2a86",
        "logo": "wide.png",
    }


def _write_pictures(folder: Path) -> None:
    folder.mkdir()
    for name, size in (("wide.png", (2400, 200)), ("tall.png", (300, 2400)), ("dot.png", (1, 1))):
        Image.linear_gradient("L").resize(size).convert("RGB").save(folder / name)


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]))
