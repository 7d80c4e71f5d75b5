"""The texts of the generated site, each by its number: a few hard ones of each kind, then ordinary ones."""

import random
from collections.abc import Mapping

from tests.browser.corpus_words import (
    ADDRESS,
    ARABIC,
    ARABIC_SENTENCES,
    BOTH_WAYS,
    HEBREW,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    NOUNS,
    PERSIAN,
    UNBROKEN,
    UNBROKEN_90,
    nested_list,
    number_words,
    paragraph,
    prose,
    wide_table,
)

Fields = Mapping[str, object]

LOCATIONS = 4
CLINICIANS = 10
PROCEDURES = 70
TYPES = ("injection", "ablation", "implant", "surgery", "imaging", "therapy", "other")

EMERGENCY = "> [!emergency] Call 911 now if\n> - this example says so\n> - " + UNBROKEN
CALL_US = "> [!call-us] Call us within one working day if\n> - this other example says so\n> - you like"
SOURCE = "A named source of nothing in particular"

CODE = "```python\nline = " + " + ".join(f'"{noun}"' for noun in NOUNS) + "\n```"
MANY_SECTIONS = "\n\n".join(f"## More on the {noun} and the {NOUNS[-at]}\n\nText." for at, noun in enumerate(NOUNS, 1))
CARDS = "\n\n".join(
    f"> [!{kind}] {title}\n> - {first}\n> - {UNBROKEN}\n>\n> {number_words(at)}."
    for at, (kind, title, first) in enumerate(
        [
            ("urgent", "Call us today if " + UNBROKEN, "the example is urgent"),
            ("call-us", "Call us this week if", "the example can wait"),
            ("do", "Before the example", "Read it."),
            ("dont", "Before the example", "Do not print it."),
            ("important", LONGEST_TITLE[:180], "Tell us about the example."),
            ("note", "Good to know", "It is an example."),
        ]
    )
)
LEAVES = (
    f"Term\n:   A definition, and {UNBROKEN}\n\nHTML\n:   With an abbreviation.\n\n"
    "*[HTML]: HyperText Markup Language\n\n"
    f"{nested_list(6)}\n\nPress <kbd>Ctrl</kbd> and <kbd>C</kbd>, H<sub>2</sub>O, x<sup>2</sup>.\n\n"
    "<details>\n<summary>More of it</summary>\n\nHidden at first.\n\n</details>"
)


def _sources(count: int, title: str = SOURCE) -> list[Fields]:
    return [
        {
            "id": f"s{number}",
            "title": f"{title} {number}",
            "publisher": "Example publisher",
            "url": ADDRESS if number == 1 else f"https://example.com/{number}",
            "accessed": "2026-11-02",
        }
        for number in range(1, count + 1)
    ]


def condition(number: int, count: int, dice: random.Random) -> tuple[Fields, str]:
    """A condition."""
    hard: dict[int, tuple[Fields, str]] = {
        0: ({"title": LONGEST_TITLE, "summary": LONGEST_SUMMARY}, ""),
        1: ({"title": UNBROKEN_90, "summary": f"{UNBROKEN} in a summary.", "also_called": [UNBROKEN]}, UNBROKEN),
        2: (
            {
                "also_called": [f"name {number_words(at)}" for at in range(60)],
                "symptoms": [f"a feeling of {number_words(at)}" for at in range(60)],
                "treatments": [f"procedure-{at:03}" for at in range(PROCEDURES)],
                "related": [f"condition-{at:03}" for at in range(3, 43)],
            },
            "",
        ),
        3: ({}, wide_table(16, 12) + "\n\nBetween two tables.\n\n" + wide_table(3, 80)),
        4: ({"title": BOTH_WAYS, "also_called": [ARABIC, HEBREW]}, _both_ways()),
        5: ({}, CARDS),
        6: ({}, LEAVES + "\n\n" + CODE),
        7: (
            {},
            (
                "![A wide picture.](../images/wide.png)\n\n![A tall one.](../images/tall.png)\n\n"
                "![](../images/dot.png){.decorative}"
            ),
        ),
        8: ({}, f"See <{ADDRESS}> and [{ADDRESS}]({ADDRESS}).\n\n[{LONGEST_SUMMARY}](condition-000.md)"),
        9: (
            {
                "sources": _sources(40, LONGEST_SUMMARY[:120]),
                "changes": [{"date": f"2025-01-{day:02}", "what": LONGEST_SUMMARY} for day in range(1, 29)],
            },
            " ".join(f"A sentence with its source.[^s{at}]" for at in range(1, 41)),
        ),
        10: ({}, MANY_SECTIONS),
        11: (
            {"summary": "Facts: {{ phone.main }}, {{ email.office }}, {{ clinic.name }}."},
            "{{ hours.main }}\n\n{{ location.main.address }}",
        ),
    }
    fields, more = hard.get(number, ({}, ""))
    if number % 10 == 4:
        more = more or wide_table(5, 6)
    header = {
        "title": f"{number_words(number).title()} condition",
        "summary": paragraph(dice, 1),
        "body_parts": [f"part-{number % 12}"],
        "author": "web-team",
        "symptoms": [f"a feeling of {NOUNS[(number + at) % len(NOUNS)]}" for at in range(3)],
        "related": [f"condition-{(number + at) % count:03}" for at in (1, 2)],
        "sources": _sources(2),
        **fields,
    }
    body = f"""{EMERGENCY}

## What it is

{paragraph(dice)}[^s1]

{more if not more.startswith("## ") else ""}

## Symptoms

{paragraph(dice)}

## Causes

{paragraph(dice)}

## How it is diagnosed

{paragraph(dice)}

## Treatment

{paragraph(dice)} [A way to another page](../procedures/procedure-{number % PROCEDURES:03}.md).

## When to get help

> [!urgent] Call us today if
> - {paragraph(dice, 1)}

## What you can do

{paragraph(dice)}

{more if more.startswith("## ") else ""}"""
    return header, body


