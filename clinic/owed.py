"""`content/debt.yaml`: what pages that `migrate` brought in still lack.

Only `migrate` adds to it. It names a page, the mark of its text, and what it lacks; as long as the text bears that
mark, the page is published without that. `check --fix` takes out what is there by now, so that the file only shrinks.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from clinic.expressions import expression
from clinic.model.groups import ListOf, RecordOf
from clinic.model.reading import ABSENT, Reading, Where, read_record, record, stated
from clinic.model.values import Text
from clinic.problems import NOWHERE, Problem, Span
from clinic.source.header import read_yaml
from clinic.source.places import DEBT
from clinic.source.text import read_text

HEAD = """# What pages from the earlier site still lack. They are published without it until their text changes.
# Only `migrate` adds to this file; `check --fix` takes out what is there by now. An empty one can be deleted.
pages:
"""

_TARGETS = expression(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*|^ {0,3}\[[^\]\n]+\]:\s*\S+|\bhttps?://\S*", re.MULTILINE)
_PLAIN = expression(r"[A-Z]{2,4}\d{3} [^\W_](?:[\w ,.()/&+'\u2019?-]*[\w.)?])?")
_ROW = expression(r"  - page: \S+|    text: \S+|    lacks:|      - \S.*")


@record
class Debt:
    """What one page lacks."""

    page: str = stated(Text(most=400), "The page's file.", example="page: conditions/sciatica.md")
    text: str = stated(Text(most=64), "The mark of the page's text, as migrate found it.", example="text: 0f3c…")
    lacks: tuple[str, ...] = stated(
        ListOf(Text(most=600)), "What it lacks: a code that check shows, and what is missing.", example="lacks: …"
    )


@record
class _File:
    pages: tuple[Debt, ...] = stated(
        ListOf(RecordOf(Debt, "what a page lacks")), "The pages that lack something.", example="pages: …"
    )


@dataclass(frozen=True)
class Debts:
    """What is in the file: the pages in its order, the place of every value, and what is wrong with it."""

    pages: tuple[Debt, ...] = ()
    places: Mapping[Where, Span] = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    """The lines of the file."""
    problems: tuple[Problem, ...] = ()

    def at(self, number: int, *where: str | int) -> Span:
        """The place of a value of the page at a position."""
        return self.places.get(("pages", number, *where), NOWHERE)

    def lines_of(self, number: int, lack: int | None = None) -> Span | None:
        """The whole lines that a page takes, or one thing that it lacks; None where they are of another form.

        Such lines can be taken out of the file without harm to others.
        """
        first = last = self.at(number, "page", "key").line
        if lack is not None:
            first = last = self.at(number, "lacks", lack).line
        else:
            last = max(self.at(number, "lacks", each).line for each in range(len(self.pages[number].lacks)))
        rows = self.rows[first - 1 : last]
        begins = "      - " if lack is not None else "  - page: "
        if not rows or not rows[0].startswith(begins) or not all(_ROW.fullmatch(row) for row in rows):
            return None
        return Span(first, 1, last + 1, 1)


NOTHING = Debts()
"""No page lacks anything."""


def mark(body: str) -> str:
    """The mark of a page's text: 32 digits and letters that change with its words, not with its layout or addresses.

    So what `check --fix` mends in spaces, lists and links asks for nothing that was not asked for before.
    """
    words = "".join(re.findall(r"[^\W_]+", _TARGETS.sub("", body)))
    return hashlib.blake2b(words.encode(), digest_size=16).hexdigest()


def read_debts(data: bytes) -> tuple[Debts, str]:
    """What a file says, with its problems, and its text for excerpts. Raises nothing."""
    text = read_text(DEBT, data).text
    rows = tuple(text.split("\n"))
    said = [row.rstrip() for row in rows if row.strip() and not row.lstrip().startswith("#")]
    if said in ([], ["pages:"]):
        return Debts(rows=rows), text
    node, text, problems = read_yaml(DEBT, data)
    reading = Reading(DEBT)
    made = ABSENT if node is None else read_record(_File, node, reading, called="the list of what pages lack")
    pages = () if made is ABSENT else made.pages
    whole = not reading.problems  # places count all pages of the file, so a page that can't be read would shift them
    return Debts(pages if whole else (), reading.places, rows, (*problems, *reading.problems)), text


def remarked(data: bytes, marks: Mapping[str, tuple[str, str]]) -> bytes:
    """The file with another mark for these pages, each by its mark so far and the new one. Nothing else changes.

    What `check --fix` mends in a text is nobody's change of it: what the page owes must not fall due by that.
    """
    debts, _ = read_debts(data)
    rows = data.decode("utf-8", "surrogateescape").split("\n")
    for number, debt in enumerate(debts.pages):
        before, after = marks.get(debt.page, ("", ""))
        line = debts.at(number, "text").line
        if after and debt.text == before and before in rows[line - 1]:
            rows[line - 1] = rows[line - 1].replace(before, after)
    return "\n".join(rows).encode("utf-8", "surrogateescape")


def unread_debts(problems: tuple[Problem, ...]) -> Debts:
    """What is known of a file that can't be had: nothing is owed."""
    return Debts(problems=problems)


def written_debts(debts: Iterable[Debt]) -> bytes:
    """The file that says so, sorted by page."""
    rows = [HEAD.rstrip("\n")]
    for each in sorted(debts, key=lambda one: one.page):
        rows += [f"  - page: {each.page}", f"    text: {each.text}", "    lacks:"]
        rows += [f"      - {_quoted(lack)}" for lack in each.lacks]
    return ("\n".join(rows) + "\n").encode()


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"
