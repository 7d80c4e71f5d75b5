"""The content folder: everything is found, listed or refused with a reason, and nothing can hold a build up."""

import errno
import os
import random
import socket
from pathlib import Path
from typing import Any

import pytest

from clinic.problems import Problem
from clinic.source.opening import read_bytes
from clinic.source.tree import ContentFolderError, Tree, walk

PAGE = "---\ntitle: Neck pain\n---\n"


def site(root: Path, *more: str) -> Path:
    for path in ("clinic.yaml", "conditions/low-back-pain.md", *more):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGE, encoding="utf-8")
    return root


def said(tree: Tree) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in tree.problems]


def counted(root: Path, tree: Tree) -> None:
    """Every file is in exactly one list."""
    held = sum(len(names) for _, _, names in os.walk(root))
    assert held == len(tree.files) + len(tree.ignored) + len(tree.refused)


def test_every_file_has_its_place(tmp_path: Path) -> None:
    good = [
        *("announcements/a.md", "announcements/2026/b.md", "clinicians/dr-x.md", "pages/home.md", "procedures/p-1.md"),
        *("images/Spine.JPG", "images/2026/a_b.png", "files/form.pdf", "lists/plain-words.toml", "reviews/a.yaml"),
    ]
    tree = walk(site(tmp_path, *good))
    assert said(tree) == []
    assert [file.path for file in tree.files] == sorted(["clinic.yaml", "conditions/low-back-pain.md", *good])
    assert tree.clinic is not None
    assert [file.path for file in tree.within("images")] == ["images/2026/a_b.png", "images/Spine.JPG"]
    assert {file.folder for file in tree.pages} == {"announcements", "clinicians", "conditions", "pages", "procedures"}


BESIDE_GOOD_ONES = [
    *("Pages/a.md", "pages/A b.md", "pages/a.txt", "pages/john-doe-mrn-00412345.md", "mrn-00412345-chart/a.md"),
    *("images/old/x.heic", "pages/a.md~", "conditions/con.md", "drafts/a.md", "files/2026/form.pdf"),
]


def test_names_that_were_in_order_are_not_asked_again_and_others_are_told_the_same(tmp_path: Path) -> None:
    root = site(tmp_path, "pages/home.md", "files/2026/map.pdf")
    first = walk(root)
    site(tmp_path, *BESIDE_GOOD_ONES)
    (root / "pages" / "home.md").unlink()
    (root / "pages" / "home.md").symlink_to(root / "clinic.yaml")
    again = walk(root)
    assert len(again.problems) > 6
    assert walk(root, well_named=first.at) == again
    assert walk(root, well_named=again.at) == again


def test_a_folder_is_walked_without_its_names_being_asked_where_they_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site(tmp_path, "pages/home.md", "files/2026/map.pdf")
    known = walk(root)
    monkeypatch.setattr("clinic.source.private.private_name", lambda *_: pytest.fail("asked"))
    assert walk(root, well_named=known.at) == known


IGNORED = [
    *("conditions/a.md~", "conditions/.a.md.swp", "conditions/.#a.md", "conditions/#a.md#", "conditions/~$a.md"),
    *(".DS_Store", "images/Thumbs.db", "desktop.ini", "conditions/._a.md", "files/.~lock.a.docx#", "pages/.gitkeep"),
]


def test_backups_and_system_files_are_ignored_and_listed(tmp_path: Path) -> None:
    tree = walk(site(tmp_path, *IGNORED))
    assert said(tree) == []
    assert tree.ignored == tuple(sorted(IGNORED))


