"""Sections: headings are matched by meaning, and the canonical anchor of a section always works."""

import pytest

from clinic.prose.body import Body, Html
from clinic.prose.parser import parse_body
from clinic.prose.sections import known_sections, meaning_of, normal, proposed, recommended, required

MEANINGS = [
    ("condition", "What it is", "what-it-is"),
    ("condition", "What is sciatica?", "what-it-is"),
    ("condition", "About complex regional pain syndrome", "what-it-is"),
    ("condition", "Overview", "what-it-is"),
    ("condition", "Symptoms", "symptoms"),
    ("condition", "What are the symptoms?", "symptoms"),
    ("condition", "Signs & symptoms", "symptoms"),
    ("condition", "What does sciatica feel like?", "symptoms"),
    ("condition", "Causes", "causes"),
    ("condition", "What causes it?", "causes"),
    ("condition", "Why does my back hurt?", "causes"),
    ("condition", "Causes and risk factors", "causes"),
    ("condition", "Diagnosis", "diagnosis"),
    ("condition", "How we find out", "diagnosis"),
    ("condition", "How is spinal stenosis diagnosed?", "diagnosis"),
    ("condition", "Treatment", "treatment"),
    ("condition", "What is the treatment?", "treatment"),
    ("condition", "How is it treated?", "treatment"),
    ("condition", "When to get help", "when-to-get-help"),
    ("condition", "When should I call the doctor?", "when-to-get-help"),
    ("condition", "When to seek medical attention", "when-to-get-help"),
    ("condition", "What you can do", "what-you-can-do"),
    ("condition", "What can I do about it myself?", "what-you-can-do"),
    ("condition", "Living with sciatica", "what-you-can-do"),
    ("procedure", "What it is", "what-it-is"),
    ("procedure", "What is a lumbar sympathetic block?", "what-it-is"),
    ("procedure", "How does the stimulator work?", "what-it-is"),
    ("procedure", "Why it is done", "why"),
    ("procedure", "Why do I need this?", "why"),
    ("procedure", "What is it for?", "why"),
    ("procedure", "Who should not have it, and what to tell us first", "who-should-not"),
    ("procedure", "Who shouldn\u2019t have it?", "who-should-not"),
    ("procedure", "Is this injection right for me?", "who-should-not"),
    ("procedure", "Preparing", "preparing"),
    ("procedure", "How do I prepare for it?", "preparing"),
    ("procedure", "Before your injection", "preparing"),
    ("procedure", "What happens", "what-happens"),
    ("procedure", "What does the procedure look like?", "what-happens"),
    ("procedure", "What happens during the injection?", "what-happens"),
    ("procedure", "How is it done?", "what-happens"),
    ("procedure", "What to expect", "what-happens"),
    ("procedure", "When to call", "when-to-call"),
    ("procedure", "When should you call us?", "when-to-call"),
    ("procedure", "Warning signs", "when-to-call"),
    ("procedure", "After", "after"),
    ("procedure", "What happens after the procedure?", "after"),
    ("procedure", "Recovery", "after"),
    ("procedure", "Going home", "after"),
    ("procedure", "Risks", "risks"),
    ("procedure", "What are the risks?", "risks"),
    ("procedure", "Side effects", "risks"),
    ("procedure", "Is it safe?", "risks"),
    ("procedure", "How likely is it to help?", "how-likely"),
    ("procedure", "Will it help?", "how-likely"),
    ("procedure", "Benefits", "how-likely"),
    ("procedure", "Other choices", "other-choices"),
    ("procedure", "What are the alternatives?", "other-choices"),
    ("condition", "Our team", None),
    ("procedure", "Parking", None),
    ("page", "Symptoms", None),
    ("announcement", "What happens", None),
    ("condition", "", None),
]


@pytest.mark.parametrize(("kind", "heading", "meaning"), MEANINGS)
def test_meanings(kind: str, heading: str, meaning: str | None) -> None:
    assert meaning_of(kind, heading) == meaning


