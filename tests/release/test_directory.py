"""A folder as a target: what it must refuse, what it must leave alone, and what a disk may do to it."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from clinic.release.attributes import Attributes
from clinic.release.directory import DirectoryStore, state_folder
from clinic.release.keys import check_keys, refusal
from clinic.release.stops import BadKey, StoreForbidden, StoreFull, StoreUnreachable, TargetError
from clinic.release.store import Headers, Stored
from clinic.release.target import open_target
from clinic.release.verify import verify
from tests.release.world import FakeClock, Site, Watched, assert_is, broken, publish, seat_of, small

HTML = Headers("text/html; charset=utf-8", "public, max-age=60")


@pytest.fixture
def store(tmp_path: Path) -> DirectoryStore:
    return DirectoryStore(tmp_path / "public")


def test_nothing_is_made_before_the_first_write(tmp_path: Path) -> None:
    target = open_target("", root=tmp_path, forbidden=[tmp_path / "output"])
    assert target.where == "the folder public/"
    assert not target.public
    assert target.store.get("index.html") is None
    assert list(target.store.list("")) == []
    target.store.delete("index.html")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("target", "folder"),
    [
        ("", "public"),
        ("public/", "public"),
        ("./site", "site"),
        ("file:site", "site"),
        ("file:a%20b", "a b"),
        ("file://{root}/site", "site"),
        ("file://localhost{root}/site", "site"),
        ("{root}/deep/site", "deep/site"),
    ],
)
def test_targets_that_are_folders(tmp_path: Path, target: str, folder: str) -> None:
    opened = open_target(target.format(root=tmp_path), root=tmp_path)
    assert isinstance(opened.store, DirectoryStore)
    assert opened.store.root.resolve() == tmp_path / folder
    assert opened.store.state.resolve() == (tmp_path / folder).parent / f".{Path(folder).name}-state"


@pytest.mark.parametrize("target", ["output", "output/site", ".", "..", "content", "content/../content/x", "link", "/"])
def test_a_target_that_overlaps_with_what_it_is_made_from_is_refused(tmp_path: Path, target: str) -> None:
    root = tmp_path / "project"
    for name in ("output", "content"):
        (root / name).mkdir(parents=True)
    (root / "link").symlink_to("content")
    before = sorted(root.rglob("*"))
    with pytest.raises(TargetError) as caught:
        open_target(target, root=root, forbidden=[root / "output", root / "content"])
    assert caught.value.exit_code == 2
    assert sorted(root.rglob("*")) == before


def test_a_target_whose_notes_would_lie_in_the_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TargetError):
        open_target("public", root=tmp_path, forbidden=[tmp_path / ".public-state"])


@pytest.mark.parametrize("target", ["ftp://host/site", "file://otherhost/site", "file:///x?y=1", "public\0", "file://"])
def test_targets_that_nobody_knows_are_refused(tmp_path: Path, target: str) -> None:
    with pytest.raises(TargetError):
        open_target(target, root=tmp_path)


def test_a_target_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "public").write_text("x")
    with pytest.raises(TargetError, match="is a file"):
        open_target("public", root=tmp_path)


BAD = [
    "", "/etc/passwd", "../x", "a/../../x", "a//b", "a/./b", "a/", "C:/x", "a\\b", "a\0b", "a\nb", "a?b", "a|b",
    'a"b', "a<b", "a*b", "a./b", "a /b", "CON", "nul.txt", "a/Com1.html", "x" * 241, "e\u0301",
]  # fmt: skip


@pytest.mark.parametrize("key", BAD)
def test_keys_that_a_folder_cannot_hold_safely_are_refused(store: DirectoryStore, key: str) -> None:
    for verb in (lambda: store.check([key]), lambda: store.put(key, b"", HTML), lambda: store.get(key)):
        with pytest.raises(BadKey):
            verb()
    assert not store.root.exists()
    assert not store.state.exists()


def test_ordinary_keys_are_not_refused() -> None:
    for key in ("index.html", ".well-known/security.txt", "a b/ü.html", "console.html", "a.b.c", "com10/x", "nulls/x"):
        assert refusal(key) == ""


@pytest.mark.parametrize(
    ("keys", "live", "blind"),
    [
        (["A.html", "a.html"], [], False),
        (["straße/x", "STRASSE/x"], [], False),
        (["Form.pdf"], ["form.pdf"], True),
        (["a", "a/b"], [], False),
        (["a/b"], ["a"], False),
    ],
)
def test_keys_that_would_be_one_file_are_refused(keys: list[str], live: list[str], *, blind: bool) -> None:
    with pytest.raises(BadKey):
        check_keys(keys, live, blind_to_case=blind)


def test_capitals_may_change_where_the_folder_can_tell_them_apart() -> None:
    check_keys(["Form.pdf"], ["form.pdf"])


def test_a_build_with_a_bad_key_is_refused_before_anything_is_written(store: DirectoryStore) -> None:
    with pytest.raises(BadKey):
        publish(store, small().add("a/Index.html", "x").add("a/index.html", "y"), FakeClock())
    assert not store.state.exists()


@pytest.mark.parametrize("link", ["conditions", "conditions/c0", "conditions/c0/index.html"])
def test_nothing_is_read_or_written_through_a_link_that_leads_out(
    tmp_path: Path, store: DirectoryStore, link: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.html").write_text("secret")
    place = store.root / link
    place.parent.mkdir(parents=True)
    place.symlink_to(outside / "secret.html" if link.endswith(".html") else outside)
    with pytest.raises(BadKey, match="leads out of the folder public/"):
        publish(store, small(), FakeClock())
    assert {path.name: path.read_text() for path in outside.iterdir()} == {"secret.html": "secret"}
    assert [one.key for one in store.list("")] == []


def test_a_target_that_is_itself_a_link_is_fine(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "public").symlink_to("www")
    store = DirectoryStore(tmp_path / "public")
    publish(store, small(), FakeClock())
    assert_is(store, small())
    assert (tmp_path / "public").is_symlink()


def test_a_web_server_of_another_account_can_read_the_site_but_not_the_notes(store: DirectoryStore) -> None:
    mask = os.umask(0o022)
    try:
        publish(store, small(), FakeClock())
    finally:
        os.umask(mask)
    assert stat.S_IMODE((store.root / "index.html").stat().st_mode) == 0o644
    assert stat.S_IMODE((store.root / "conditions").stat().st_mode) == 0o755
    assert stat.S_IMODE(store.state.stat().st_mode) == 0o700


def test_foreign_files_and_their_folders_are_never_deleted(store: DirectoryStore) -> None:
    clock = FakeClock()
    publish(store, small(pages=3), clock)
    theirs = store.root / "conditions/c2/theirs.txt"
    theirs.write_text("mine")
    publish(store, small(pages=2), clock)
    assert theirs.read_text() == "mine"
    assert not (store.root / "conditions/c2/index.html").exists()
    publish(store, small(pages=1), clock)
    assert not (store.root / "conditions/c1").exists(), "a folder that we emptied goes"
    assert [(one.key, one.what) for one in verify(store, "there")] == [("conditions/c2/theirs.txt", "foreign")]


Spoil = Callable[[DirectoryStore], None]


def _edit(store: DirectoryStore) -> None:
    (store.root / "index.html").write_text("<p>by hand")


def _lose(store: DirectoryStore) -> None:
    (store.root / "feed.xml").unlink()


def _reheader(store: DirectoryStore) -> None:
    store.put("index.html", (store.root / "index.html").read_bytes(), Headers("text/plain"))


def _empty(store: DirectoryStore) -> None:
    (store.root / "theme/site.1.css").write_bytes(b"")


def _lose_headers(store: DirectoryStore) -> None:
    (store.state / "attributes.jsonl").unlink()


@pytest.mark.parametrize(
    ("spoil", "key", "what"),
    [
        (_edit, "index.html", "changed"),
        (_lose, "feed.xml", "missing"),
        (_reheader, "index.html", "headers"),
        (_empty, "theme/site.1.css", "changed"),
        (_lose_headers, "index.html", "headers"),
    ],
)
def test_verify_finds_what_is_not_as_it_was_released_and_force_mends_it(
    store: DirectoryStore, spoil: Spoil, key: str, what: str
) -> None:
    clock = FakeClock()
    publish(store, small(), clock)
    assert verify(store, "there") == ()
    spoil(store)
    assert (key, what) in [(one.key, one.what) for one in verify(DirectoryStore(store.root), "there")]
    publish(DirectoryStore(store.root), small(), clock, lifted={"--force"})
    assert verify(store, "there") == ()
    assert_is(store, small())


class FillingDisk:
    """A disk that takes a number of writes and no more."""

    def __init__(self, room: int, code: int) -> None:
        self.room = room
        self.code = code
        self.real = os.fsync

    def fsync(self, handle: int) -> None:
        self.room -= 1
        if self.room <= 0:
            raise OSError(self.code, "No space left on device")
        self.real(handle)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_one_sentence_and_the_next_run_finishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    stopped = 0
    for nth in range(1, 300, 5):
        store, clock = DirectoryStore(tmp_path / str(nth) / "public"), FakeClock()
        publish(store, small("1"), clock)
        disk = FillingDisk(nth, code)
        monkeypatch.setattr(os, "fsync", disk.fsync)
        try:
            with pytest.raises(StoreFull) as caught:
                publish(store, small("2"), clock)
        except pytest.fail.Exception:
            break
        finally:
            monkeypatch.undo()
        stopped += 1
        assert caught.value.exit_code == 3
        assert str(caught.value).startswith("There is no room left on the disk for ")
        assert "is whole" in str(caught.value)
        assert broken(store) == []
        clock.move(120)
        publish(Watched(store), small("2"), clock)
        assert_is(store, small("2"))
    assert stopped > 5


@pytest.mark.parametrize(
    ("code", "stop"), [(errno.EACCES, StoreForbidden), (errno.EROFS, StoreForbidden), (errno.EIO, Exception)]
)
def test_what_the_system_refuses_is_told_without_its_codes(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch, code: int, stop: type[Exception]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, "x")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(stop) as caught:
        store.put("a.html", b"", HTML)
    assert "Errno" not in str(caught.value)


def test_a_program_that_never_lets_go_is_not_waited_for_for_ever(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock  # noqa: PLC0415 - the test plays the other program

    store.put("a.html", b"", HTML)
    monkeypatch.setattr("clinic.release.directory._PATIENCE", 0.05)
    with FileLock(store.state / "store.lock"), pytest.raises(StoreUnreachable, match="Another program"):
        store.put("a.html", b"", HTML)


def test_a_site_on_a_mount_of_its_own(store: DirectoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.suffix == ".part" and self.parent.name == "staging" and ".public-state" not in str(target):
            raise OSError(errno.EXDEV, "x")
        return real(self, target)

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "x")

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(Path, "hardlink_to", no_links)
    clock = FakeClock()
    for version in ("1", "2"):
        publish(store, small(version), clock)
        assert_is(store, small(version))


def test_half_written_files_of_the_dead_are_swept_by_the_next_run(store: DirectoryStore) -> None:
    clock = FakeClock()
    publish(store, small("1"), clock, seat=seat_of(store))
    leftover = store.state / "staging/0123.part"
    leftover.write_text("half")
    publish(store, small("2"), clock, seat=seat_of(store))
    assert not leftover.exists()


def test_the_headers_file_survives_a_cut(store: DirectoryStore) -> None:
    clock = FakeClock()
    publish(store, small("1"), clock)
    log = store.state / "attributes.jsonl"
    log.write_bytes(log.read_bytes() + b'{"key":"index.ht')
    publish(DirectoryStore(store.root), small("2"), clock)
    assert_is(DirectoryStore(store.root), small("2"))


def test_the_headers_file_does_not_grow_for_ever(store: DirectoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.release.attributes._SLACK", 10)
    for number in range(40):
        store.put("a.html", b"%d" % number, HTML)
    store.put("b.html", b"b", Headers("text/b"))
    log = store.state / "attributes.jsonl"
    assert len(log.read_bytes().splitlines()) == 41
    store.sweep()
    assert len(log.read_bytes().splitlines()) == 2
    for reader in (store, DirectoryStore(store.root)):
        assert reader.get("a.html") == Stored(b"39", HTML, hashlib.sha256(b"39").hexdigest())
        assert [stored.headers for stored in [reader.get("b.html")] if stored] == [Headers("text/b")]


def test_two_readers_of_one_headers_file_agree(tmp_path: Path) -> None:
    one, two = Attributes(tmp_path / "a.jsonl"), Attributes(tmp_path / "a.jsonl")
    one.note("a", "1", HTML)
    assert two.of("a", "1") == HTML
    two.note("a", "1", Headers("x"))
    two.note("a", "2", HTML)
    assert one.of("a", "1") == Headers("x")
    assert one.of("a", "2") == HTML


def test_the_notes_lie_beside_the_site() -> None:
    assert state_folder(Path("/srv/public")) == Path("/srv/.public-state")


def test_pages_may_not_pose_as_notes(store: DirectoryStore) -> None:
    with pytest.raises(BadKey):
        publish(store, Site().add(".state/head.json", "x").add("index.html", ""), FakeClock())
    assert not store.state.exists()
