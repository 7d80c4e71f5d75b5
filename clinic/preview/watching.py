"""What is saved is noticed here: livereload's watcher, with the eyes of watchfiles.

livereload's own watcher looks at every file every 0.8 seconds, builds once for each file that changed, and drops what
is saved within three seconds of a reload. Its documented seam is a `Watcher` whose `start` says that it watches itself.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from livereload.watcher import Watcher
from watchfiles import watch

from clinic.preview.given import Roots
from clinic.source import names

STEP = 5
"""Milliseconds without a change after which what was seen is told."""

LONGEST = 100
"""Milliseconds for which changes are gathered at most before they are told."""

_WAKE = 400
"""Milliseconds after which a quiet watcher looks whether it shall stop, or watch other folders."""


class FileWatcher(Watcher):  # type: ignore[misc] # livereload has no types
    """Tells `noticed` which files were touched, from threads of its own, as soon as the system says so."""

    def __init__(self, roots: Callable[[], Roots], noticed: Callable[[frozenset[Path]], None]) -> None:
        """`roots` says at any time what to watch."""
        super().__init__()
        self._roots = roots
        self._noticed = noticed
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self.watch(str(roots().content))  # livereload watches the current folder where it is told of none

    def start(self, callback: Callable[[], None]) -> bool:
        """Begins to watch. `callback`, livereload's poll, is not needed: whoever is told reloads the pages."""
        _ = callback
        if not self._threads:
            for target in (self._watch_trees, self._watch_settings):
                thread = threading.Thread(target=target, name=target.__name__, daemon=True)
                self._threads.append(thread)
                thread.start()
        return True

    def stop(self) -> None:
        """Ends the threads."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(timeout=5)

    def _watch_trees(self) -> None:
        """The content and the theme, with all folders in them."""

        def trees() -> tuple[Path, ...]:
            roots = self._roots()
            return tuple(path for path in (roots.content, roots.theme) if path.is_dir())

        self._follow(trees, recursive=True, wanted=lambda path: not names.is_ignored(path.name))

    def _watch_settings(self) -> None:
        """The settings file; by its folder, since editors that save a file anew put another one in its place."""
        self._follow(
            lambda: (self._roots().settings.parent,),
            recursive=False,
            wanted=lambda path: path.name == self._roots().settings.name,
        )

    def _follow(
        self, paths: Callable[[], tuple[Path, ...]], *, recursive: bool, wanted: Callable[[Path], bool]
    ) -> None:
        """Watches for as long as the preview runs, from the start again where a folder came, went or was replaced."""
        first = True
        while not self._stopping.is_set():
            seen = paths()
            state = [_identity(path) for path in seen]
            if not first:
                self._noticed(frozenset(seen))  # what happened between two watches was seen by neither
            first = False
            for touched in self._touches(seen, recursive=recursive):
                told = frozenset(path for path in touched if wanted(path))
                if told:
                    self._noticed(told)
                if paths() != seen or [_identity(path) for path in seen] != state:
                    break
            else:
                self._stopping.wait(_WAKE / 1000)

    def _touches(self, paths: tuple[Path, ...], *, recursive: bool) -> Iterator[frozenset[Path]]:
        """The paths that are touched, and nothing now and then; ends where the system does not let us watch."""
        if not paths:
            return
        with contextlib.suppress(OSError, RuntimeError):  # a folder went away, or there are no watches left
            for changes in watch(
                *paths,
                watch_filter=None,
                step=STEP,
                debounce=LONGEST,
                rust_timeout=_WAKE,
                yield_on_timeout=True,
                stop_event=self._stopping,
                raise_interrupt=False,
                recursive=recursive,
                ignore_permission_denied=True,
            ):
                yield frozenset(Path(path) for _, path in changes)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
