"""Nothing is lost: whatever is handed in, good pages are built, and every file is built or listed with the reason."""

import errno
import json
import os
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clinic.commands.checking import check
from clinic.commands.running import run
from clinic.library.attachments import DOWNLOADS
from clinic.manifest import Manifest
from clinic.signing.record import record_path
from clinic.source.places import ENDINGS
from tests.forms import good
from tests.harness import SITE
from tests.laws.clockwork import page as upcoming
from tests.laws.slips_in_headers import ENCODING, HEADER, Slip, page
from tests.laws.slips_in_values import DATES, NAMES, TEXT
from tests.laws.world import World, small_world

LIBRARY_WORDS = re.compile(
    r"NoneType|Traceback|yaml|pydantic|extra_forbidden|Errno|msgspec|\bnull\b|\bschema|\bparse|\bmapping|\btoken|\bstring\b",
    re.IGNORECASE,
)
ADVICE = {"LNK013", "STR012", "DUP010", "IMG009"}
"""That nothing links to the new page or shows the picture, or that another has nearly its title: true of most cases,
and not their point."""

GOOD = {
    *("index.html", "404.html", "accessibility/index.html", "conditions/low-back-pain/index.html"),
    *("procedures/nerve-block/index.html", "clinicians/dr-example/index.html", "announcements/office-hours/index.html"),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world that each case fills anew; its cache and output stay."""
    return small_world(tmp_path_factory.mktemp("handed-in"))


@pytest.fixture
def fresh(world: World) -> World:
    """The world with the small good site and nothing else."""
    shutil.rmtree(world.content)
    shutil.copytree(SITE, world.content)
    return world


def told(world: World, capsys: pytest.CaptureFixture[str], *, fix: bool = False) -> tuple[int, dict[str, object]]:
    """What `check --format json` says, and its exit code."""
    capsys.readouterr()
    code = run(lambda: check(world.settings, fix=fix, form="json"))
    said, errors = capsys.readouterr()
    assert not errors
    return code, json.loads(said)


def problems_of(answer: dict[str, object]) -> list[dict[str, object]]:
    """The problems of an answer, but for what is said of most cases."""
    listed = answer["problems"]
    assert isinstance(listed, list)
    return [problem for problem in listed if problem["code"] not in ADVICE]


def short(problems: list[dict[str, object]]) -> list[str]:
    """Problems as the tables write them."""
    return sorted(
        f"{str(each['severity'])[0].upper()} {each['code']} {each['line']}:{each['column']}" for each in problems
    )


def assert_accounted_for(world: World, answer: dict[str, object], manifest: Manifest) -> None:
    """Every file of the content folder is built, or listed with the reason why not; the count says so."""
    listed = {str(problem["path"]) for problem in answer["problems"]}  # type: ignore[attr-defined]
    sources = {file.source for file in manifest.files.values()} | {"clinic.yaml"}
    sources |= {record_path(Path(source).stem) for source in sources}
    pictures = {key.split(".")[0] for key in manifest.files if key.startswith("images/")}
    there = [path for path in world.content.rglob("*") if path.is_symlink() or not path.is_dir()]
    for path in there:
        name = path.relative_to(world.content).as_posix()
        above = {"/".join(name.split("/")[:depth]) for depth in range(1, name.count("/") + 1)}
        assert name in sources or name.split(".")[0] in pictures or ({name} | above) & listed, f"{name} is lost"
    assert answer["files"] == len(there)


def assert_held(world: World, capsys: pytest.CaptureFixture[str], expected: list[str], path: str | None) -> None:
    """Checks one case: codes and places, words, exit code, counts, and that the good pages are built."""
    code, answer = told(world, capsys)
    problems = problems_of(answer)
    here = [problem for problem in problems if path is None or str(problem["path"]) in {path, *_above(path)}]
    assert short(here) == sorted(expected)
    for problem in problems:
        said = f"{problem['message']} {problem['hint']}".replace("clinic.yaml", "")
        assert not LIBRARY_WORDS.search(said), said
        assert problem["hint"], "no problem without a way to mend it"
    assert code == int(any(problem["severity"] == "error" for problem in problems))
    manifest = world.build().written.manifest
    assert set(manifest.files) >= GOOD, "good pages are built whatever is beside them"
    assert_accounted_for(world, answer, manifest)


def _above(path: str) -> Iterator[str]:
    steps = path.split("/")
    return ("/".join(steps[:depth]) for depth in range(1, len(steps)))


ALL: list[Slip] = [*ENCODING, *HEADER, *DATES, *NAMES, *TEXT]


@pytest.mark.parametrize(("path", "text", "problems"), [case[1:] for case in ALL], ids=[case[0] for case in ALL])
def test_each_is_told_at_its_place_and_nothing_is_lost(
    path: str, text: str | bytes, problems: str, fresh: World, capsys: pytest.CaptureFixture[str]
) -> None:
    file = fresh.content / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    expected = [] if problems == "OK" else problems.split("; ")
    assert_held(fresh, capsys, [each.removesuffix(" F") for each in expected], path)
    sure = [each.removesuffix(" F") for each in expected if each.endswith(" F")]
    if sure:
        _, answer = told(fresh, capsys, fix=True)
        codes = {str(problem["code"]) for problem in problems_of(answer) if problem["path"] == path}
        assert not codes & {each.split()[1] for each in sure}, "check --fix mends it"


def a_pipe(file: Path) -> None:
    os.mkfifo(file)


def a_socket(file: Path) -> None:
    here = Path.cwd()
    os.chdir(file.parent)  # the whole path is longer than a socket's name may be
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(file.name)
    finally:
        os.chdir(here)


STRANGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a pipe": (a_pipe, "E SEC004 1:1"),
    "a socket": (a_socket, "E SEC004 1:1"),
    "a device": (lambda file: file.symlink_to("/dev/zero"), "E SEC001 1:1"),
    "a link out": (lambda file: file.symlink_to("/etc/hostname"), "E SEC001 1:1"),
    "a link inside": (lambda file: file.symlink_to("home.md"), "E SEC003 1:1"),
    "a link to nothing": (lambda file: file.symlink_to("gone.md"), "E SEC003 1:1"),
    "a link to itself": (lambda file: file.symlink_to("it.md"), "E SEC002 1:1"),
    "a folder called .md": (lambda file: file.mkdir(), "E SITE011 1:1"),
}


@pytest.mark.parametrize(("make", "problem"), STRANGE.values(), ids=STRANGE)
def test_what_is_no_plain_file_is_never_opened(
    make: Callable[[Path], object], problem: str, fresh: World, capsys: pytest.CaptureFixture[str]
) -> None:
    make(fresh.content / "pages" / "it.md")
    assert_held(fresh, capsys, [problem], "pages/it.md")


@pytest.mark.parametrize("path", ["pages/it.md", "images/walk.png", "files/language-card.pdf"])
@pytest.mark.parametrize("error", [errno.EACCES, errno.EIO, errno.ESTALE, errno.EBUSY, errno.ENAMETOOLONG])
def test_a_file_that_the_computer_does_not_hand_over_is_listed(
    path: str, error: int, fresh: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh.write("pages/it.md", page())
    opened = os.open

    def refuse(name: str, flags: int, *rest: int, **named: int) -> int:
        if str(name).endswith(path):
            raise OSError(error, os.strerror(error), name)
        return opened(name, flags, *rest, **named)

    monkeypatch.setattr(os, "open", refuse)
    assert_held(fresh, capsys, ["E SITE009 1:1"], path)


@pytest.mark.parametrize("folder", ["pages", "announcements"])
def test_a_folder_that_the_computer_does_not_open_is_listed(
    folder: str, fresh: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = os.scandir

    def refuse(path: object) -> object:
        if str(path).endswith(f"/{folder}"):
            raise PermissionError(errno.EACCES, "no", path)
        return listed(path)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", refuse)
    code, answer = told(fresh, capsys)
    assert code == 1
    assert "E SITE009 1:1" in short([each for each in problems_of(answer) if each["path"] == folder])


@pytest.mark.parametrize("error", [errno.EACCES, errno.EIO])
def test_clinic_yaml_that_can_not_be_read_stops_the_build_in_words(
    error: int, fresh: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refuse(name: str, flags: int, *rest: int, **named: int) -> int:
        if str(name).endswith("clinic.yaml"):
            raise OSError(error, os.strerror(error), name)
        return opened(name, flags, *rest, **named)

    monkeypatch.setattr(os, "open", refuse)
    code, answer = told(fresh, capsys)
    assert (code, short(problems_of(answer))) == (1, ["E SITE009 1:1"])


def test_every_mistake_at_once_is_told_at_once(fresh: World, capsys: pytest.CaptureFixture[str]) -> None:
    """No station stops at the first problem."""
    texts = [
        case for case in ALL if case[1] == "pages/it.md" and case[3] != "OK" and not re.search("1:1|DUP003", case[3])
    ]
    for number, (_, _, text, _) in enumerate(texts):
        (fresh.content / f"pages/it-{number}.md").write_bytes(text if isinstance(text, bytes) else text.encode())
    code, answer = told(fresh, capsys)
    assert code == 1
    for number, (what, _, _, problems) in enumerate(texts):
        here = short([each for each in problems_of(answer) if each["path"] == f"pages/it-{number}.md"])
        assert {each.removesuffix(" F") for each in problems.split("; ")} <= set(here), what
    assert_accounted_for(fresh, answer, fresh.build().written.manifest)


def test_problems_are_in_order_and_have_whole_spans(fresh: World, capsys: pytest.CaptureFixture[str]) -> None:
    for number, (_, _, text, _) in enumerate(TEXT[:12]):
        (fresh.content / f"pages/it-{number}.md").write_bytes(text if isinstance(text, bytes) else text.encode())
    _, answer = told(fresh, capsys)
    assert answer["version"] == 1
    listed = problems_of(answer)
    order = [(str(each["path"]), each["line"], each["column"], each["code"]) for each in listed]
    assert order == sorted(order)
    for each in listed:
        assert (each["line"], each["column"]) <= (each["end_line"], each["end_column"])
        assert set(each) == {
            *("code", "severity", "path", "line", "column", "end_line", "end_column", "message", "hint"),
        }


def test_every_file_that_the_folders_take_can_be_published(fresh: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert set(DOWNLOADS) == ENDINGS["files"], "what content/files may hold has a media type"
    for ending, data in good().items():
        (fresh.content / f"files/a{ending}").write_bytes(data)
    assert_held(fresh, capsys, [], "files/a.pdf")


def test_a_picture_cut_off_half_way_holds_only_the_pages_that_show_it(
    fresh: World, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = fresh.content / "images/walk.png"
    data = picture.read_bytes()
    for half in (data[: len(data) // 2], data[:20], b""):
        picture.write_bytes(half)
        code, answer = told(fresh, capsys)
        assert code == 1
        assert short(problems_of(answer)) == ["E IMG003 43:35"]
        assert set(fresh.build().written.manifest.files) >= GOOD


def test_backups_of_editors_are_ignored_and_are_no_files(fresh: World, capsys: pytest.CaptureFixture[str]) -> None:
    before = told(fresh, capsys)
    for name in ("home.md~", ".home.md.swp", ".#home.md", "#home.md#", "~$home.md", ".DS_Store"):
        (fresh.content / "pages" / name).write_bytes(b"\xff")
    assert told(fresh, capsys) == before
    assert len(fresh.gathered().content.tree.ignored) == 6


def test_a_page_that_goes_out_later_is_counted_and_no_patient_gets_it(fresh: World) -> None:
    fresh.write("pages/later.md", upcoming("2030-01-01"))
    assert "later/index.html" in fresh.build().written.manifest.files