@pytest.mark.parametrize(
    ("path", "code", "hint"),
    [
        ("conditions/neck-pain.MD", "SITE002", "Rename it to neck-pain.md"),
        ("conditions/neck-pain.Md", "SITE002", "Rename it to neck-pain.md"),
        ("conditions/neck-pain.markdown", "SITE002", "Rename it to neck-pain.md"),
        ("conditions/neck-pain.txt", "SITE002", "rename it to neck-pain.md"),
        ("conditions/neck-pain.md.txt", "SITE002", "Rename it to neck-pain.md"),
        ("conditions/neck-pain", "SITE002", "rename it to neck-pain.md"),
        ("conditions/Neck Pain.docx", "SITE002", "neck-pain.md"),
        ("conditions/neck-pain.html", "SITE002", "neck-pain.md"),
        ("conditions/neck-pain.rst", "SITE002", "neck-pain.md"),
        ("conditions/neck-pain.exe", "SITE002", "Pages end in .md"),
        ("conditions/neck.jpg", "SITE003", "images"),
        ("conditions/sheet.pdf", "SITE003", "files"),
        ("conditions/facts.yaml", "SITE003", "clinic.yaml"),
        ("neck-pain.md", "SITE003", "conditions"),
        ("README.md", "SITE003", "outside"),
        ("photo.png", "SITE003", "images"),
        ("notes.txt", "SITE003", "out of the content folder"),
        ("images/neck.heic", "SITE002", ".jpg"),
        ("images/neck.md", "SITE003", "conditions"),
        ("images/form.pdf", "SITE003", "files"),
        ("files/a.exe", "SITE002", "PDF"),
        ("files/a.jpg", "SITE003", "images"),
        ("reviews/note.md", "SITE003", "sign-offs"),
        ("lists/words.xlsx", "SITE003", "files"),
        ("conditions/Neck-Pain.md", "SITE006", "neck-pain.md"),
        ("conditions/neck pain.md", "SITE006", "neck-pain.md"),
        ("conditions/patient's-guide.md", "SITE006", "patients-guide.md"),
        ("conditions/patient\u2019s-guide.md", "SITE006", "patients-guide.md"),
        ("conditions/café.md", "SITE006", "cafe.md"),
        ("conditions/cafe\u0301.md", "SITE006", "cafe.md"),
        ("conditions/neck_pain.md", "SITE006", "neck-pain.md"),
        ("conditions/neck.pain.md", "SITE006", "neck-pain.md"),
        ("conditions/-neck.md", "SITE006", "neck.md"),
        ("conditions/neck\u200bpain.md", "SITE006", "neckpain.md"),
        ("conditions/neck\npain.md", "SITE006", "neckpain.md"),
        ("conditions/腰痛.md", "SITE006", "page.md"),
        ("conditions/neck.md ", "SITE006", "neck.md"),
        ("conditions/neck.md.", "SITE006", "neck.md"),
        ("conditions/.neck.md", "SITE006", "neck.md"),
        ("conditions/neck:1.md", "SITE006", "neck-1.md"),
        ("conditions/neck\\1.md", "SITE006", "neck-1.md"),
        ("conditions/con.md", "SITE007", "con-page.md"),
        ("conditions/aux.md", "SITE007", "aux-page.md"),
        ("conditions/com1.md", "SITE007", "com1-page.md"),
        ("images/NUL.jpg", "SITE007", "NUL-file.jpg"),
        ("images/spine photo.jpg", "SITE006", "spine-photo.jpg"),
        (f"conditions/{'very-' * 20}long.md", "SITE008", "very-very"),
        (f"conditions/{'a' * 90}/{'b' * 90}/{'c' * 60}.md", "SITE008", "fewer folders"),
    ],
)
def test_a_file_in_the_wrong_place_or_with_a_bad_name_is_an_error_that_says_what_to_do(
    tmp_path: Path, path: str, code: str, hint: str
) -> None:
    tree = walk(site(tmp_path, path))
    assert [problem.code for problem in tree.problems] == [code]
    problem = tree.problems[0]
    assert hint in problem.hint
    assert problem.path.isprintable()
    assert [file.path for file in tree.pages] == ["conditions/low-back-pain.md"]
    assert tree.refused == (problem.path,)


