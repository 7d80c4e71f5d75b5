"""No planted patient data in any output form, log, cache or overlay (editors.md)."""

import logging
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clinic.commands.building import build
from clinic.commands.checking import check
from clinic.commands.manner import Manner
from clinic.commands.publishing import Asked, plan
from clinic.commands.running import run
from clinic.library.audience import Audience
from clinic.problems.catalogue.privacy import PRIVATE_NAME
from tests.laws.publishing import Publisher, publisher
from tests.laws.world import World

PAIN = "conditions/low-back-pain.md"
BLOCK = "procedures/nerve-block.md"
SECRETS = ("00482913", "7741902", "900123456", "03141961", "Xiomara", "Quispe")
"""What is planted, without signs between the digits, and the name beside it: none may be found anywhere else."""

RECORD = "Xiomara Quispe, MRN 00482913"
NUMBER = "900-12-3456"
BIRTH = "Xiomara Quispe, DOB 03/14/1961"


def changed(path: str, old: str, new: str) -> Callable[[World], None]:
    return lambda world: world.change(path, old, new)


def written(path: str, text: str | bytes) -> Callable[[World], None]:
    def write(world: World) -> None:
        file = world.settings.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    return write


def page(body: str, title: str = "Plans of ours") -> str:
    return f"---\ntitle: {title}\nsummary: Plans that we take.\n---\n\n{body}\n"


