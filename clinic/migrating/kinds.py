"""What kind of content a file of the earlier site is: only where its folder, category or headings leave no doubt."""

import re
from collections.abc import Iterable

from clinic.model.kinds import TOPICS, Kind
from clinic.prose.sections import meaning_of, required
from clinic.source.places import known_folder

_HEADING = re.compile(
    r"^(?:#{1,6}[ \t]+(?P<words>[^\n]{1,300}?)[ \t#]{0,20}|(?P<under>[^\n]{1,300})\n(?:=+|-+)[ \t]*)$", re.MULTILINE
)
_CLINICAL = {"conditions": Kind.CONDITION, "procedures": Kind.PROCEDURE}
_ENOUGH = 3
"""So many of the sections of a kind, and more than of the other, make a page one of that kind."""

_TOPIC_WORDS = {
    "closures": "closure",
    "closed": "closure",
    "closing": "closure",
    "holiday": "closure",
    "holidays": "closure",
    "office-hours": "hours",
    "moving": "move",
    "location": "move",
    "people": "staff",
    "team": "staff",
    "services": "service",
    "insurance": "billing",
}


def headings(body: str) -> tuple[str, ...]:
    """The headings of a Markdown text."""
    return tuple((found["words"] or found["under"] or "").strip() for found in _HEADING.finditer(body))


def clinical_kind(places: Iterable[str], body: str) -> tuple[Kind | None, str]:
    """Whether a page is about a condition or a procedure, and by what that was seen.

    Args:
        places: the folders that it is in and its category, as slugs.
        body: its text.
    """
    for place in places:
        kind = _CLINICAL.get(known_folder(place) or "") if place else None
        if kind is not None:
            return kind, f'"{place}"'
    told = headings(body)
    counts = {
        kind: len({meaning_of(kind.value, each) for each in told} & set(required(kind.value, "injection")))
        for kind in _CLINICAL.values()
    }
    best = max(counts, key=lambda kind: counts[kind])
    others = [count for kind, count in counts.items() if kind is not best]
    if counts[best] >= _ENOUGH and counts[best] > max(others):
        return best, f"{counts[best]} of its headings"
    return None, ""


def like_a_clinician(places: Iterable[str]) -> bool:
    """Whether a page seems to be about somebody who works at the clinic."""
    return any(known_folder(place) == "clinicians" for place in places if place)


def topic_of(words: Iterable[str]) -> str:
    """The topic of an announcement by its category and tags, as slugs; empty where none of them says it."""
    for word in words:
        if word in TOPICS and word != "general":
            return word
        if word in _TOPIC_WORDS:
            return _TOPIC_WORDS[word]
    return ""
