"""Snippets for Visual Studio Code: what `new` writes, and each care card, where the cursor stands.

Both come from `clinic/drafting.py`, so that a snippet never proposes what `new` would not.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator

from clinic.drafting import Start, draft, prompts
from clinic.model.kinds import TOPICS, TYPES, Kind
from clinic.prose.body import CardKind
from clinic.prose.containers import CARD_EXAMPLES
from clinic.prose.sections import card_title
from clinic.rules.structure import needed_cards

PATH = ".vscode/clinic.code-snippets"

_TITLE = "Title of the page"
_DAY = dt.date(1999, 12, 31)
"""Stands for the day on which somebody uses a snippet."""

_TODAY = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
_STOPS = re.compile(
    rf"(?P<title>{_TITLE})|(?P<day>{_DAY})|(?P<fill>\[fill in: [^\]]*\])"
    r"|(?<=\n)(?P<key>type|topic):(?= ?\n)|(?<=\n)(?P<empty>[a-z_]+):(?= ?\n(?!# For each))"
)


def render_snippets() -> str:
    """The text of the file."""
    made: dict[str, dict[str, object]] = {}
    for kind in Kind:
        made[f"New {kind}"] = _snippet(str(kind), f"The header and sections of a new {kind}.", page(kind))
    for topic in prompts()["topics"]:
        if topic in TOPICS:
            text = page(Kind.ANNOUNCEMENT, topic)
            made[f"New announcement: {topic}"] = _snippet(f"announcement-{topic}", f"What to settle: {topic}.", text)
    for card in CardKind:
        made[f"Care card: {card}"] = _snippet(f"card-{card}", f"A care card of the kind {card}.", care_card(card))
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _snippet(prefix: str, description: str, text: str) -> dict[str, object]:
    lines = text.rstrip("\n").split("\n")
    return {"scope": "markdown", "prefix": prefix, "description": description, "body": lines}


def page(kind: Kind, topic: str = "") -> str:
    """What `new` writes for a kind, with a stop at each thing that is to be filled in."""
    return "".join(_stopped(draft(Start(kind, _TITLE, _DAY, topic=topic), None)))


def care_card(card: CardKind) -> str:
    """A care card with stops at its title and its first line."""
    needed = {each.kind for kind in Kind for each in needed_cards(kind)}
    title = card_title(card.value, "en") if card in needed else CARD_EXAMPLES[card]
    what = prompts()["signs"].get(card.value, prompts()["signs"]["other"])
    return f"> [!{card.value}] ${{1:{_literal(title)}}}\n> - ${{2:{_literal(f'[fill in: {what}]')}}}\n"


def _stopped(text: str) -> Iterator[str]:
    at, number = 0, 1
    for found in _STOPS.finditer(text):
        yield _literal(text[at : found.start()])
        at = found.end()
        if found["day"]:
            yield _TODAY
        elif found["title"]:
            yield f"${{1:{_TITLE}}}"
        elif found["fill"]:
            number += 1
            yield f"${{{number}:{_literal(found['fill'])}}}"
        else:
            number += 1
            key = found["key"] or found["empty"]
            choices = {"type": TYPES, "topic": TOPICS}.get(key)
            yield f"{key}: ${{{number}|{','.join(choices)}|}}" if choices else f"{key}: ${number}"
            at += text.startswith(" ", at)
    yield _literal(text[at:])


def _literal(text: str) -> str:
    """Text that means itself in a snippet."""
    return re.sub(r"([\\$}])", r"\\\1", text)