def test_a_name_that_is_no_utf8_is_an_error(tmp_path: Path) -> None:
    site(tmp_path)
    try:
        Path(os.fsdecode(bytes(tmp_path) + b"/conditions/caf\xe9.md")).write_text(PAGE, encoding="utf-8")
    except OSError:
        pytest.skip("this disk only takes names in UTF-8")
    tree = walk(tmp_path)
    assert [problem.code for problem in tree.problems] == ["SITE006"]
    tree.problems[0].path.encode()
    tree.problems[0].message.encode()


@pytest.mark.parametrize(
    ("path", "code", "where", "hint"),
    [
        ("condition/a.md", "SITE004", "condition", "Rename it to conditions"),
        ("Conditions/a.md", "SITE004", "Conditions", "Rename it to conditions"),
        ("anouncements/a.md", "SITE004", "anouncements", "Rename it to announcements"),
        ("doctors/a.md", "SITE004", "doctors", "Rename it to clinicians"),
        ("img/a.jpg", "SITE004", "img", "Rename it to images"),
        ("xyzzy/a.md", "SITE004", "xyzzy", "Move it out"),
        ("es/conditions/a.md", "SITE005", "es", "lang: es"),
        ("zh-Hans/a.md", "SITE005", "zh-Hans", "lang: zh-Hans"),
        ("hmn/a.md", "SITE005", "hmn", "lang: hmn"),
        ("conditions/neck.md/text.md", "SITE011", "conditions/neck.md", "Rename the folder"),
        ("images/spine.jpg/spine.jpg", "SITE011", "images/spine.jpg", "Rename the folder"),
        ("files/form.pdf/form.pdf", "SITE011", "files/form.pdf", "Rename the folder"),
        ("conditions/con/a.md", "SITE007", "conditions/con", "con-file"),
        ("conditions/low back/a.md", "SITE006", "conditions/low back", "low-back"),
    ],
)
def test_a_folder_that_is_not_known_is_one_error_and_its_files_are_counted(
    tmp_path: Path, path: str, code: str, where: str, hint: str
) -> None:
    second = path.rpartition("/")[0] + "/b.md"
    tree = walk(site(tmp_path, path, second))
    assert said(tree) == [(where, code)]
    assert hint in tree.problems[0].hint
    assert tree.refused == tuple(sorted([path, second]))
    counted(tmp_path, tree)


def test_a_folder_with_nothing_in_it_is_no_problem(tmp_path: Path) -> None:
    (site(tmp_path) / "whatever" / "inner").mkdir(parents=True)
    assert said(walk(tmp_path)) == []


def test_no_file_about_the_clinic_is_an_error(tmp_path: Path) -> None:
    (site(tmp_path) / "clinic.yaml").unlink()
    assert said(walk(tmp_path)) == [("clinic.yaml", "SITE001")]


@pytest.mark.parametrize("name", ["clinic.yml", "Clinic.yaml", "clinic.yaml.txt", "clinic.YAML"])
def test_a_misspelt_file_about_the_clinic_is_one_error(tmp_path: Path, name: str) -> None:
    (site(tmp_path) / "clinic.yaml").rename(tmp_path / name)
    tree = walk(tmp_path)
    assert said(tree) == [(name, "SITE003")]
    assert "Rename it to clinic.yaml" in tree.problems[0].hint


def test_two_files_that_only_capitals_tell_apart_are_an_error(tmp_path: Path) -> None:
    tree = walk(site(tmp_path, "images/Spine.jpg", "images/spine.jpg"))
    if len(list((tmp_path / "images").iterdir())) == 1:
        pytest.skip("this disk does not tell them apart")
    assert said(tree) == [("images/spine.jpg", "SITE012")]
    assert "images/Spine.jpg" in tree.problems[0].message


