"""`check`: every problem in the content, without building."""

import sys
from collections.abc import Iterable
from pathlib import Path

from clinic.cache import Cache
from clinic.commands.answers import Answer, ask
from clinic.commands.ends import Exit, Misuse
from clinic.commands.saying import as_called, command, count, say, show_problems, tally
from clinic.commands.settings import ROOT, Settings
from clinic.library.audience import Audience
from clinic.problems import Problem, Severity
from clinic.problems.forms import as_github, as_json
from clinic.source.places import DEBT

FORMATS = ("text", "json", "github")


def check(settings: Settings, *, fix: bool = False, form: str = "text", strict: bool = False) -> Exit:
    """Shows every problem of the content.

    Args:
        settings: what to look at.
        fix: first mend in the files what is sure.
        form: text, json or github.
        strict: warnings count as errors.

    Raises:
        Misuse: there is no such form, or no content folder.
    """
    if form not in FORMATS:
        raise Misuse(f'There is no format "{form}": choose one of {", ".join(FORMATS)}.')
    with Cache(settings.cache) as cache:
        answer = ask(settings, cache, Audience.EDITORS)
        mended = 0
        # One correction can bring another to light, and those that overlap take a round each.
        while fix and (corrected := _mend(settings.content, answer.problems)):
            mended += corrected
            answer = ask(settings, cache, Audience.EDITORS)
    _show(settings, answer, form, mended)
    counted = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return Exit.PROBLEMS if any(problem.severity in counted for problem in answer.problems) else Exit.DONE


def _mend(content: Path, problems: Iterable[Problem]) -> int:
    """Writes every sure correction into its file; says how many there were in the files that changed."""
    from clinic.owed import mark, remarked  # noqa: PLC0415 - what reads headers is loaded where one is read
    from clinic.source.fix import apply  # noqa: PLC0415 - as above
    from clinic.source.header import read_source  # noqa: PLC0415 - as above

    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.replacement is not None:
            by_file.setdefault(problem.path, []).append(problem)
    mended = 0
    marks: dict[str, tuple[str, str]] = {}
    for path, listed in sorted(by_file.items()):
        before = (content / path).read_bytes()
        after = apply(before, listed)
        if after != before:
            _replace(content / path, after)
            mended += len(listed)
            marks[path] = mark(read_source(path, before).body), mark(read_source(path, after).body)
    owed = content / DEBT
    if marks and owed.is_file():
        before = owed.read_bytes()
        after = remarked(before, marks)
        if after != before:
            _replace(owed, after)
    return mended


def _replace(file: Path, data: bytes) -> None:
    staged = file.with_name(f".{file.name}.mended~")
    staged.write_bytes(data)
    staged.replace(file)


def _show(settings: Settings, answer: Answer, form: str, mended: int) -> None:
    if form == "json":
        now = settings.instant(answer.zone).astimezone(answer.zone)
        sys.stdout.write(as_json(as_called(answer.problems), now=now, files=answer.files, pages=answer.pages))
        return
    if form == "github":
        try:
            root = settings.content.relative_to(ROOT).as_posix()
        except ValueError:
            root = settings.content.as_posix()
        sys.stdout.write(as_github(as_called(answer.problems), root))
        return
    show_problems(answer.problems, answer.texts)
    told = f"{count(mended, 'problem')} mended. " if mended else ""
    sure = sum(problem.replacement is not None for problem in answer.problems)
    if sure:
        can = "One can" if sure == 1 else f"{sure} can"
        hint = f" {can} be mended for you: {command('check --fix')}"
    else:
        hint = ""
    say(f"{told}{count(answer.pages, 'page')} checked: {tally(answer.problems)}.{hint}")
