"""What a clinician signs: any word, number or clinical field changes it; how it is typed and laid out never does."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.library.document import Document
from clinic.signing.fingerprint import SIGNS, code_meant, fingerprint, review_code
from tests.harness import page

HEADER = {
    "title": "Nerve block",
    "summary": "An injection. Call {{ phone.main }}.",
    "also_called": "[block, numbing shot]",
    "author": "front-desk",
    "type": "injection",
    "treats": "[low-back-pain]",
    "duration": "20 minutes",
    "anesthesia": "numbing medicine",
    "driver_needed": "yes",
    "fasting": "nothing for 6 hours",
    "time_off": "1 day",
    "cost_note": "Ask your plan.",
    "performed_by": "[dr-example]",
    "sources": "\n  - id: nhs\n    title: Blocks\n    publisher: NHS\n    url: https://www.nhs.uk/blocks/\n"
    "    accessed: 2026-11-02",
}
BODY = """A block is an injection near a nerve. Most people go home on the same day, and
somebody has to drive them.[^nhs]

> [!emergency] Call 911 *now* if
> - a leg turns weak within 24 hours, or
>   it stays numb
> - you can't breathe
>
> Then call {{ phone.main }}.

## What happens

1. We numb your skin with 5 mL of medicine.
2. **Do not move** for 10<sup>2</sup> seconds. See [sciatica](../conditions/sciatica.md "more").

   This is a second paragraph of the second step.
   - a part
   - another part

| Day | What you may do |
| --- | --- |
| 1 | rest |
| 2 | walk |

## After

![A foot on a stool](../images/foot.png)

LSB
: Lumbar sympathetic block

The LSB may be done again.[^again] It costs 3 * 4 dollars, or `12`.

{{ phone.main }}

> Quoted words.

[^again]: After 14 days.

*[LSB]: Lumbar sympathetic block
"""

LINES = """title: Nerve block
summary: An injection. Call {{ phone.main }}.
also_called: block
also_called: numbing shot
sources: Blocks | NHS | https://www.nhs.uk/blocks/
treats: low-back-pain
duration: 20 minutes
anesthesia: numbing medicine
driver_needed: yes
fasting: nothing for 6 hours
time_off: 1 day
---
A block is an injection near a nerve. Most people go home on the same day, and somebody has to drive them.[^nhs]
> [!emergency] Call 911 *now* if
> - a leg turns weak within 24 hours, or it stays numb
> - you can't breathe
> Then call {{ phone.main }}.
## What happens
1. We numb your skin with 5 mL of medicine.
2. **Do not move** for 10<sup>2</sup> seconds. See [sciatica](../conditions/sciatica.md more).
   This is a second paragraph of the second step.
   - a part
   - another part
