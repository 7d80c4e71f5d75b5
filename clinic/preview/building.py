"""The one thread that builds: saves are gathered, each is in the next state, and states follow each other in order."""

import gc
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from clinic.preview.given import Clock, Fault, Given, Looked
from clinic.preview.site import LiveSite, Renders
from clinic.preview.state import State, following

TOGETHER = 0.02
"""Seconds of quiet after which files that were saved together are taken to be all there."""

HALF_WRITTEN = 0.06
"""Seconds after which a file that could not be read is looked at again before anything is said of it."""

CALM = 3.0
"""Seconds without a save after which the output folder is brought up to date: nobody is typing."""

QUIET = 0.35
"""Seconds after which, with nothing touched, the thread looks what else there is to do."""

ADVICE = 0.1
"""Seconds that a page is given to be asked for before rules weigh its words."""

GLANCE = 2.0
"""Seconds after which a look is taken whether something changed that the system did not tell of."""

_LOG = logging.getLogger(__name__)


class Builder:
    """Makes a state at each save, in a thread of its own, and hands it on."""

    def __init__(self, given: Given, clock: Clock, publish: Callable[[State], None]) -> None:
        """`publish` is called in that thread, with one state after the other."""
        self._given = given
        self._clock = clock
        self._publish = publish
        self._renders = Renders()
        self._woken = threading.Condition()
        self._touched: set[Path] = set()
        self._stopping = False
        self._behind = True
        self._open = False
        """Whether there are questions to the rules that a save came before."""
        self._thread = threading.Thread(target=self._run, name="preview builder", daemon=True)
        self.state = self._first()
        # What was just made stays for as long as the preview runs: looking for garbage in it would stop many a save for
        # a tenth of a second. What saves leave behind is collected when they have calmed down.
        gc.freeze()
        gc.disable()

    def start(self) -> None:
        """Begins to build at each save."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread, after the build that it is at."""
        with self._woken:
            self._stopping = True
            self._woken.notify()
        self._thread.join(timeout=30)
        gc.enable()
        gc.unfreeze()
        self._given.close()

    def noticed(self, paths: frozenset[Path]) -> None:
        """Takes note of files that were touched. Any thread may call it."""
        with self._woken:
            self._touched |= paths
            self._woken.notify()

    def _first(self) -> State:
        began = self._clock.seconds()
        looked = self._look(None)
        return self._state(1, looked, "", began)

    def _run(self) -> None:
        calm_since = self._clock.seconds()
        glanced = calm_since
        cost = 0.0
        while True:
            with self._woken:
                if not self._touched and not self._stopping:
                    self._woken.wait(QUIET)
                touched, self._touched = self._touched, set()
                if self._stopping:
                    return
            now = self._clock.seconds()
            if touched:
                self._guarded(touched, now)
                calm_since = glanced = self._clock.seconds()
            elif self._open and self._settle():
                calm_since = self._clock.seconds()
            elif self._behind and now - calm_since > CALM and not self._given.writing():
                self._behind = False
                gc.collect()
                self._given.write()
            elif now - glanced > max(GLANCE, 100 * cost):
                missed = self._given.changed()
                glanced = self._clock.seconds()
                cost = glanced - now
                if missed:
                    self._guarded(None, now)

    def _guarded(self, touched: set[Path] | None, began: float) -> None:
        """One build. Whatever goes wrong in it is a fault on every page, and the next save is built all the same."""
        try:
            self._build(touched, began)
        except Exception as error:  # noqa: BLE001 - nothing that an editor saves ends the preview
            _LOG.exception("a build of the preview failed")
            message = f"This is a mistake in the program, not yours ({type(error).__name__}). Please report it."
            looked = Looked(self.state.looked.workshop, (), {}, (Fault(None, 1, 1, message),))
            self._hand_on(self._state(self.state.number + 1, looked, self.state.saved, began))

    def _build(self, touched: set[Path] | None, began: float) -> None:
        if touched is not None and len(touched) > 1:
            while more := self._more(TOGETHER):
                touched |= more
        looked = self._look(touched)
        if looked.half_written:
            # It may be in the middle of being written. If nothing more comes, it stands like this on the disk.
            again = self._more(HALF_WRITTEN) | (touched or set())
            whole = self._look(again if touched is not None else None)
            looked = looked if whole.same else whole
        if looked.same:
            return
        saved = self._saved(touched or set()) or self.state.saved
        self._hand_on(self._state(self.state.number + 1, looked, saved, began))
        if looked.advice_follows:
            self._advise()

    def _advise(self) -> None:
        """Tells what rules advise that weigh words, once the page is there; then what all rules say of everything.

        A save that comes meanwhile goes first.
        """
        self._open = True
        with self._woken:
            if not self._touched and not self._stopping:
                self._woken.wait(ADVICE)
        if self._quiet():
            self._tell(self._given.advise())
        if self._quiet():
            self._settle()

    def _settle(self) -> bool:
        """Asks all rules about everything; whether they could be asked before something was touched."""
        try:
            settled = self._given.settle(self._quiet)
        except Exception:  # noqa: BLE001 - what was found with the page stands, and the next save asks again
            _LOG.exception("rules could not be asked about everything")
            settled = self.state.looked
        if settled is None:
            return False
        self._open = False
        self._tell(settled)
        return True

    def _quiet(self) -> bool:
        with self._woken:
            return not self._touched and not self._stopping

    def _tell(self, looked: Looked) -> None:
        """Hands on the same state with what else was found; nothing where nothing was."""
        state = self.state
        if looked.workshop is None or looked.problems == state.looked.problems:
            return
        site = LiveSite(looked.workshop, self._renders)
        self._hand_on(replace(following(state, looked, site), saved=state.saved, took=state.took))

    def _look(self, touched: set[Path] | None) -> Looked:
        return self._given.look(touched)

    def _hand_on(self, state: State) -> None:
        self.state = state
        self._behind = True
        self._publish(state)

    def _more(self, seconds: float) -> set[Path]:
        """What else is touched within some time, or at once where something is; taken off the list."""
        with self._woken:
            if not self._touched and not self._stopping:
                self._woken.wait(seconds)
            more, self._touched = self._touched, set()
        return more

    def _state(self, number: int, looked: Looked, saved: str, began: float) -> State:
        site = LiveSite(looked.workshop, self._renders) if looked.workshop is not None else None
        before = self.state if number > 1 else None
        made = following(before, looked, site)
        return replace(made, saved=saved, took=round(1000 * (self._clock.seconds() - began)))

    def _saved(self, touched: set[Path]) -> str:
        """When the newest of these files was written, on the machine's clock; now, where one is gone."""
        times = []
        for path in touched:
            try:
                times.append(path.lstat().st_mtime)
            except OSError:
                times.append(self._clock.now())
        return self._clock.local(max(times)).strftime("%H:%M:%S") if times else ""
