"""Snippets propose what `new` writes, and nothing else; a program that follows them ends with the same text."""

import json
import re
from pathlib import Path

import pytest

from clinic.drafting import Start, draft, prompts
from clinic.model.kinds import TOPICS, TYPES, Kind
from clinic.problems import Severity
from clinic.prose.body import CardKind
from clinic.prose.containers import CARD_EXAMPLES
from clinic.rules.drafts import TO_DO
from clinic.snippets import PATH, render_snippets
from tests.harness import NOW, checked, good_site

ROOT = Path(__file__).parents[2]
SNIPPETS = json.loads(render_snippets())
TODAY = NOW.date()


def expanded(body: list[str]) -> str:
    """What stands in the file when somebody takes a snippet and changes nothing: as Visual Studio Code expands it."""
    variables = {"CURRENT_YEAR": f"{TODAY:%Y}", "CURRENT_MONTH": f"{TODAY:%m}", "CURRENT_DATE": f"{TODAY:%d}"}
    text = "\n".join(body)
    text = re.sub(r"\$\{\d+\|([^|,]+)[^|]*\|\}", r"\1", text)
    text = re.sub(r"\$\{\d+:((?:\\.|[^}\\])*)\}", r"\1", text)
    text = re.sub(r"(?<!\\)\$([A-Z_]+)", lambda found: variables[found[1]], text)
    text = re.sub(r"(?<!\\)\$\d+", "", text)
    return re.sub(r"\\([\\$}])", r"\1", text)


def untrailed(text: str) -> str:
    return re.sub(r" +$", "", text, flags=re.MULTILINE).strip()


def test_the_file_is_current_and_for_markdown_alone() -> None:
    assert (ROOT / PATH).read_text(encoding="utf-8") == render_snippets(), "run: python3 run.py docs"
    assert {each["scope"] for each in SNIPPETS.values()} == {"markdown"}
    prefixes = [each["prefix"] for each in SNIPPETS.values()]
    assert len(set(prefixes)) == len(prefixes)


def test_there_is_one_for_every_kind_every_topic_with_questions_and_every_card() -> None:
    topics = [topic for topic in prompts()["topics"] if topic in TOPICS]
    wanted = [*(f"New {kind}" for kind in Kind), *(f"New announcement: {topic}" for topic in topics)]
    assert list(SNIPPETS) == [*wanted, *(f"Care card: {card}" for card in CardKind)]
    assert len(topics) > 2


@pytest.mark.parametrize("kind", Kind)
def test_a_page_is_what_new_writes(kind: Kind) -> None:
    first = {"type": TYPES[0], "topic": TOPICS[0]}
    written = draft(Start(kind, "Title of the page", TODAY), None)
    written = re.sub(r"^(type|topic):$", lambda found: f"{found[1]}: {first[found[1]]}", written, flags=re.MULTILINE)
    assert untrailed(expanded(SNIPPETS[f"New {kind}"]["body"])) == untrailed(written)


@pytest.mark.parametrize("topic", [topic for topic in prompts()["topics"] if topic in TOPICS])
def test_an_announcement_asks_what_new_asks(topic: str) -> None:
    written = draft(Start(Kind.ANNOUNCEMENT, "Title of the page", TODAY, topic=topic), None)
    assert untrailed(expanded(SNIPPETS[f"New announcement: {topic}"]["body"])) == untrailed(written)


@pytest.mark.parametrize("name", SNIPPETS)
def test_the_cursor_stops_once_at_each_thing_to_fill_in_and_in_order(name: str) -> None:
    text = "\n".join(SNIPPETS[name]["body"])
    stops = [int(number) for number in re.findall(r"(?<!\\)\$\{?(\d+)", text)]
    assert sorted(set(stops)) == list(range(1, max(stops) + 1))
    others = [number for number in stops if number != 1]  # the title may stand in two places
    assert others == sorted(set(others))
    assert len(re.findall(r"\[fill in: ", text)) == len(re.findall(r"\$\{\d+:\[fill in: ", text))


@pytest.mark.parametrize("kind", Kind)
def test_a_page_from_a_snippet_lacks_only_what_is_still_to_be_written(kind: Kind, tmp_path: Path) -> None:
    content = good_site(tmp_path)
    file = content / kind.folder / "from-a-snippet.md"
    file.write_text(expanded(SNIPPETS[f"New {kind}"]["body"]) + "\n")
    found = [each for each in checked(content).problems if each.path == f"{kind.folder}/{file.name}"]
    assert found
    assert not [each for each in found if each.code not in TO_DO and each.severity is Severity.ERROR]


@pytest.mark.parametrize("card", CardKind)
def test_a_card_is_one_that_the_site_shows(card: CardKind, tmp_path: Path) -> None:
    text = expanded(SNIPPETS[f"Care card: {card}"]["body"])
    assert CARD_EXAMPLES[card] in text or card in {CardKind.EMERGENCY, CardKind.URGENT, CardKind.CALL_US}
    content = good_site(tmp_path)
    file = content / "pages" / "plans.md"
    file.write_text(f"{file.read_text()}\n{text}\n")
    library = checked(content).library
    assert library is not None
    assert [each.kind for each in library.documents["plans"].body.cards][-1] is card
