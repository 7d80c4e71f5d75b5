"""Whatever editors and their programs do to files, the preview lives, shows every last save, and ends up where a clean
build would."""

import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.preview.previewed import Previewed, expected, plain, previewed, problems_in

SEED = 20261122
NAMES = tuple(f"storm-{number}" for number in range(8))
MINUTE = 60
"""Seconds for all 2,000: an operation every 30 milliseconds, so most come while a build is at work."""


class Storm:
    """Random operations on the files of a preview, the same for the same seed."""

    def __init__(self, running: Previewed, dice: random.Random) -> None:
        self.running = running
        self.dice = dice
        self.good = (running.content / "conditions/low-back-pain.md").read_text(encoding="utf-8")
        self.whole = {
            path: path.read_bytes()
            for path in (
                running.content / "clinic.yaml",
                running.folder / "pelicanconf.py",
                running.folder / "theme/templates/condition.html",
                running.folder / "theme/static/style/1-colours.css",
            )
        }
        self.number = 0
        self.done: dict[str, int] = {}

    def text(self, mark: str) -> str:
        """A page without a problem that no other is like."""
        title = f"Storm {mark} low"
        return self.good.replace("title: Low back pain", f"title: {title}")

    def file(self) -> Path:
        """One of a few files."""
        return self.running.content / "conditions" / f"{self.dice.choice(NAMES)}.md"

    def operation(self) -> None:
        """One of all."""
        every: tuple[Callable[[], None], ...] = (
            self.save,
            self.save,
            self.save,
            self.twice,
            self.many,
            self.empty,
            self.half,
            self.bytewise,
            self.atomic,
            self.rename,
            self.delete,
            self.lock,
            self.large,
            self.binary,
            self.folder,
            self.temporary,
            self.header,
            self.spoil,
            self.mend,
        )
        chosen = self.dice.choice(every)
        self.number += 1
        self.done[chosen.__name__] = self.done.get(chosen.__name__, 0) + 1
        chosen()

    def put(self, file: Path, data: bytes) -> None:
        """Writes a file, whatever stands in its way."""
        self.clear(file, only_folders=True)
        file.write_bytes(data)

    @staticmethod
    def clear(file: Path, *, only_folders: bool = False) -> None:
        """Takes away what stands at a place."""
        if file.is_dir():
            shutil.rmtree(file)
        elif not only_folders:
            file.unlink(missing_ok=True)

    def save(self) -> None:
        self.put(self.file(), self.text(f"save {self.number}").encode())

    def twice(self) -> None:
        file = self.file()
        self.put(file, self.text(f"first {self.number}").encode())
        time.sleep(self.dice.random() * 0.03)
        self.put(file, self.text(f"second {self.number}").encode())

    def many(self) -> None:
        for name in NAMES:
            self.put(self.running.content / "conditions" / f"{name}.md", self.text(f"{name} {self.number}").encode())

    def empty(self) -> None:
        self.put(self.file(), b"")

    def half(self) -> None:
        data = self.text(f"half {self.number}").encode()
        self.put(self.file(), data[: self.dice.randrange(len(data))])

    def bytewise(self) -> None:
        data = self.text(f"bytewise {self.number}").encode()
        file = self.file()
        self.clear(file, only_folders=True)
        with file.open("wb", buffering=0) as handle:
            for start in range(0, len(data), 200):
                handle.write(data[start : start + 200])

    def atomic(self) -> None:
        file = self.file()
        self.clear(file, only_folders=True)
        staged = file.with_name(f".{file.name}.swp~")
        staged.write_text(self.text(f"atomic {self.number}"), encoding="utf-8")
        staged.replace(file)

    def rename(self) -> None:
        one, other = self.file(), self.file()
        if one != other and one.exists():
            self.clear(other)
            one.rename(other)

    def delete(self) -> None:
        self.clear(self.file())

    def lock(self) -> None:
        file = self.file()
        if file.is_file():
            file.chmod(0o000)

    def large(self) -> None:
        self.put(self.file(), self.text("large").encode() + b"word " * 1_000_000)

    def binary(self) -> None:
        self.put(self.file(), self.dice.randbytes(3000))

    def folder(self) -> None:
        file = self.file()
        self.clear(file)
        file.mkdir()
        (file / "inside.md").write_text("inside", encoding="utf-8")

    def temporary(self) -> None:
        for name in ("~$storm.md", ".#storm.md", "4913", "storm.md.tmp", ".storm.md.swp"):
            file = self.running.content / "conditions" / name
            file.write_text("x", encoding="utf-8")
            file.unlink()

    def header(self) -> None:
        mistakes = ["title: a: b\n", "title: [\n", "\ttitle: x\n", "summary: <script>alert(1)</script>\n"]
        mistake = self.dice.choice(mistakes)
        self.put(self.file(), self.text(f"header {self.number}").replace("---\n", f"---\n{mistake}", 1).encode())

    def spoil(self) -> None:
        file = self.dice.choice(list(self.whole))
        spoilt = self.dice.choice([b"{% if", b"\xff\xfe", b"name: [", b"raise RuntimeError('x')", b"{{ page.no }}"])
        # Alone, some of these would be a whole template: one that shows nothing of a page.
        alone = file.suffix != ".html" and self.dice.random() < 0.3
        file.write_bytes(spoilt if alone else spoilt + self.whole[file])

    def mend(self) -> None:
        for file, data in self.whole.items():
            file.write_bytes(data)

    def seen(self) -> None:
        """Whatever else is broken: a page that is saved now is there."""
        mark = f"seen {self.number}"
        file = self.file()
        self.put(file, self.text(mark).encode())
        self.running.shows(f"/conditions/{file.stem}/", f"Storm {mark} low")

    def settle(self) -> None:
        """The last saves, all of them good."""
        self.mend()
        for name in NAMES:
            self.put(self.running.content / "conditions" / f"{name}.md", self.text(f"final {name}").encode())
            os.chmod(self.running.content / "conditions" / f"{name}.md", 0o644)  # noqa: PTH101 - as any program may


@pytest.mark.parametrize(
    ("operations", "seconds"), [(200, MINUTE / 10), pytest.param(2000, MINUTE, marks=pytest.mark.slow)]
)
def test_nothing_that_is_saved_ends_it_and_every_last_save_is_there(
    tmp_path: Path, operations: int, seconds: float
) -> None:
    with previewed(tmp_path, project=True) as running:
        storm = Storm(running, random.Random(SEED + operations))
        began = time.monotonic()
        for number in range(operations):
            storm.operation()
            if number % 20 == 19:
                storm.seen()
            ahead = began + seconds * number / operations - time.monotonic()
            if ahead > 0:
                time.sleep(ahead)
        storm.settle()
        for name in NAMES:
            running.shows(f"/conditions/{name}/", f"Storm final {name} low")
        want = expected(running, tmp_path / "theme")
        assert len(storm.done) > 15
        assert len(want) > 40

        def differing() -> list[str]:
            return [
                key for key, body in want.items() if plain(running.get("/" + key.removesuffix("index.html"))[1]) != body
            ]

        running.until(lambda: differing() == [])  # advice follows a moment after the page
        for name in NAMES:
            assert "can't be built" not in problems_in(running.get(f"/conditions/{name}/")[1])
            assert "<strong>Error</strong>" not in problems_in(running.get(f"/conditions/{name}/")[1])
        assert problems_in(running.get("/")[1]) == ""
        said = "".join(running.said)
        assert "Traceback" not in said
        assert "mistake in the program" not in said
