"""The tasks of Visual Studio Code: they exist, and every problem that check tells is taken into its list."""

import json
import re
from pathlib import Path
from typing import Any

import tasks
from clinic.model.clinic import PATH
from clinic.problems.forms import as_text
from clinic.signing.record import FOLDER
from tests.harness import Checked, checked, good_site

ROOT = Path(__file__).parents[2]
TASKS = json.loads((ROOT / ".vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]


def matched(matcher: dict[str, Any], text: str) -> list[dict[str, str]]:
    """What a matcher of several lines takes from a text: each of its patterns must fit the next line."""
    lines, patterns, found = text.split("\n"), matcher["pattern"], []
    for start in range(len(lines)):
        rows = lines[start : start + len(patterns)]
        fits = [re.search(pattern["regexp"], row) for pattern, row in zip(patterns, rows, strict=False)]
        if len(fits) == len(patterns) and all(fits):
            found.append(
                {
                    name: fit[group]
                    for pattern, fit in zip(patterns, fits, strict=True)
                    if fit
                    for name, group in pattern.items()
                    if name != "regexp"
                }
            )
    return found


def spoiled(folder: Path) -> Checked:
    """A site with problems of every severity, at words, at a whole line and with whole files."""
    site = good_site(folder)
    (site / "pages" / "a.md").write_text(
        "---\ntitle: A\nsummary: Ab: c\nstatsu: x\n---\n\n[x](y.md) TBD: 腰痛 more.\n\n• one\n• two\n"
    )
    (site / "pages" / "b.md").write_text("no header\n")
    (site / "pages" / "Bad Name.md").write_text("x")
    (site / "procedures" / "c.md").write_text("---\ntitle: C\nsummary: C.\nstatus: draft\n---\n")
    return checked(site)


def test_every_problem_comes_into_the_list_once(tmp_path: Path) -> None:
    found = spoiled(tmp_path)
    text = as_text(found.problems, found.content.texts, colour=False)
    taken = [each for matcher in TASKS[0]["problemMatcher"] for each in matched(matcher, text)]
    told = [
        (each.path, each.span.line, each.span.column, each.severity.value, each.code, each.message)
        for each in found.problems
    ]
    assert len({severity for _, _, _, severity, _, _ in told}) == 3
    assert sorted(
        (each["file"], int(each["line"]), int(each["column"]), each["severity"], each["code"], each["message"])
        for each in taken
    ) == sorted(told)


def test_the_tasks_call_commands_that_exist() -> None:
    for task in TASKS:
        for called in (task["command"], task["windows"]["command"]):
            assert callable(getattr(tasks, called.rpartition(" ")[2]))


def test_the_schemas_that_settings_name_are_there_and_so_are_the_files_that_they_are_for() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    for schema, files in settings["yaml.schemas"].items():
        assert json.loads((ROOT / schema).read_text(encoding="utf-8"))["title"]
        assert files in {f"content/{PATH}", f"content/{FOLDER}/*.yaml"}
    assert len(set(settings["yaml.schemas"].values())) == 2