def test_a_name_in_capitals_whose_better_one_is_taken_is_told_as_the_same(tmp_path: Path) -> None:
    tree = walk(site(tmp_path, "conditions/Neck.md", "conditions/neck.md", "conditions/Hip.md"))
    assert said(tree) == [("conditions/Hip.md", "SITE006"), ("conditions/Neck.md", "SITE012")]


@pytest.mark.parametrize(
    ("link", "target", "code"),
    [
        ("conditions/out.md", "/etc/hostname", "SEC001"),
        ("conditions/gone.md", "../../elsewhere.md", "SEC001"),
        ("pages/loop", "..", "SEC002"),
        ("pages/self", "self", "SEC002"),
        ("pages/up", "../..", "SEC001"),
        ("conditions/in.md", "low-back-pain.md", "SEC003"),
        ("pages/conditions", "../conditions", "SEC003"),
    ],
)
def test_links_are_errors_and_are_not_followed(tmp_path: Path, link: str, target: str, code: str) -> None:
    root = site(tmp_path / "content", "pages/home.md")
    (root / link).symlink_to(target)
    tree = walk(root)
    assert said(tree) == [(link, code)]
    assert len(tree.files) == 3


def test_a_content_folder_that_is_itself_a_link_is_fine(tmp_path: Path) -> None:
    site(tmp_path / "real")
    (tmp_path / "content").symlink_to("real")
    assert said(walk(tmp_path / "content")) == []


def test_pipes_sockets_and_devices_are_errors_that_nobody_opens(tmp_path: Path) -> None:
    root = site(tmp_path)
    os.mkfifo(root / "conditions" / "pipe.md")
    here = Path.cwd()
    os.chdir(root / "conditions")  # the address of a socket must be short
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("socket.md")
            tree = walk(root)
            read = read_bytes(root, "conditions/socket.md")
    finally:
        os.chdir(here)
    assert said(tree) == [("conditions/pipe.md", "SEC004"), ("conditions/socket.md", "SEC004")]
    for problem in (read_bytes(root, "conditions/pipe.md"), read):
        assert isinstance(problem, Problem)
        assert problem.code == "SEC004"
    device = read_bytes(Path("/dev"), "null")
    assert isinstance(device, Problem)
    assert device.code == "SEC004"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PermissionError(errno.EACCES, "no"), "SITE009"),
        (OSError(errno.EIO, "no"), "SITE009"),
        (OSError(errno.EMFILE, "no"), "SITE009"),
        (FileNotFoundError(errno.ENOENT, "no"), "SITE010"),
        (NotADirectoryError(errno.ENOTDIR, "no"), "SITE010"),
        (IsADirectoryError(errno.EISDIR, "no"), "SITE011"),
        (OSError(errno.ELOOP, "no"), "SITE009"),
    ],
)
def test_a_file_that_can_not_be_opened_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, code: str
) -> None:
    def fails(*_: Any, **__: Any) -> int:
        raise error

    monkeypatch.setattr(os, "open", fails)
    problem = read_bytes(site(tmp_path), "conditions/low-back-pain.md")
    assert isinstance(problem, Problem)
    assert (problem.path, problem.code) == ("conditions/low-back-pain.md", code)


@pytest.mark.parametrize(
    ("error", "code"), [(PermissionError(errno.EACCES, "no"), "SITE009"), (FileNotFoundError(), "SITE010")]
)
def test_a_folder_that_can_not_be_listed_is_a_problem_and_the_rest_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, code: str
) -> None:
    root = site(tmp_path, "pages/home.md")
    listed = os.scandir

    def fails(path: Any) -> Any:
        if Path(path).name == "pages":
            raise error
        return listed(path)

    monkeypatch.setattr(os, "scandir", fails)
    tree = walk(root)
    assert said(tree) == [("pages", code)]
    assert [file.path for file in tree.files] == ["clinic.yaml", "conditions/low-back-pain.md"]


