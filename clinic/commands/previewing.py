"""`preview`: the site in a browser while it is written."""

import datetime as dt
import os
import signal
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator

from clinic.cache import Cache
from clinic.commands.ends import Exit, Misuse
from clinic.commands.looking import Desk
from clinic.commands.opening import editor_form
from clinic.commands.saying import command, complain, counted, say, show_problems
from clinic.commands.settings import ROOT, Settings
from clinic.model.clinic import PATH
from clinic.output import Output
from clinic.preview.answers import Answers
from clinic.preview.building import Builder
from clinic.preview.given import Clock, Fault
from clinic.preview.server import HOST, LiveServer, PortTaken, bound
from clinic.preview.state import State
from clinic.preview.watching import FileWatcher
from clinic.problems import Problem, Severity

_TURN = 0.0005
"""Seconds after which a thread that computes lets another have its turn: a page that is asked for while rules are asked
about everything goes through three threads, and would wait for each."""


def preview(
    load: Callable[[], Settings], file: str, *, port: int = 8000, browser: bool = True, editor: str = ""
) -> Exit:
    """Builds the site as editors see it, serves it on this computer and follows every save until it is stopped.

    Args:
        load: reads the settings, with what the options say; called again when the settings file is saved.
        file: the name of that file, below the project's folder.
        port: where to serve; the next free one is taken where another program has it. 0 takes any.
        browser: whether to open it in a browser.
        editor: the link that opens a place of a file, with {path}, {line} and {column}.

    Raises:
        Misuse: a setting or an option can't be used, or no port is free.
        OutputError: the output folder holds files of another program.
    """
    link = editor_form(editor)
    settings = load()
    Output(settings.output, settings.cache).check(settings.content)
    with Cache(settings.cache) as cache:
        desk = Desk(load, ROOT / file, cache)
        try:
            sockets, given_port = bound(port)
        except PortTaken:
            raise Misuse(f"Port {port} can't be used on this computer: choose another with --port.") from None
        usual = sys.getswitchinterval()
        try:
            sys.setswitchinterval(_TURN)
            _serve(desk, sockets, given_port, link, asked=port, browser=browser)
        finally:
            sys.setswitchinterval(usual)
            desk.close()
            for each in sockets:
                each.close()
    say(f"Stopped. {command('preview')} goes on where you were.")
    return Exit.DONE


def _serve(desk: Desk, sockets: list[socket.socket], port: int, link: str, *, asked: int, browser: bool) -> None:
    say("Building the site …")
    clock = Clock(time.monotonic, lambda seconds: dt.datetime.fromtimestamp(seconds).astimezone(), time.time)
    serving: list[LiveServer] = []
    told = _Teller()

    def publish(state: State) -> None:
        serving[0].publish(state)
        told.tell(state)

    builder = Builder(desk, clock, publish)
    told.tell(builder.state)
    answers = Answers(desk, link, builder.state)
    watcher = FileWatcher(lambda: desk.roots, builder.noticed)
    serving.append(LiveServer(builder, watcher, answers, sockets, port))
    site = builder.state.site
    address = f"http://{HOST}:{port}{site.prefix if site else ''}/"

    def ready() -> None:
        if asked not in {0, port}:
            say(f"Port {asked} is taken, perhaps by another preview: this one has {port}.")
        say(f"The preview is at {address} until you press Ctrl and C.")
        if browser and _can_show():
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    if threading.current_thread() is threading.main_thread():
        for asked_to_end in (signal.SIGTERM, signal.SIGINT):  # by another program, or by Ctrl-C
            signal.signal(asked_to_end, serving[0].interrupt)
    serving[0].run(ready)


class _Teller:
    """Tells each state on the terminal in one line, and problems when they come up."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Problem, ...]] = {}
        """The problems of each file that has errors, as they were told."""
        self._said = ""
        self._faults: tuple[Fault, ...] = ()

    def tell(self, state: State) -> None:
        """Says what a save did."""
        of_site = tuple(each for each in state.by_path.get(PATH, ()) if each.severity is not Severity.INFO)
        wrong = {path: state.loud.by_path[path] for path in state.loud.wrong} | {PATH: of_site}
        show_problems([each for path in sorted(wrong) for each in self._new(path, wrong[path])], state.looked.texts)
        self._known = wrong
        for fault in state.looked.faults:
            if fault not in self._faults:
                where = f"{fault.file}:{fault.line}: " if fault.file else ""
                complain(f"{where}{fault.message}")
        self._faults = state.looked.faults
        when = f"Your save of {state.saved}: built" if state.saved else "Built"
        took = f"{state.took} ms" if state.took < 1000 else f"{state.took / 1000:.1f} s"
        errors = state.loud.errors + sum(each.severity is Severity.ERROR for each in of_site)
        told = f"{when} in {took}, {counted(errors, state.loud.number + len(of_site) - errors)}."
        if told != self._said:  # advice that follows may say nothing new
            say(told)
        self._said = told

    def _new(self, path: str, problems: tuple[Problem, ...]) -> Iterator[Problem]:
        """The errors of a file that were not told."""
        before = self._known.get(path, ())
        if problems is before:
            return
        known = {(each.code, each.message) for each in before}
        for each in problems:
            if each.severity is Severity.ERROR and (each.code, each.message) not in known:
                yield each


def _can_show() -> bool:
    """Whether this computer can open a window: elsewhere a browser would take the terminal, or nothing would come."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
