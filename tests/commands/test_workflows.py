"""The workflows: every command in them exists, what people type never becomes a command, and rights are the least."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from invoke.collection import Collection

import tasks
from clinic.commands.settings import load

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github"
WORKFLOWS = sorted((FOLDER / "workflows").glob("*.yml"))
ACTIONS = sorted((FOLDER / "actions").glob("*/action.yml"))
COLLECTION = Collection.from_module(tasks)
OFFICIAL = {"actions", "aws-actions", "google-github-actions"}

RIGHTS: dict[str, dict[str, dict[str, str]]] = {
    "check": {
        "content": {"contents": "read"},
        "plan": {"contents": "read", "id-token": "write", "pull-requests": "write"},
    },
    "publish": {"publish": {"contents": "read", "id-token": "write"}},
    "due": {"due": {"contents": "read", "id-token": "write"}},
    "preview": {"preview": {"contents": "read", "id-token": "write"}},
    "closing": {"notice": {"contents": "write", "id-token": "write"}},
}
"""What each job may do, and why not less: reading the repository, asking for an identity, commenting, committing."""


def read(path: Path) -> dict[str, Any]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return {("on" if key is True else key): value for key, value in found.items()}


def steps(path: Path) -> Iterator[dict[str, Any]]:
    found = read(path)
    if "runs" in found:
        yield from found["runs"]["steps"]
    for job in found.get("jobs", {}).values():
        yield from job["steps"]


def scripts(path: Path) -> list[str]:
    return [step["run"] for step in steps(path) if "run" in step]


EVERY = pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=lambda path: path.relative_to(FOLDER).as_posix())


def test_all_of_them_are_looked_at() -> None:
    assert {path.stem for path in WORKFLOWS} == set(RIGHTS)


@EVERY
def test_every_command_and_option_exists(path: Path) -> None:
    for script in scripts(path):
        plain = script.replace("\\\n", " ")
        for found in re.finditer(r"run\.py +([\w-]+)([^|>&;\n]*)", plain):
            assert found[1] in COLLECTION.task_names, found[1]
            known = {flag for argument in COLLECTION[found[1]].get_arguments() for flag in argument.names}
            given = set(re.findall(r"(?<=\s)--([\w-]+)", found[2]))
            assert given <= known, (found[1], given - known)


@EVERY
def test_nothing_that_people_or_settings_say_becomes_a_part_of_a_command(path: Path) -> None:
    for script in scripts(path):
        assert "${{" not in script
        assert "eval" not in script
        bare = re.sub(r'"[^"\n]*"' + r"|'[^'\n]*'", "", script)
        for name in re.findall(r"\$\{?(\w+)", bare):
            assert name in {"code", "_"}, f"${name} without quotes"


@EVERY
def test_actions_are_official_and_pinned_by_their_major_version(path: Path) -> None:
    for step in steps(path):
        uses = step.get("uses", "")
        if not uses or uses.startswith("./"):
            assert not uses or (ROOT / uses / "action.yml").is_file()
            continue
        owner, _, rest = uses.partition("/")
        assert owner in OFFICIAL, uses
        assert re.fullmatch(r"[\w-]+@v\d+", rest), uses


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_rights_are_the_least(path: Path) -> None:
    found = read(path)
    assert found["permissions"] == {}
    assert {name: job["permissions"] for name, job in found["jobs"].items()} == RIGHTS[path.stem]
    for job in found["jobs"].values():
        assert job["timeout-minutes"] <= 60
        assert "pull_request_target" not in found["on"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_only_who_commits_keeps_the_right_to(path: Path) -> None:
    for name, job in read(path)["jobs"].items():
        out = next(step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@"))
        kept = out.get("with", {}).get("persist-credentials", True)
        assert kept is (RIGHTS[path.stem][name]["contents"] == "write")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_secrets_are_named_where_they_are_needed_and_nowhere_else(path: Path) -> None:
    named = set(re.findall(r"secrets\.(\w+)", path.read_text(encoding="utf-8")))
    assert named == ({"PREVIEW_SECRET"} if path.stem == "preview" else set())


def test_publishing_goes_one_at_a_time_and_waits_and_a_notice_is_never_dropped() -> None:
    for name in ("publish", "due"):
        made = read(FOLDER / "workflows" / f"{name}.yml")
        assert made["concurrency"] == {"group": "publish", "cancel-in-progress": False}
        assert any("publish --target" in script and "--wait=" in script for script in scripts_of(name))
    closing = read(FOLDER / "workflows" / "closing.yml")
    assert "concurrency" not in closing
    assert any("--wait=" in script for script in scripts_of("closing"))


def test_what_was_made_before_is_brought_along_and_nothing_else() -> None:
    every = [step for path in (*WORKFLOWS, *ACTIONS) for step in steps(path)]
    kept = [step["with"]["path"] for step in every if step.get("uses", "").startswith("actions/cache@")]
    assert kept == [load("publishconf.py").cache.relative_to(ROOT).as_posix()]


def scripts_of(name: str) -> list[str]:
    return scripts(FOLDER / "workflows" / f"{name}.yml")


def test_strangers_copies_get_no_identity() -> None:
    plan = read(FOLDER / "workflows" / "check.yml")["jobs"]["plan"]
    assert "head.repo.full_name == github.repository" in plan["if"]


def test_the_form_asks_what_close_takes() -> None:
    asked = read(FOLDER / "workflows" / "closing.yml")["on"]["workflow_dispatch"]["inputs"]
    options = {flag for argument in COLLECTION["close"].get_arguments() for flag in argument.names}
    assert set(asked) <= options
    assert {name for name, about in asked.items() if about.get("required")} == {"title", "what-to-do"}
    assert len(asked) <= 10  # as many as GitHub shows


@pytest.mark.skipif(os.name == "nt", reason="the workflows run on Linux")
@pytest.mark.parametrize(
    "title",
    [
        '"; touch pwned; "',
        "$(touch pwned)",
        "`touch pwned`",
        "' || touch pwned #",
        "--until=never",
        "a=b --level=notice",
    ],
)
def test_the_script_of_the_form_hands_on_what_was_typed_as_one_word(title: str, tmp_path: Path) -> None:
    script = next(script for script in scripts_of("closing") if "run.py close" in script)
    stand_in = tmp_path / "run.py"
    stand_in.write_text("import json, sys\nprint(json.dumps(sys.argv[1:]))\n")
    fields = {"TITLE": title, "WHAT": title, "LOCATIONS": title, "UNTIL": title, "CLOSED": title, "LEVEL": "banner"}
    where = {"RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(tmp_path / "out"), "PATH": _path(tmp_path)}
    done = subprocess.run(
        ["bash", "-e", "-c", script], cwd=tmp_path, env={**where, **fields}, capture_output=True, text=True, check=True
    )
    assert yaml.safe_load(done.stdout) == [
        "close",
        *(f"--{name}={title}" for name in ("title", "what-to-do", "locations", "until", "closed")),
        "--level=banner",
    ]
    assert not (tmp_path / "pwned").exists()


@pytest.mark.skipif(os.name == "nt", reason="the workflows run on Linux")
@pytest.mark.parametrize(("code", "passes"), [(0, True), (1, True), (2, False), (3, False)])
def test_the_comment_says_what_changes_first_and_what_plan_said_below(code: int, passes: bool, tmp_path: Path) -> None:  # noqa: FBT001 - one case
    script = next(script for script in scripts_of("check") if "run.py plan" in script)
    stand_in = tmp_path / "run.py"
    stand_in.write_text(
        "import sys\nfile = next(a[8:] for a in sys.argv if a.startswith('--pages='))\n"
        f"print('asset: ~~~~~~~~~~ x')\nif {code} < 2: open(file, 'w').write('**What changes**\\n')\nsys.exit({code})\n"
    )
    where = {"RUNNER_TEMP": str(tmp_path), "TARGET": "s3://x y/", "PATH": _path(tmp_path)}
    done = subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, env=where, check=False)
    assert (done.returncode == 0) is passes
    comment = (tmp_path / "comment.md").read_text()
    assert comment.startswith("**What changes**\n" if passes else "\n<details>")
    assert f"(plan ended with {code})" in comment
    assert comment.count("~~~~~~~~~~") == 2


def _path(folder: Path) -> str:
    """A PATH on which python3 is this Python."""
    bin_ = folder / "bin"
    bin_.mkdir()
    (bin_ / "python3").symlink_to(sys.executable)
    return f"{bin_}:{os.environ['PATH']}"


@pytest.mark.parametrize("title", ['Closed "now"', "--help", "a=b", "-x", "$(id)", "{{ x }}"])
def test_invoke_hands_on_what_was_typed_as_it_is(title: str, tmp_path: Path) -> None:
    content = tmp_path / "content"
    done = subprocess.run(
        [sys.executable, "tasks.py", "close", f"--title={title}", "--what-to-do=", f"--content={content}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "content folder" in done.stderr or str(content) in done.stderr


def test_the_policies_of_the_guide_can_be_read_and_ask_for_no_more_than_is_used() -> None:
    guide = (ROOT / "docs/publishing.md").read_text(encoding="utf-8")
    policies = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", guide, re.DOTALL)]
    assert len(policies) == 3
    allowed: set[str] = set()
    for statement in (each for policy in policies for each in policy["Statement"]):
        actions = statement["Action"]
        if statement["Effect"] == "Allow":
            allowed |= {actions} if isinstance(actions, str) else set(actions)
    assert allowed == {
        "s3:ListBucket",
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObject",
        "sts:AssumeRoleWithWebIdentity",
    }
