"""MED001 to MED008: danger, doses and medicines, document by document: what one rule saw of a text the next has."""

from collections.abc import Iterator

from clinic.library.library import Library
from clinic.problems import Problem
from clinic.rules import dangers, doses, medicines
from clinic.rules.passages import english, judged


def check(library: Library) -> Iterator[Problem]:
    """The problems of this family. Doses are looked at in every language: they are the same in all."""
    for document in judged(library):
        yield from doses.of(document)
        if english(document, library):
            yield from dangers.of(document, library.lists.red_flags)
            yield from medicines.of(document, library.lists.medicines)
