"""Words as data: the lists of clinic/lists, and what a clinic adds to them in content/lists."""

from clinic.words.lists import (
    Abbreviations,
    Claims,
    Contacts,
    Groups,
    Headings,
    Lists,
    Medicines,
    Pairs,
    Patients,
    PeopleWords,
    PlainWords,
    Reading,
    RedFlags,
    Words,
)
from clinic.words.merging import FOLDER, builtin_lists, merged

__all__ = [
    "FOLDER",
    "Abbreviations",
    "Claims",
    "Contacts",
    "Groups",
    "Headings",
    "Lists",
    "Medicines",
    "Pairs",
    "Patients",
    "PeopleWords",
    "PlainWords",
    "Reading",
    "RedFlags",
    "Words",
    "builtin_lists",
    "merged",
]
