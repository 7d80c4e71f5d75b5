"""What a draft still lacks is a thing to do, not a mistake: told as advice until the page is meant for patients."""

import dataclasses
from collections.abc import Iterable

from clinic.library.library import Library
from clinic.problems import Problem, Severity
from clinic.problems.catalogue.fields import EMPTY_VALUE, MISSING_FIELD
from clinic.problems.catalogue.structure import (
    CARD_MISSING,
    NO_TEXT,
    SECTION_EMPTY,
    SECTION_MISSING,
    UNFINISHED,
)

TO_DO = frozenset(
    rule.code
    for rule in (EMPTY_VALUE, MISSING_FIELD, CARD_MISSING, NO_TEXT, SECTION_EMPTY, SECTION_MISSING, UNFINISHED)
)
"""Codes that say that something is not there yet. What is there and wrong is wrong in a draft too."""


def softened(found: Iterable[Problem], library: Library) -> set[Problem]:
    """The problems, with what drafts still lack as advice."""
    return {
        dataclasses.replace(problem, severity=Severity.INFO)
        if problem.code in TO_DO and _of_draft(problem, library)
        else problem
        for problem in found
    }


def _of_draft(problem: Problem, library: Library) -> bool:
    document = library.by_path.get(problem.path)
    return (
        document is not None and document.path == problem.path and document.header is not None and document.header.draft
    )
