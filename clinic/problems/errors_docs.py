"""docs/errors.md, made from the catalogue: what each code means, why it is there, and how the mistake looks.

`python -m clinic.problems.errors_docs` writes it into the folder `docs` below the current one.
"""

import re
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from clinic.problems.catalogue import all_rules
from clinic.problems.problem import Example, Rule, Severity

FAMILIES = {
    "FM": "Headers, and whether a file can be read",
    "STR": "Sections, headings, lists and care cards",
    "LNK": "Links",
    "IMG": "Pictures",
    "FIL": "Files to download",
    "NOT": "Announcements",
    "GOV": "Who signed what, and when",
    "FCT": "Facts about the clinic",
    "MED": "Safety of what is said about illness and medicine",
    "PRV": "Privacy of patients",
    "ASK": "Asking for an appointment",
    "LNG": "Plain language",
    "CLM": "What is promised and claimed",
    "PST": "Text pasted from elsewhere",
    "LST": "Lists of words",
    "SEC": "Safety of the site",
    "DUP": "Two of the same",
    "WAV": "What a page allows itself, with a reason and an end",
    "OWE": "What pages from an earlier site still lack",
    "SITE": "The site as a whole, and files in the wrong place",
}
"""The families of codes in words, in the order of the page."""

OPENING = """# What check can find

Made from `clinic/problems/catalogue/` by `clinic/problems/errors_docs.py`: change the rules there, not this page.

- An **error** holds its page back: `publish` leaves the last good version where it is and sends everything else out.
- A **warning** is published, shown and counted.
- **Advice** asks for nothing.
- What may be **owed** says so below its code: a page that [`migrate`](migrating.md) brought in without it is published
  all the same, and gets a warning, until its text changes. All other errors hold a page back from the first day.

Codes never change their meaning. Words in square brackets, such as [name], stand for what is found in your file. Each
example is a change to the small clinic in `tests/site/`, and a test.
"""

_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "advice"}
_WIDEST = 110


class _Names(dict[str, str]):
    """Stands in for whatever words a message wants."""

    def __missing__(self, name: str) -> str:
        return f"[{name}]"


def render_errors_docs() -> str:
    """The text of docs/errors.md."""
    rules = all_rules().values()
    families = [*FAMILIES, *sorted({rule.family for rule in rules} - set(FAMILIES))]
    parts = [OPENING]
    for family in families:
        own = [rule for rule in rules if rule.family == family]
        if own:
            parts.append(f"## {FAMILIES.get(family, family)}\n")
            parts += ["\n".join(_entry(rule)) for rule in own]
    return "\n".join(parts)


def _entry(rule: Rule) -> Iterator[str]:
    yield f"### {rule.code}\n"
    mended = " · `check --fix` can mend it where that is sure" if rule.fixable else ""
    owed = " · may be owed by a page that `migrate` brought in, until its text changes" if rule.debt else ""
    yield f"{_SEVERITIES[rule.severity].capitalize()} · looks at: {rule.kinds}{mended}{owed}\n"
    yield f"> {_said(rule.message)}\n>\n> {_said(rule.hint)}\n"
    if rule.why:
        yield f"{_escaped(rule.why)}\n"
    if rule.example:
        yield from _example(rule.example)


def _said(text: str) -> str:
    """A message with names in place of what the rule fills in."""
    said = string.Formatter().vformat(text, (), _Names())
    return _escaped(" ".join(said.split()))


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([\\`*_<>\[\]|]|^#|^-|~~)", r"\\\1", text)


def _example(example: Example) -> Iterator[str]:
    if not example.good:
        yield f"A new file `{_visible(example.file)}`:\n"
        yield _fenced(example.bad)
        return
    yield f"In `{example.file}`, wrong:\n"
    yield _fenced(example.bad)
    yield "Right:\n"
    yield _fenced(example.good)


def _fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    lines = "\n".join(_shortened(_visible(line)) for line in text.removesuffix("\n").split("\n"))
    return f"{fence}text\n{lines}\n{fence}\n"


def _shortened(line: str) -> str:
    return line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…"


def _visible(text: str) -> str:
    """A text with a sign for each character that can't be seen."""
    return "".join(
        f"[U+{ord(sign):04X}]"
        if unicodedata.category(sign) in {"Cc", "Cf", "Co", "Zl", "Zp"} or sign == "\u00a0"
        else sign
        for sign in text
    )


def main() -> None:
    """Writes docs/errors.md."""
    Path("docs", "errors.md").write_text(render_errors_docs(), encoding="utf-8")


if __name__ == "__main__":
    main()