def procedure(number: int, conditions: int, dice: random.Random) -> tuple[Fields, str]:
    """A procedure."""
    hard: dict[int, tuple[Fields, str]] = {
        0: ({"title": f"P{UNBROKEN_90[1:]}", "duration": UNBROKEN, "cost_note": f"A note on {UNBROKEN}"}, ""),
        1: ({"title": f"Procedure with {LONGEST_TITLE[16:]}", "also_called": [LONGEST_TITLE[:110]] * 1}, ""),
        2: (
            {
                "treats": [f"condition-{at:03}" for at in range(conditions)],
                "performed_by": [f"clinician-{at:02}" for at in range(CLINICIANS - 1)],
                "at": ["main", *(f"place-{at}" for at in range(1, LOCATIONS))],
            },
            "",
        ),
        3: (
            {},
            "\n".join(f"- [ ] is no box\n- Step {at}: {paragraph(dice, 1)}" for at in range(60)).replace(
                "- [ ] is no box\n", ""
            ),
        ),
        4: ({"title": f"{HEBREW}: a procedure in two directions"}, _both_ways()),
        5: ({}, wide_table(12, 5)),
    }
    fields, more = hard.get(number, ({}, ""))
    header = {
        "title": f"{number_words(number + 120).title()} procedure",
        "summary": paragraph(dice, 1),
        "body_parts": [f"part-{number % 12}"],
        "author": "web-team",
        "type": TYPES[number % len(TYPES)],
        "duration": "20 minutes",
        "driver_needed": "if-sedated",
        "fasting": paragraph(dice, 1),
        "time_off": "One day",
        "performed_by": [f"clinician-{number % (CLINICIANS - 1):02}"],
        "at": ["main"],
        "treats": [f"condition-{(number + at) % conditions:03}" for at in range(3)],
        "sources": _sources(2),
        **fields,
    }
    body = f"""{EMERGENCY}

## What it is

{paragraph(dice)}[^s1]

## Why it is done

{paragraph(dice)}

## Who should not have it

> [!important] Tell us first
> - {paragraph(dice, 1)}

## How to prepare

> [!do] On the day before
> - Read this example.
> - {paragraph(dice, 1)}

> [!dont] On the day before
> - Do not print it.

{more}

## What happens

1. {paragraph(dice, 1)}
2. {paragraph(dice, 1)}
3. {paragraph(dice, 1)}

## When to call

{CALL_US}

## After the procedure

{paragraph(dice)}

## Risks

{paragraph(dice)}

## How likely it is to help

{paragraph(dice)}

## Other choices

{paragraph(dice)}"""
    return header, body


def announcement(number: int, dice: random.Random) -> tuple[Fields, str]:
    """An announcement."""
    year = 2026 if number < 10 else 2026 - number % 4
    ended = number >= 10
    fields: dict[str, object] = {
        "title": f"News about the {number_words(number + 40)}",
        "summary": paragraph(dice, 1),
        "date": f"{year}-{10 if not ended else 3:02}-{number + 1:02}",
        "expires": f"{year}-{12 if not ended else 4:02}-{number + 5:02}",
        "topic": ("closure", "hours", "move", "staff", "service", "billing", "safety", "general")[number % 8],
    }
    if number < 3:
        fields["level"] = "banner"
        fields["locations"] = ["main", "place-1", "place-2"] if number else ["main"]
    hard: dict[int, Fields] = {
        0: {"title": f"News with {LONGEST_TITLE[16:]}", "summary": LONGEST_SUMMARY},
        1: {"title": f"N{UNBROKEN_90[1:]}", "closed": [f"2026-12-{day:02}" for day in range(1, 6)]},
        2: {"title": f"{ARABIC} and {HEBREW} in a banner", "expires": "unknown"},
        3: {"expires": "never", "why": "It is an example."},
        4: {"supersedes": "news-10", "date": "2026-11-01"},
    }
    fields.update(hard.get(number, {}))
    if number == 10:
        fields.update({"date": "2026-10-01", "expires": "2026-12-20"})
    return fields, paragraph(dice) + ("\n\n" + wide_table(9, 4) if number == 5 else "")


