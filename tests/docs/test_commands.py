"""Every command and option that a document, a message or a hint names exists; so does all that documents link to."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from invoke.collection import Collection

import tasks
from clinic.problems.catalogue import all_rules

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
COLLECTION = Collection.from_module(tasks)
KNOWN = {
    name: {flag for argument in COLLECTION[name].get_arguments() for flag in argument.names}
    for name in COLLECTION.task_names
}
"""Each task with its options, without dashes at their beginning."""

CALLED = re.compile(
    r"(?:\brun\.py|\binvoke) +(?!TASK\b|itself\b)(-{0,2}[A-Za-z][\w-]*)((?: +(?!in\b)--?[\w-]+(?:[ =][^\s`-]\S*)?)*)"
)
QUOTED = re.compile(r"`([a-z][\w-]*)((?: +--[\w-]+(?:[ =][^\s`-]\S*)?)+)`")
IN_WORDS = re.compile(r"\b[Tt]he (?!next\b|same\b|last\b|first\b|other\b|whole\b)([a-z][\w-]*) command\b")
OF_INVOKE = {"--list", "--help"}


def named(text: str) -> Iterator[tuple[str, str]]:
    """The tasks that a text names, with their options: "run.py X", "invoke X", `X --option`, the X command."""
    for found in (*CALLED.finditer(text), *QUOTED.finditer(text)):
        if found.re is CALLED or found[1] in KNOWN:
            yield found[1], found[2]
    for found in IN_WORDS.finditer(text):
        yield found[1], ""


def unknown(text: str) -> list[str]:
    """The commands and options in a text that are not there."""
    wrong = []
    for task, options in named(text):
        if task in OF_INVOKE:
            continue
        if task not in KNOWN:
            wrong.append(task)
            continue
        given = {option.strip("-") for option in re.findall(r"(?<= )--[\w-]+", f" {options}")}
        wrong += [f"{task} --{option}" for option in sorted(given - KNOWN[task])]
    return wrong


def test_the_look_for_commands_finds_what_it_must() -> None:
    assert unknown("`python3 run.py publish --resume`, `invoke check --fix`, `check --format json`") == []
    assert unknown("python3 run.py pubish") == ["pubish"]
    assert unknown("Type invoke build --now 2026-12-01, then invoke build --fast") == ["build --fast"]
    assert unknown("`publish --quickly` and the polish command") == ["publish --quickly", "polish"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documents_name_only_commands_that_exist(path: Path) -> None:
    assert unknown(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("code", sorted(all_rules()))
def test_messages_and_hints_name_only_commands_that_exist(code: str) -> None:
    rule = all_rules()[code]
    assert unknown(f"{rule.message} {rule.hint} {rule.why}") == []


def test_code_names_only_commands_that_exist() -> None:
    wrong = {}
    for path in sorted([ROOT / "run.py", ROOT / "tasks.py", *(ROOT / "clinic").rglob("*.py")]):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        calls = [
            f"invoke {node.args[0].value!s}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "command"
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ]
        if found := [each for text in (*said, *calls) for each in unknown(text)]:
            wrong[path.relative_to(ROOT).as_posix()] = found
    assert wrong == {}


def _without_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^( *)(```+).*?^\1\2`*$", "", text, flags=re.MULTILINE | re.DOTALL))


def _anchors(path: Path) -> set[str]:
    """The places in a document, as code hosts name them."""
    text = re.sub(r"^(```+).*?^\1`*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_and_pictures_of_documents_are_there(path: Path) -> None:
    wrong = []
    for target in re.findall(r"(?<!\\)\]\(([^)\s]+)\)", _without_code(path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        other = (path.parent / file).resolve() if file else path
        if not other.exists() or (anchor and anchor not in _anchors(other)):
            wrong.append(target)
    assert wrong == []


def test_pictures_are_small_and_each_is_shown() -> None:
    shown = {name for path in DOCUMENTS for name in re.findall(r"pictures/([\w.-]+)", path.read_text(encoding="utf-8"))}
    there = {path.name: path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()}
    assert set(there) == shown
    assert max(there.values()) < 250_000
    assert sum(there.values()) < 900_000


def test_every_library_that_is_asked_for_has_its_line() -> None:
    page = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8")
    asked = {
        re.split(r"[=<>\[]", line)[0]
        for name in ("requirements.in", "requirements-dev.in")
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "-"))
    }
    explained = re.findall(r"^\| `([\w.-]+)` \| [^|\s][^|]* \| [^|\s][^|]* \|$", page, re.MULTILINE)
    assert set(explained) == asked
    assert len(explained) == len(asked)


def test_decisions_are_few_and_numbered_without_a_gap() -> None:
    numbers = sorted(path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert len(numbers) <= 10


def test_the_licence_is_the_one_that_the_readme_names() -> None:
    text = " ".join((ROOT / "LICENSE").read_text(encoding="utf-8").split())
    assert text.startswith("GNU AFFERO GENERAL PUBLIC LICENSE Version 3, 19 November 2007")
    assert "AGPL-3.0-or-later" in (ROOT / "README.md").read_text(encoding="utf-8")
