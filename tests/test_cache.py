"""The cache is only a cache: whatever happens to its file costs time and nothing else."""

import random
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clinic.cache import Cache, key_for

VALUES = {key_for("value", str(number)): bytes([number % 256]) * 3000 for number in range(200)}


def filled(folder: Path) -> Path:
    with Cache(folder) as cache:
        for key, value in VALUES.items():
            cache.put(key, value)
    return folder / "values.sqlite"


def had(folder: Path) -> int:
    """How many values are there; each that is missing is put again, as a build does."""
    found = 0
    with Cache(folder) as cache:
        for key, value in VALUES.items():
            seen = cache.get(key)
            assert seen in {None, value}
            found += seen is not None
            if seen is None:
                cache.put(key, value)
    return found


def test_what_was_put_is_there_the_next_time(tmp_path: Path) -> None:
    filled(tmp_path)
    assert had(tmp_path) == len(VALUES)


@pytest.mark.parametrize("harm", ["deleted", "emptied", "cut in half", "another file", "a folder"])
def test_a_file_that_is_no_cache_any_more_is_made_anew(harm: str, tmp_path: Path) -> None:
    file = filled(tmp_path)
    body = file.read_bytes()
    file.unlink()
    if harm == "a folder":
        file.mkdir()
    elif harm != "deleted":
        file.write_bytes(
            {"emptied": b"", "cut in half": body[: len(body) // 2], "another file": b"words " * 5000}[harm]
        )
    had(tmp_path)
    if harm != "a folder":
        assert had(tmp_path) == len(VALUES)


@pytest.mark.parametrize("seed", range(12))
def test_a_file_that_was_scribbled_over_is_whole_after_one_more_use(seed: int, tmp_path: Path) -> None:
    file = filled(tmp_path)
    chance = random.Random(seed)
    body = bytearray(file.read_bytes())
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(body) - 4000)
        body[at : at + 4000] = chance.randbytes(4000)
    file.write_bytes(body)
    had(tmp_path)
    assert had(tmp_path) == len(VALUES)


def test_many_values_at_once_are_those_that_are_had_one_by_one(tmp_path: Path) -> None:
    file = filled(tmp_path)
    keys = [*VALUES, *(key_for("nothing", str(number)) for number in range(400))]
    random.Random(1).shuffle(keys)
    with Cache(tmp_path) as cache:
        cache.put(keys[0], b"waits to be written")
        assert cache.get_all(keys) == [cache.get(key) for key in keys]
    database = sqlite3.connect(file, isolation_level=None)
    spoiled, swapped, other = (key for key in VALUES if key != keys[0] and int(VALUES[key][0]) in {7, 8, 9})
    database.execute("UPDATE 'values' SET value = 'text' WHERE key = ?", (spoiled,))
    database.execute(
        "UPDATE 'values' SET value = (SELECT value FROM 'values' WHERE key = ?) WHERE key = ?", (other, swapped)
    )
    database.close()
    with Cache(tmp_path) as cache:
        assert cache.get_all([spoiled, other, swapped]) == [None, VALUES[other], None]
    assert Cache(None).get_all(keys[:3]) == [None] * 3


def test_a_file_of_another_form_is_made_anew(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "values.sqlite", isolation_level=None)
    database.execute("CREATE TABLE 'values' (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")
    database.execute("INSERT INTO 'values' VALUES ('a', 'b')")
    database.close()
    had(tmp_path)
    assert had(tmp_path) == len(VALUES)


def test_several_that_begin_at_once_make_one_file(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        caches = list(threads.map(lambda _: Cache(tmp_path), range(8)))
    for number, cache in enumerate(caches):
        cache.put(key_for(str(number)), b"value")
        cache.keep()
    assert [caches[0].get(key_for(str(number))) for number in range(8)] == [b"value"] * 8
    for cache in caches:
        cache.close()


def test_without_a_folder_nothing_is_remembered_and_nothing_fails() -> None:
    cache = Cache(None)
    cache.put(b"key", b"value")
    assert cache.get(b"key") is None


def test_parts_of_a_key_do_not_run_into_each_other() -> None:
    assert key_for("ab", "c") != key_for("a", "bc")


def test_two_that_share_a_cache_do_not_wait_for_one_another(tmp_path: Path) -> None:
    """The preview and the build that it starts: what one has put holds the file only while it is written."""
    with Cache(tmp_path) as one, Cache(tmp_path) as two:
        one.put(key_for("one"), b"1")
        two.put(key_for("two"), b"2")
        two.keep()
        assert one.get(key_for("two")) == b"2", "while one still has to write its own"
        one.keep()
        assert two.get(key_for("one")) == b"1"


def test_what_can_not_be_written_now_is_written_later(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put(key_for("one"), b"1")
        other = sqlite3.connect(tmp_path / "values.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        cache.keep()
        assert cache.get(key_for("one")) == b"1"
        other.execute("ROLLBACK")
        other.close()
    with Cache(tmp_path) as again:
        assert again.get(key_for("one")) == b"1"