def clinician(number: int, dice: random.Random) -> tuple[Fields, str]:
    """A clinician."""
    fields: dict[str, object] = {
        "title": f"Example Clinician {number:02}",
        "summary": paragraph(dice, 1),
        "name": f"Example Clinician {number:02}",
        "role": "An example",
        "locations": ["main"],
    }
    if number == 0:
        fields |= {
            "name": UNBROKEN_90,
            "title": UNBROKEN_90,
            "role": LONGEST_TITLE[:110],
            "specialties": [f"{number_words(at)}" for at in range(30)],
            "languages": ["en", "es", "ar", "he", "fa", "zh-Hant", "ru", "uk", "ko", "ja", "vi", "de", "fr", "ro"],
            "locations": ["main", *(f"place-{at}" for at in range(1, LOCATIONS))],
            "photo": {"file": "tall.png", "alt": "A picture for an example"},
        }
    if number == CLINICIANS - 1:
        fields["left"] = "2026-06-30"
    return fields, prose(dice, 120)


def plain_pages(dice: random.Random) -> dict[str, tuple[Fields, str]]:
    """All other pages, by their names."""

    def page(title: str, body: str = "", **more: object) -> tuple[Fields, str]:
        return {"title": title, "summary": paragraph(dice, 1), **more}, body or prose(dice, 80)

    arabic = " ".join(ARABIC_SENTENCES)
    return {
        "home": page("A generated site", f"{prose(dice, 60)}\n\n- [Both ways](both-ways.md)\n- [{HEBREW}](hebrew.md)"),
        "appointment": page("Ask for an appointment"),
        "search": page("Search this site"),
        "not-found": page("There is no such page"),
        "privacy-practices": page("Notice of privacy practices"),
        "website-privacy": page("Privacy on this website"),
        "nondiscrimination": page("Notice of nondiscrimination"),
        "language-help": page(
            "Help in your language",
            "\n\n".join(
                f"## {name} {{#{lang}}}\n\n{text}"
                for lang, name, text in (
                    ("en", "English", "We help you."),
                    ("ar", "العربية", arabic),
                    ("he", "עברית", HEBREW),
                    ("fa", "فارسی", PERSIAN),
                )
            ),
        ),
        "accessibility": page("Using this site with a disability"),
        "estimates": page("What a visit costs"),
        "long": page(
            "A page of 20,000 words",
            "\n\n".join(
                f"## Chapter {chapter}: {number_words(chapter)}\n\n{prose(dice, 1000)}" for chapter in range(1, 21)
            ),
        ),
        "arabic": page(
            ARABIC,
            f"## {ARABIC_SENTENCES[0]}\n\n{arabic}\n\n- {arabic}\n- <{ADDRESS}>\n- {UNBROKEN}\n\n"
            f"> [!note] {ARABIC}\n> {arabic} {{{{ phone.main }}}}\n\n"
            f"| {ARABIC} | {ARABIC} | {ARABIC} |\n|---|---|---|\n| {arabic} | 1,234 | English |",
            lang="ar",
        ),
        "hebrew": page(HEBREW, f"{HEBREW}.\n\n1. {HEBREW} ABC (123).\n2. {HEBREW}.", lang="he"),
        "both-ways": page(f"{HEBREW}, then English, then {PERSIAN}", _both_ways()),
        "withdrawn": page(
            "A page that was withdrawn", status="withdrawn", why="It was an example.", aliases=["/old/", "/older.html"]
        ),
        "tables": page(
            "A page of wide tables", "\n\n".join(f"## Table {at}\n\n{wide_table(at, 5)}" for at in (2, 6, 12, 24))
        ),
    }


def _both_ways() -> str:
    return (
        f"English with {ARABIC} (1-503-555-0100) inside, then {HEBREW}, 12:30, and {PERSIAN}!\n\n"
        f"- {ARABIC}\n- {HEBREW} A, B and C\n- English: {ARABIC} {UNBROKEN}\n\n"
        f"| English | {ARABIC} |\n|---|---|\n| {HEBREW} | 08:00-12:00 |\n\n"
        f"> [!note] A note with {ARABIC}\n> {HEBREW}: {{{{ phone.main }}}}"
    )
