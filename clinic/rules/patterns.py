"""Patterns of words in their order, with other words in between: "lose/loses … bladder/bowels"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from clinic.rules.tokens import Words, words_in

GAP = 5
"""How many words may stand where a pattern says "…"."""

_ENDS = re.compile(r"[.!?](?:\s|$)")


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern in a text: the name of its group, and where it stands, as offsets and as numbers of words."""

    group: str
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Slot:
    words: frozenset[str]
    gap: bool


class Patterns:
    """The patterns of several groups, found in one walk over the words of a text."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        """Takes patterns as lists have them: "/" between words of which one stands there, "…" for a gap.

        A choice of several words has "_" between them.
        """
        self._by_first: dict[str, list[tuple[tuple[_Slot, ...], str]]] = {}
        for group, written in groups.items():
            for pattern in written:
                for slots in _slots(pattern):
                    for word in slots[0].words:
                        self._by_first.setdefault(word, []).append((slots, group))

    def may_stand(self, words: frozenset[str]) -> bool:
        """Whether a text with these words (`bag`) can hold a pattern: one word of each of its steps is there."""
        # Mostly none of the first words is there, and to see that is quicker than to gather them.
        return not words.isdisjoint(self._by_first) and any(
            all(not slot.words.isdisjoint(words) for slot in slots)
            for word in words & self._by_first.keys()
            for slots, _ in self._by_first[word]
        )

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._by_first)

    def among(self, words: frozenset[str]) -> "Patterns":
        """Those of them that can stand in a text with these words."""
        some: dict[str, list[tuple[tuple[_Slot, ...], str]]] = {}
        for word in words & self._by_first.keys():
            for each in self._by_first[word]:
                if all(not slot.words.isdisjoint(words) for slot in each[0]):
                    some.setdefault(word, []).append(each)
        return _Some(some)

    def within(self, text: str, said: Words) -> Iterator[Match]:
        """Every group that stands in a text whose words are `said`, at its first place in each stretch of words."""
        if said.vocabulary.isdisjoint(self._by_first):
            return
        ended: dict[str, int] = {}
        for number, word in enumerate(said.said):
            for slots, group in self._by_first.get(word, ()):
                if number <= ended.get(group, -1):
                    continue
                last = _matched(text, said, number, slots)
                if last is not None:
                    ended[group] = last
                    yield Match(group, said[number].start, said[last].end, number, last)


class _Some(Patterns):
    """Some of the patterns of another."""

    def __init__(self, by_first: dict[str, list[tuple[tuple[_Slot, ...], str]]]) -> None:
        self._by_first = by_first


def _slots(pattern: str) -> Iterator[tuple[_Slot, ...]]:
    """The ways to read a pattern: one for each choice of several words, and one for all choices of a single word."""
    ways: list[tuple[_Slot, ...]] = [()]
    gap = False
    for piece in pattern.split():
        if piece in {"…", "..."}:
            gap = True
            continue
        choices = [tuple(words_in(choice.replace("_", " "))) for choice in piece.split("/")]
        single = frozenset(choice[0] for choice in choices if len(choice) == 1)
        several = [
            tuple(_Slot(frozenset({word}), gap and not step) for step, word in enumerate(choice))
            for choice in choices
            if len(choice) > 1
        ]
        options = [*([(_Slot(single, gap),)] if single else []), *several]
        ways = [(*way, *option) for way in ways for option in options]
        gap = False
    return iter(way for way in ways if way)


def _matched(text: str, said: Words, number: int, slots: tuple[_Slot, ...]) -> int | None:
    """The number of the last word of a pattern that begins with word `number`, or None."""
    at = number
    for slot in slots[1:]:
        most = at + 1 + (GAP if slot.gap else 0)
        found = next((step for step in range(at + 1, min(most + 1, len(said))) if said.said[step] in slot.words), None)
        if found is None or _ENDS.search(text, said[at].end, said[found].start):
            return None
        at = found
    return at
