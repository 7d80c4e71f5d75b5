"""The content of the benchmarks: as many texts as asked for, around the pages and people of the sample clinic.

    .venv/bin/python -m bench.corpus FOLDER [PAGES]

60 % procedures, 25 % conditions, 15 % announcements, 600 to 1,500 words each, with headings, lists, cards, links
between pages, a table or a picture now and then. The same bytes for the same number of pages, everywhere. No text in it
means anything, so nothing in it is medical.
"""

import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.browser.corpus_words import NOUNS, paragraph, wide_table

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261122
PARTS = ("lower-back", "leg", "neck")
TOPICS = ("closure", "hours", "move", "staff", "service", "billing", "safety", "general")
SOURCES = """sources:
  - id: one
    title: A named source of nothing in particular
    publisher: Example publisher
    url: https://example.com/one
    accessed: 2026-11-02
"""


_LISTS, _EACH = 5, 8
"""How many lists the nouns are dealt into, and how many each has: enough names for 50,000 pages."""


def _name(number: int) -> str:
    """A name for a number: a noun of each list, so that no noun stands twice in it, and no two names are alike."""
    return " ".join(NOUNS[at * _EACH + number // _EACH**at % _EACH] for at in range(_LISTS))


def write_corpus(folder: Path, pages: int = 1000) -> None:
    """Writes the content of a site into a new folder: `pages` generated texts, and what the sample clinic has."""
    shutil.copytree(
        ROOT / "content", folder, ignore=shutil.ignore_patterns("announcements", "conditions", "procedures")
    )
    for name in ("conditions", "procedures", "announcements"):
        shutil.copytree(ROOT / "content" / name, folder / name)
    for path, text in texts(pages):
        (folder / path).write_text(text, encoding="utf-8")


def texts(pages: int) -> Iterator[tuple[str, str]]:
    """The path and the text of each generated file."""
    procedures, conditions = pages * 60 // 100, pages * 25 // 100
    for number in range(procedures):
        yield f"procedures/procedure-{number:05}.md", _procedure(number, procedures, conditions)
    for number in range(conditions):
        yield f"conditions/condition-{number:05}.md", _condition(number, procedures, conditions)
    for number in range(pages - procedures - conditions):
        yield f"announcements/news-{number:05}.md", _announcement(number)


class _Writer:
    """Makes sections of a text until it has the words that it shall have."""

    def __init__(self, kind: str, number: int, links: tuple[str, ...]) -> None:
        self._dice = random.Random(f"{SEED} {kind} {number}")
        self._links = links
        self._number = number
        self._each = self._dice.randint(500, 1250)

    def sentence(self) -> str:
        """One sentence."""
        return paragraph(self._dice, 1)

    def items(self, mark: str, count: int) -> str:
        """A list."""
        return "\n".join(f"{mark} {self.sentence()}" for _ in range(count))

    def section(self, heading: str, sections: int, *more: str) -> str:
        """A section with its share of the words, one link, and what else it shall hold."""
        parts = [f"## {heading}"]
        words = 0
        while words < self._each // sections:
            parts.append(paragraph(self._dice, self._dice.randint(2, 4)))
            words += len(parts[-1].split())
        parts[-1] += f" See [the {_name(self._number)}]({self._dice.choice(self._links)})."
        return "\n\n".join([*parts, *more])

    def extra(self) -> str:
        """Now and then a table, or a picture."""
        if self._number % 5 == 0:
            return wide_table(3, 4)
        return "![Hills behind the town.](../images/hills.jpg)" if self._number % 7 == 0 else self.items("-", 3)


def _header(**fields: str) -> str:
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in fields.items())


def _procedure(number: int, procedures: int, conditions: int) -> str:
    links = tuple(f"procedure-{(number + at) % procedures:05}.md" for at in (1, 7, 30))
    write = _Writer("procedure", number, links)
    header = _header(
        title=f"{_name(number).capitalize()} procedure",
        summary=write.sentence(),
        also_called=f"[Way {_name(number)}]",
        body_parts=f"[{PARTS[number % len(PARTS)]}]",
        author="web-team",
        type=("injection", "surgery", "imaging", "therapy")[number % 4],
        duration="20 minutes",
        driver_needed="yes",
        treats=f"[condition-{number % conditions:05}, condition-{(number + 3) % conditions:05}]",
        performed_by="[example-clinician-a]",
        at="[main]",
    )
    part = write.section
    return f"""{header}{SOURCES}---

> [!emergency] Call 911 now if
> - you have chest pain or trouble breathing

{part("What it is", 10)}[^one]

{part("Why it is done", 10)}

{part("Who should not have it", 10)}

{part("How to prepare", 10, write.items("-", 4))}

{part("What happens", 10, write.items("1.", 4))}

{part("When to call", 10)}

> [!call-us] Call us within one working day if
> - {write.sentence()}

{part("After the procedure", 10)}

{part("Risks", 10, write.extra())}

{part("How likely it is to help", 10)}

{part("Other choices", 10)}
"""


def _condition(number: int, procedures: int, conditions: int) -> str:
    links = tuple(f"condition-{(number + at) % conditions:05}.md" for at in (1, 7, 30))
    write = _Writer("condition", number, (*links, f"../procedures/procedure-{number % procedures:05}.md"))
    header = _header(
        title=f"{_name(number).capitalize()} condition",
        summary=write.sentence(),
        also_called=f"[Trouble {_name(number)}]",
        body_parts=f"[{PARTS[number % len(PARTS)]}]",
        author="web-team",
        symptoms="[pain down one leg, numb leg]",
        related=f"[condition-{(number + 2) % conditions:05}]",
    )
    part = write.section
    return f"""{header}{SOURCES}---

{part("What it is", 7)}[^one]

{part("Symptoms", 7, write.items("-", 4))}

{part("Causes", 7)}

{part("How it is diagnosed", 7)}

{part("Treatment", 7, write.extra())}

{part("When to get help", 7)}

> [!urgent] Call us today if
> - you have a fever with the pain

{part("What you can do", 7)}
"""


def _announcement(number: int) -> str:
    links = ("../pages/billing.md", "../pages/records.md")
    write = _Writer("announcement", number, links)
    year, month, day = 2012 + number % 15, 1 + number % 10, 1 + number % 28
    header = _header(
        title=f"News about the {_name(number)}",
        summary=write.sentence(),
        date=f"{year}-{month:02}-{day:02}",
        expires=f"{year}-{month + 1:02}-{day:02}",
        topic=TOPICS[number % len(TOPICS)],
    )
    return f"""{header}---

{write.section("What changes", 3)}

{write.section("What to do", 3, write.extra())}

{write.section("Whom to call", 3)}
"""


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
