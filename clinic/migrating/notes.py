"""What `migrate` could not decide: for each file and line what it found, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from clinic.privacy import find, masked_path

HEAD = """# What to look at after migrate

Everything below is sorted by file of the earlier site. What is not named here was brought in as it was.
"""


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """One finding in a file of the earlier site; `line` is 0 where it is about the whole file."""

    path: str
    line: int
    says: str
    do: str = ""


def safe(text: str) -> str:
    """A text with every detail of a patient masked, on one line."""
    text = " ".join(text.split())
    for one in reversed(find(text)):
        text = text[: one.start] + one.shown + text[one.end :]
    return text


def report(brought: Iterable[tuple[str, str]], notes: Iterable[Note]) -> str:
    """The report as Markdown: what to look at, file by file, and where every file went."""
    rows = [HEAD]
    path = ""
    for note in sorted(set(notes)):
        if note.path != path:
            path = note.path
            rows.append(f"\n## {masked_path(path)}\n")
        place = f"line {note.line}: " if note.line else ""
        rows.append(f"- {place}{safe(note.says)}" + (f" {safe(note.do)}" if note.do else ""))
    rows.append("\n# Where every file went\n")
    rows += [f"- {masked_path(old)} is {masked_path(new)} now" for old, new in sorted(brought)]
    return "\n".join(rows) + "\n"