| Day | What you may do |
| --- | --- |
| 1 | rest |
| 2 | walk |
## After
![A foot on a stool](../images/foot.png)
LSB
: Lumbar sympathetic block
The LSB may be done again.[^again] It costs 3 \\* 4 dollars, or `12`.
{{ phone.main }}
> Quoted words.
[^again]: After 14 days.
LSB = Lumbar sympathetic block"""
"""Records of years stand and fall with these lines: no change of the generator may change them for the same page."""

SEAL = "024b03ed37c9818f4676de580e3ba3e3d1e3de2b576464e0c2e8d25bb0a56c6e"


def text_of(fields: dict[str, str], body: str = BODY) -> str:
    """A file."""
    rows = [f"{key}:{value if value[:1] == chr(10) else ' ' + value}" for key, value in fields.items()]
    return "---\n" + "\n".join(rows) + f"\n---\n\n{body}"


def document(text: str) -> Document:
    made = page(text, "procedures/nerve-block.md")
    assert made.header is not None
    return made


GOOD = document(text_of(HEADER))
SIGNED = GOOD.fingerprint


def test_the_lines_are_these_and_stay_these() -> None:
    assert not [problem for problem in GOOD.problems if problem.code != "STR039"]
    assert "\n".join(GOOD.signed_text) == LINES
    assert fingerprint(GOOD.signed_text) == SIGNED
    assert SIGNED == SEAL


# What counts

CLINICAL = ("title", "summary", "also_called", "treats", "duration", "anesthesia", "fasting", "time_off")
OTHERS = ("author", "cost_note", "performed_by")


@pytest.mark.parametrize("field", CLINICAL)
def test_a_clinical_field_counts(field: str) -> None:
    value = HEADER[field]
    more = f"{value[:-1]}, more]" if value.endswith("]") else f"{value} more"
    assert document(text_of({**HEADER, field: more})).fingerprint != SIGNED
    if field not in {"title", "summary"}:
        assert document(text_of({key: each for key, each in HEADER.items() if key != field})).fingerprint != SIGNED


@pytest.mark.parametrize("field", OTHERS)
def test_another_field_does_not(field: str) -> None:
    value = HEADER[field]
    more = f"{value[:-1]}, more]" if value.endswith("]") else f"{value}-more"
    assert document(text_of({**HEADER, field: more})).fingerprint == SIGNED


@pytest.mark.parametrize(
    ("before", "after"), [("NHS", "CDC"), ("title: Blocks", "title: Pain"), ("/blocks/", "/pain/")]
)
def test_what_a_source_is_counts_and_when_it_was_read_does_not(before: str, after: str) -> None:
    assert document(text_of(HEADER).replace(before, after)).fingerprint != SIGNED
    assert document(text_of(HEADER).replace("2026-11-02", "2027-01-02")).fingerprint == SIGNED


DIGITS = [found.start() for found in re.finditer(r"\d", BODY)]


@pytest.mark.parametrize("at", DIGITS)
def test_any_digit_counts(at: int) -> None:
    other = str((int(BODY[at]) + 1) % 10)
    changed = document(text_of(HEADER, BODY[:at] + other + BODY[at + 1 :]))
    # The items of a list are numbered from the first one on, whatever stands before the others.
    assert (changed.fingerprint == SIGNED) == (at == BODY.index("2. **"))


@pytest.mark.parametrize("word", sorted(set(re.findall(r"\b[a-z]{3,}\b", re.sub(r"\{\{.*?\}\}|\]\(.*?\)", "", BODY)))))
def test_any_word_counts(word: str) -> None:
    changed = re.sub(rf"(?<![./#{{\[!(-]){word}\b(?![.\w]*(?:md|png)|\]|:| }})", word + "x", BODY, count=1)
    if changed != BODY:
        assert document(text_of(HEADER, changed)).fingerprint != SIGNED


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("**Do not move**", "Do not move"),
        ("10<sup>2</sup>", "102"),
        ("[!emergency]", "[!urgent]"),
        ("phone.main", "phone.billing"),
        ("../conditions/sciatica.md", "../conditions/low-back-pain.md"),
        ("[^nhs]", ""),
        ("A foot on a stool", "A foot"),
        ("foot.png", "leg.png"),
        ("> - you can't breathe\n", "> you can't breathe\n"),
        ("> Quoted words.", "Quoted words."),
        ("| 1 | rest |\n| 2 | walk |", "| 1 | walk |\n| 2 | rest |"),
        ("## What happens", "### What happens"),
        ("We numb your skin with 5 mL of medicine.", "We numb your skin\n\n   with 5 mL of medicine."),
        ("LSB]: Lumbar", "LSB]: Low"),
        ("`12`", "12"),
        ("3 * 4", "3 4"),
    ],
)
def test_what_readers_are_told_counts(before: str, after: str) -> None:
    assert before in BODY
    assert document(text_of(HEADER, BODY.replace(before, after))).fingerprint != SIGNED


# What does not

ITEM = re.compile(r"^((?:> ?)?(?:[-*] |\d+\. | {2,3}|\[\^\w+\]: |: |> )*)")


def rewrapped(body: str, rng: random.Random) -> str:
    """The same body with the lines of its paragraphs broken anew, trailing blanks, more empty lines."""
    out: list[str] = []
    for block in body.split("\n\n"):
        rows = block.split("\n")
        plain = len(rows) <= 2 and re.match(r"[A-Z][a-z ]", rows[0]) and not block.startswith("LSB")
        if plain:
            words = " ".join(rows).split(" ")
            made = words[0]
            for word in words[1:]:
                wraps = rng.random() < 0.3 and not re.match(r"\W|\d", word)
                made += ("\n" if wraps else rng.choice([" ", "  ", " \u00a0"])) + word
            rows = made.split("\n")
        ends = ["", " ", "\t"] if plain or block[0] == ">" else [""]
        out.append("\n".join(row + rng.choice(ends) for row in rows))
        out.append("\n" * rng.randint(1, 4))
    return "\n".join(out)


@given(seed=st.integers(0, 10**9), ends=st.sampled_from(["\n", "\r\n"]))
def test_layout_never_counts(seed: int, ends: str) -> None:
    rng = random.Random(seed)
    fields = list(HEADER.items())
    rng.shuffle(fields)
    text = text_of(dict(fields), rewrapped(BODY, rng))
    header, body = text.split("\n---\n", 1)
    rows = [
        row + (rng.choice(["", " ", "  # a note"]) if re.match(r"\w+: \w[\w ]*$", row) else "")
        for row in header.split("\n")
    ]
    for _ in range(rng.randint(0, 3)):
        rows.insert(1, "# a note to ourselves")
    changed = ("\n".join(rows) + "\n---\n" + body).replace("\n", ends)
    assert "\n".join(document(changed).signed_text) == LINES


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("near a nerve. Most", "near a nerve.  \nMost"),
        ("near a nerve. Most", "near a nerve.\\\nMost"),
        ("1. We numb", "1.  We numb"),
        ("1. We numb your skin with 5 mL of medicine.\n", "1. We numb your skin with 5 mL of medicine.\n\n"),
        ("> - you can't", "> * you can't"),
        ("## After", "After\n-----"),
        ("## After", "## After {#later}"),
        ("## After", "## After ##"),
        ("| Day | What you may do |\n| --- | --- |", "|Day|What you may do|\n|:---|---:|"),
        ("*now*", "_now_"),
        ("**Do not move**", "__Do not move__"),
        ("## After", "<!-- ask Dr. Example about this -->\n\n## After"),
        ('[sciatica](../conditions/sciatica.md "more")', "[sciatica][s]"),
    ],
)
def test_another_way_to_type_the_same_does_not_count(before: str, after: str) -> None:
    assert before in BODY
    body = BODY.replace(before, after)
    if "][s]" in after:
        body += '\n[s]: ../conditions/sciatica.md "more"\n'
    assert "\n".join(document(text_of(HEADER, body)).signed_text) == LINES


WORDS = st.text(st.sampled_from("ab1 *_`[]()<>#-+.!|\\{}:\n~^=\"'&;"), max_size=60)


@given(body=WORDS)
def test_any_text_has_lines_and_the_same_ones_with_other_line_ends(body: str) -> None:
    made = document(text_of(HEADER, f"Words.\n\n{body}\n"))
    assert made.signed_text[: len(LINES.partition("---")[0].split("\n"))][-1] == "---"
    assert all("\n" not in line for line in made.signed_text)
    assert document(text_of(HEADER, f"Words.\n\n{body}\n").replace("\n", "\r\n")).signed_text == made.signed_text


def test_pages_that_nobody_signs_have_no_lines() -> None:
    assert page("Words.").signed_text == ()
    assert page("Words.").fingerprint == ""


# The code


@given(mark=st.binary(min_size=32, max_size=32).map(bytes.hex))
def test_a_code_is_short_and_can_be_read_aloud(mark: str) -> None:
    code = review_code(mark)
    assert re.fullmatch(f"[{SIGNS}]{{2}}-[{SIGNS}]{{3}}", code)
    assert code_meant(code) == code
    assert code_meant(f" {code.lower().replace('-', ' ')}\n") == code
    assert not set("01OIAEU") & set(code)


def test_codes_of_other_texts_are_others() -> None:
    codes = {review_code(fingerprint([str(number)])) for number in range(2000)}
    assert len(codes) >= 1998


@pytest.mark.parametrize("typed", ["", "7K-Q2", "7K-Q2FF", "7K-Q20", "7K Q2I", "yes"])
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert code_meant(typed) is None