@pytest.mark.parametrize("kind", ["condition", "procedure"])
def test_the_list_is_whole_and_written_as_it_is_compared(kind: str) -> None:
    sections = known_sections()[kind]
    keys = [section.key for section in sections]
    assert len(set(keys)) == len(keys)
    seen: set[str] = set()
    for section in sections:
        assert section.need in {"required", "recommended"}
        assert meaning_of(kind, section.key.replace("-", " ")) == section.key
        for wording in section.wordings:
            assert normal(wording) == wording
        assert not seen & section.wordings, section.key
        seen |= section.wordings


def test_what_is_needed() -> None:
    assert required("condition") == ("what-it-is", "symptoms", "when-to-get-help", "causes", "diagnosis", "treatment")
    assert recommended("condition") == ("what-you-can-do",)
    injection = ("what-it-is", "why", "who-should-not", "preparing", "what-happens", "when-to-call", "after", "risks")
    for kind in ("injection", "ablation", "implant", "surgery"):
        assert required("procedure", kind) == injection
    for other in ("imaging", "therapy", "other", None):
        assert required("procedure", other) == tuple(key for key in injection if key != "who-should-not")
    assert recommended("procedure", "injection") == ("how-likely", "other-choices")
    assert recommended("procedure", "imaging") == ("other-choices",)
    assert recommended("procedure", "other", "Nerve tests (EMG)") == ("other-choices",)
    assert recommended("procedure", "other", "Detestable pain") == ("how-likely", "other-choices")
    assert required("page") == recommended("announcement") == ()


def read(text: str) -> Body:
    return parse_body(text, path="procedures/a.md", first_line=1, kind="procedure")


def test_sections_hold_what_stands_below_their_heading() -> None:
    body = read("lead words\n\n## Risks\n\none {{ phone.main }} two\n\n### Rare\n\n- three\n\n## Parking\n\nfour")
    assert [part.html for part in body.lead] == ["<p>lead words</p>"]
    risks, parking = body.sections
    assert (risks.meaning, risks.heading, risks.anchor, risks.words) == ("risks", "Risks", "risks", 4)
    assert isinstance(risks.parts[0], Html)
    assert risks.parts[0].html.endswith('<h3 id="rare">Rare</h3>\n<ul><li>three</li></ul>')
    assert (parking.meaning, parking.words, parking.span.line) == (None, 1, 11)


@pytest.mark.parametrize(
    ("text", "anchors", "aliases"),
    [
        ("## Risks\n\na", ["risks"], 0),
        ("## What can go wrong\n\na", ["what-can-go-wrong"], 1),
        ("## What can go wrong {#wrong}\n\na", ["wrong"], 1),
        ("## What can go wrong {#risks}\n\na", ["risks"], 0),
        ("## What can go wrong\n\na\n\n## Side effects\n\nb", ["what-can-go-wrong", "side-effects"], 1),
        ("## Side effects\n\na\n\n### B {#risks}", ["side-effects"], 0),
        ("## Side effects\n\n> [!note] A\n> b", ["side-effects"], 1),
    ],
)
def test_the_canonical_anchor_always_works(text: str, anchors: list[str], aliases: int) -> None:
    body = read(text)
    assert [section.anchor for section in body.sections] == anchors
    assert "risks" in body.anchors
    html = "".join(part.html for section in body.sections for part in section.parts)
    assert html.count('<span id="risks" class="anchor"></span>') == aliases
    assert len(set(body.anchors)) == len(body.anchors)


@pytest.mark.parametrize("kind", ["condition", "procedure"])
def test_headings_in_spanish_mean_what_the_english_ones_do(kind: str) -> None:
    for section in known_sections()[kind]:
        assert proposed(kind, section.key, "es-MX") == section.spoken["es"][0]
        assert proposed(kind, section.key, "de") == ""
        for heading in section.spoken["es"]:
            assert meaning_of(kind, heading) == section.key, heading
            assert meaning_of(kind, f"¿{heading.upper()}?") == section.key, heading