class Shuffled:
    """A listing in another order, in which one file may vanish before it is looked at."""

    def __init__(self, found: Any, order: random.Random, gone: str = "") -> None:
        with found:
            self.entries = [Gone(entry) if entry.name == gone else entry for entry in found]
        order.shuffle(self.entries)

    def __enter__(self) -> Any:
        return iter(self.entries)

    def __exit__(self, *_: object) -> None: ...


class Gone:
    def __init__(self, entry: Any) -> None:
        self.name, self.path = entry.name, entry.path

    def stat(self, *, follow_symlinks: bool) -> os.stat_result:
        raise FileNotFoundError(follow_symlinks)


def test_the_order_of_a_directory_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = site(tmp_path, "pages/a.md", "pages/b.md", "pages/B.txt", "zz/a.md", "zz/b.md", "images/a.jpg", *IGNORED)
    expected = walk(root)
    listed = os.scandir
    for seed in range(10):
        order = random.Random(seed)
        monkeypatch.setattr(os, "scandir", lambda path, order=order: Shuffled(listed(path), order))
        assert walk(root) == expected


def test_a_file_that_vanishes_while_it_is_listed_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = site(tmp_path, "pages/a.md")
    listed, order = os.scandir, random.Random(0)
    monkeypatch.setattr(os, "scandir", lambda path: Shuffled(listed(path), order, "a.md"))
    assert said(walk(root)) == [("pages/a.md", "SITE010")]


def test_a_file_that_vanishes_before_it_is_read_is_a_problem(tmp_path: Path) -> None:
    problem = read_bytes(site(tmp_path), "pages/gone.md")
    assert isinstance(problem, Problem)
    assert problem.code == "SITE010"


def test_a_file_that_became_a_folder_or_a_link_is_a_problem(tmp_path: Path) -> None:
    root = site(tmp_path)
    (root / "conditions" / "folder.md").mkdir()
    (root / "conditions" / "link.md").symlink_to("low-back-pain.md")
    codes = [read_bytes(root, f"conditions/{name}.md") for name in ("folder", "link")]
    assert [problem.code for problem in codes if isinstance(problem, Problem)] == ["SITE011", "SITE009"]


@pytest.mark.parametrize("path", ["../secret.md", "conditions/../../secret.md", "/etc/passwd", "..\\secret.md", "a\0b"])
def test_a_path_that_leaves_the_folder_is_not_read(tmp_path: Path, path: str) -> None:
    problem = read_bytes(site(tmp_path), path)
    assert isinstance(problem, Problem)
    assert problem.code == "SEC007"


def test_five_megabytes_pasted_in_are_an_error_and_not_read(tmp_path: Path) -> None:
    root = site(tmp_path)
    (root / "conditions" / "low-back-pain.md").write_bytes(b"x" * 5_000_000)
    problem = read_bytes(root, "conditions/low-back-pain.md")
    assert isinstance(problem, Problem)
    assert problem.code == "FM015"
    assert "5 MB" in problem.message
    assert "1 MB" in problem.message
    assert read_bytes(root, "clinic.yaml") == PAGE.encode()
    assert read_bytes(root, "clinic.yaml", limit=len(PAGE)) == PAGE.encode()
    assert isinstance(read_bytes(root, "clinic.yaml", limit=len(PAGE) - 1), Problem)


def test_no_content_folder_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "empty" / "inner").mkdir(parents=True)
    (tmp_path / "empty" / ".DS_Store").write_text("x", encoding="utf-8")
    for name, words in [("none", "no content folder"), ("file", "not a folder"), ("empty", "empty")]:
        with pytest.raises(ContentFolderError, match=words) as raised:
            walk(tmp_path / name)
        assert str(raised.value).count("\n") == 0


@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "no"), OSError(errno.EIO, "no")])
def test_a_content_folder_that_can_not_be_opened_is_one_clear_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def fails(_: Any) -> Any:
        raise error

    monkeypatch.setattr(os, "scandir", fails)
    with pytest.raises(ContentFolderError, match="can't be opened"):
        walk(tmp_path)