PLANTS = {
    "body": changed(PAIN, "Your back may hurt", f"{RECORD}. Your back may hurt"),
    "body, in a table": changed(
        PAIN, "Your back may hurt or feel stiff.", f"| Who | SSN |\n|---|---|\n| X | {NUMBER} |"
    ),
    "title": changed(PAIN, "title: Low back pain", f"title: Low back pain of {BIRTH}"),
    "summary that is too long": changed(PAIN, "summary: What", f"summary: {BIRTH}. {'What ' * 80}What"),
    "unknown key": changed(PAIN, "title: Low back pain\n", "title: Low back pain\nmrn: 00482913\n"),
    "value of a list": changed(PAIN, "also_called: [lumbago]", f"also_called: [lumbago, {NUMBER}]"),
    "relation": changed(PAIN, "related: [nerve-block]", "related: [mrn-00482913]"),
    "comment of the header": changed(PAIN, "author: front-desk\n", f"author: front-desk\n# {RECORD}\n"),
    "comment of the body": changed(PAIN, "## Causes\n", f"## Causes\n\n<!-- {RECORD} -->\n"),
    "description of a picture": changed(PAIN, "A person walks", f"{BIRTH}. A person walks"),
    "name of a picture": changed(PAIN, "../images/walk.png", "../images/mrn-00482913.png"),
    "address of a link": changed(PAIN, "nerve-block.md)", "nerve-block.md?patient_id=7741902)"),
    "card": changed(PAIN, "your legs turn weak or numb", f"you are {BIRTH}"),
    "heading": changed(PAIN, "## Causes", f"## {RECORD}"),
    "footnote": changed(PAIN, "[^medlineplus]", f"[^own]\n\n[^own]: {RECORD}\n"),
    "raw HTML": changed(PAIN, "## Causes\n", f"## Causes\n\n<script>{RECORD}</script>\n"),
    "code": changed(PAIN, "## Causes\n", f"## Causes\n\n```\n{RECORD}\n```\n"),
    "disguised": changed(PAIN, "## Causes\n", "## Causes\n\nMRN&nbsp;**00482913**, 900\u201112\u20113456\n"),
    "broken header": changed(PAIN, "title: Low back pain", f'title: "Low back pain: {RECORD}'),
    "no header": written(PAIN, f"{RECORD}\n"),
    "unknown card and fact": changed(PAIN, "## Causes\n", f"## Causes\n\n> [!{NUMBER}] X\n> {{{{ {NUMBER} }}}}\n"),
    "bytes that are no text": written(PAIN, page(f"Caf\u00e9 {RECORD}").encode("cp1252")),
    "UTF-16": written(PAIN, page(RECORD).encode("utf-16")),
    "half a letter at the end": written(PAIN, page(RECORD).encode() + b"\xc3"),
    "draft": written("pages/plans-2.md", page(RECORD).replace("---\n\n", "status: draft\n---\n\n")),
    "new page": written("pages/plans-2.md", page(BIRTH)),
    "announcement": changed("announcements/closed-in-december.md", "title: ", f"title: {RECORD} "),
    "clinic.yaml": changed("clinic.yaml", "access: There", f"access: {RECORD}. There"),
    "comment of clinic.yaml": changed("clinic.yaml", "phones:\n", f"# {BIRTH}\nphones:\n"),
    "broken clinic.yaml": changed("clinic.yaml", "name: Example Clinic\n", f'name: "{NUMBER}\n'),
    "name of a page": written("pages/mrn-00482913.md", page("Text.")),
    "name of a folder": written("pages/mrn-00482913/plans-2.md", page("Text.")),
    "folder at the top": written("mrn-00482913/plans-2.md", page("Text.")),
    "name of a backup": written("pages/~$mrn-00482913.md", "x"),
    "name of a download": written("files/xiomara-quispe-dob-03-14-1961-mrn-00482913.pdf", b"%PDF-1.4"),
    "name in capitals": written("pages/MRN 00482913.MD", page("Text.")),
    "download": written("files/list.csv", f"name,mrn\nX,MRN 00482913,{NUMBER}\n"),
    "drawing": written("images/spine.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><title>{RECORD}</title></svg>'),
    "word list": written("lists/plain-words.toml", f'[words]\n"{RECORD}" = "x"\n'),
    "sign-off": written("reviews/low-back-pain.yaml", f"note: {RECORD}\n"),
}


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Publisher:
    """The small good site, released once."""
    site = publisher(tmp_path / "site", capsys)
    released = site.publish()
    assert released.code == 0, released.errors
    return site


def told(site: Publisher, caplog: pytest.LogCaptureFixture) -> Iterator[tuple[str, str]]:
    """What every command says of the content, in every form."""
    patients = site.world.settings
    editors = replace(patients, audience=Audience.EDITORS, output=patients.output.with_name("for-editors"))
    ways: dict[str, Callable[[], object]] = {
        "check": lambda: run(lambda: check(editors)),
        "check --format json": lambda: run(lambda: check(editors, form="json")),
        "check --format github": lambda: run(lambda: check(editors, form="github")),
        "check --fix": lambda: run(lambda: check(editors, fix=True)),
        "build": lambda: run(lambda: build(editors, Manner(verbose=True)).exit),
        "plan": lambda: run(lambda: plan(patients, Asked())),
        "publish": site.publish,
    }
    caplog.set_level(logging.DEBUG)
    for name, way in ways.items():
        site.capsys.readouterr()
        outcome = way()
        said, errors = site.capsys.readouterr()
        yield name, f"{said}{errors}{outcome if name == 'publish' else ''}"
    yield "log", caplog.text


def kept(site: Publisher) -> Iterator[tuple[str, bytes]]:
    """Every file that was written, but for the content itself; what a cache holds is read by its own library too."""
    content = site.world.settings.content
    for file in sorted(content.parent.rglob("*")):
        if file.is_file() and content not in file.parents:
            name = file.relative_to(content.parent).as_posix()
            yield name, name.encode() + b"\n" + file.read_bytes()
            if file.suffix == ".sqlite":
                with sqlite3.connect(file) as values:
                    yield f"{name}, read", b"\n".join(row[0] for row in values.execute("select value from 'values'"))


def holds(text: bytes) -> list[str]:
    bare = re.sub(rb"[^0-9A-Za-z]+", b"", text)
    return [secret for secret in SECRETS if secret.encode() in bare]


@pytest.mark.parametrize("planted", PLANTS)
def test_nothing_that_is_planted_comes_out_anywhere(
    planted: str, site: Publisher, caplog: pytest.LogCaptureFixture
) -> None:
    before = site.publish().live
    assert not any(holds(body) for body in before.values()), "a piece of what is planted must be telling"
    PLANTS[planted](site.world)
    for name, text in told(site, caplog):
        assert not holds(text.encode()), (name, text)
        if name.startswith("check") and planted != "name of a backup":
            assert "PRV00" in text, name
    for name, body in kept(site):
        assert not holds(body), name


def test_the_page_that_was_released_before_stays(site: Publisher) -> None:
    before = site.publish().live
    PLANTS["body"](site.world)
    site.world.change("pages/home.md", "We treat back pain.", "We treat backs.")
    released = site.publish()
    assert released.code == 1
    assert released.live["conditions/low-back-pain/index.html"] == before["conditions/low-back-pain/index.html"]
    assert b"We treat backs." in released.live["index.html"]
    assert b"Low back pain" in released.live["conditions/index.html"]


def test_a_page_can_be_withdrawn_before_it_is_cleaned(site: Publisher) -> None:
    PLANTS["body"](site.world)
    why = "status: withdrawn\nwhy: This page held something that was not for everybody.\n"
    site.world.change(PAIN, "title: Low back pain\n", f"title: Low back pain\n{why}")
    released = site.publish()
    notice = released.live["conditions/low-back-pain/index.html"].decode()
    assert "This page held something" in notice
    assert "stiff" not in notice


def test_the_names_of_files_are_told_masked(site: Publisher) -> None:
    PLANTS["name of a page"](site.world)
    (found,) = [each for each in site.world.problems() if each.code == PRIVATE_NAME.code]
    assert found.path == "pages/•••-••••••••.md"
