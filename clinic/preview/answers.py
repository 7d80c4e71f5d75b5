"""What each address gives, from the state as it is: nothing here knows of sockets."""

import re
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

from markupsafe import Markup

from clinic.assets import CONTENT_TYPES
from clinic.build import HTML
from clinic.library.addresses import key_of
from clinic.output import OutputFault
from clinic.preview.given import Fault, Given
from clinic.preview.inject import injected, shell
from clinic.preview.overlay import RESERVED, Reader, bar_and_panel
from clinic.preview.site import LiveSite, Renders, Served
from clinic.preview.state import State
from clinic.problems import Severity
from clinic.render import TemplateProblem

_STATIC = Path(__file__).parent / "static"
_OWN = {name: CONTENT_TYPES[Path(name).suffix] for name in ("preview.js", "preview.css", "page.css")}
_MOMENTS = 4
_NOT_FOUND = "404.html"
_MOST_LOOKS = 1000
_MOST_MADE = 50
_FOUND = 200
_OF_EDITORS = re.compile(
    rb'<section class="problem-box".*?</section>\n?|(?<=</ul>\n)<p>[^<]*</p>\n(?=</section>)|'
    rb'<section class="badges"[^>]*>\s*<p>[^<]*</p>\s*</section>\n?',
    re.DOTALL,
)
"""What `build` writes of problems into a page: here panel and bar say it, so a change of it alone reloads nothing."""


@dataclass(frozen=True)
class Answer:
    """What is sent."""

    status: int
    body: bytes
    content_type: str
    location: str = ""


@dataclass(frozen=True)
class Shown:
    """A page as one reader sees it, before it is sent."""

    status: int
    body: bytes
    inner: Markup
    on: str
    digest: str
    """What tells the page's own bytes from others."""
    stylesheet: str
    """The key of the stylesheet that it names."""


@dataclass
class _Moments:
    """The sites of other moments that were looked at, for one state."""

    number: int = 0
    sites: dict[str, LiveSite | str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Made:
    """The pages that were made for one state, by their paths with their queries."""

    state: State
    pages: dict[str, Shown] = field(default_factory=dict)


class Answers:
    """Answers addresses from one state at a time; all of an answer is from the same state."""

    def __init__(self, given: Given, editor: str, state: State) -> None:
        """`editor` is the form of links that open a file."""
        self._given = given
        self._editor = editor
        self.state = state
        self._made = _Made(state)
        self._moments = _Moments()
        self._renders = Renders()
        self._lock = threading.Lock()
        self._sheets: set[str] = set()
        self._assets: dict[str, Served] = {}
        self._looks: dict[str, tuple[str, str]] = {}

    def answer(self, target: str, host: str) -> Answer:
        """What a path with its query gives."""
        parts = urlsplit(target)
        if parts.path.startswith(RESERVED):
            return self._own(parts.path.removeprefix(RESERVED))
        state = self.state
        prefix = state.site.prefix if state.site else ""
        if not parts.path.startswith(f"{prefix}/"):
            return Answer(302, b"", HTML, f"{prefix}/") if parts.path == "/" else self._nothing(state, target, host)
        path = parts.path.removeprefix(prefix)
        key = key_of(quote(unquote(path)))
        bare = key.endswith("/index.html") and not path.endswith(("/", "/index.html"))
        if bare and state.site is not None and state.site.has_page(key):
            query = f"?{parts.query}" if parts.query else ""
            return Answer(302, b"", HTML, f"{prefix}{quote(unquote(path))}/{query}")
        file = self._file(state, key)
        if file is not None and file.content_type != HTML:
            return Answer(200, file.body, file.content_type)
        return self._page(self.shown(state, target), host, prefix)

    def shown(self, state: State, target: str) -> Shown:
        """The page under a path with its query, or the one that says that there is none.

        A page that was made for the state that is served is at hand: an open one is made before it is asked for.
        """
        made = self._made
        known = made.pages.get(target) if made.state is state else None
        if known is None:
            known = self._shown(state, target)
            if made.state is state and known.status == _FOUND and len(made.pages) < _MOST_MADE:
                made.pages[target] = known
        return known

    def _shown(self, state: State, target: str) -> Shown:
        parts = urlsplit(target)
        on = parse_qs(parts.query).get("on", [""])[-1].strip()
        prefix = state.site.prefix if state.site else ""
        key = key_of(quote(unquote(parts.path.removeprefix(prefix))))
        reader = Reader("", self._editor, self._given.roots.content, on, "", quote(unquote(parts.path)))
        site = self._at(state, on) if on else state.site
        if isinstance(site, str):
            return self._told(state, 400, shell("There is no such moment", site), reader)
        if site is None:
            page = shell("The site can't be built yet", "Mend what is said below; this page then turns into the site.")
            return self._told(state, 503, page, reader)
        if on:
            held, wrong, said = self._then(state, site, key)
            reader = replace(reader, said=said, wrong=wrong)
            if held and state.site is not None:
                site = state.site
        try:
            served = site.served(key)
            missing = served is None
            if served is None or served.content_type != HTML:
                served, missing = site.served(_NOT_FOUND), True
        except (TemplateProblem, OutputFault, OSError) as error:
            state = replace(state, looked=replace(state.looked, faults=(*state.looked.faults, fault_of(error))))
            page = site.last(key) or shell("This page can't be shown", "Mend what is said below.")
            return self._told(state, 500, page, reader)
        if served is None:
            page = shell("There is no such page", "The site has no page at this address, and no page that says so.")
            return self._told(state, 404, page, reader)
        if not missing:
            reader = replace(reader, source=served.source)
        return self._told(state, 404 if missing else 200, served.body, reader, site.stylesheet)

    def follow(self, state: State) -> None:
        """Goes on to the next state. What pages that are still open ask for of the one before stays there."""
        before = self.state.site
        if before is not None:
            self._sheets.add(before.stylesheet)
        self._made = _Made(state)
        self.state = state

    def style_of(self, digest: str, shown: Shown) -> str:
        """The path of the stylesheet under which an open page knows it, where nothing else of the page has changed."""
        before, now = self._looks.get(digest), self._looks.get(shown.digest)
        if before is None or now is None or before[0] != now[0] or before[1] == now[1]:
            return ""
        return f"/{before[1]}"

    def _told(self, state: State, status: int, body: bytes, reader: Reader, stylesheet: str = "") -> Shown:
        digest = Served("", _OF_EDITORS.sub(b"", body), HTML).digest
        if stylesheet:
            self._looks[f"{status}-{digest}"] = (_without(body, stylesheet), stylesheet)
            while len(self._looks) > _MOST_LOOKS:
                self._looks.pop(next(iter(self._looks)), None)
        return Shown(status, body, bar_and_panel(state, reader), reader.on, f"{status}-{digest}", stylesheet)

    def _page(self, shown: Shown, host: str, prefix: str) -> Answer:
        body = injected(shown.body, inner=shown.inner, digest=shown.digest, host=host, prefix=prefix, on=shown.on)
        return Answer(shown.status, body, HTML)

    def _nothing(self, state: State, target: str, host: str) -> Answer:
        return self._page(self.shown(state, target), host, state.site.prefix if state.site else "")

    def _own(self, name: str) -> Answer:
        kind = _OWN.get(name)
        if kind is None:
            return Answer(404, b"", "text/plain")
        return Answer(200, (_STATIC / name).read_bytes(), kind)

    def _file(self, state: State, key: str) -> Served | None:
        """A file that is no page: of this state, or of one before it where a page that is still open asks for it."""
        if state.site is None:
            return None
        if key in self._sheets:
            key = state.site.stylesheet  # an open page asks under the old name for what it shall look like now
        try:
            found = state.site.asset(key)
        except (TemplateProblem, OutputFault, OSError):
            return None
        if found is not None:
            self._assets[key] = found
            return found
        return self._assets.get(key) if key.startswith(("a/", "images/")) else None

    def _at(self, state: State, on: str) -> LiveSite | str:
        """The site at another moment, made once for each state."""
        with self._lock:
            if self._moments.number != state.number:
                self._moments = _Moments(state.number)
            if on not in self._moments.sites:
                made = self._given.on(state.looked, on)
                while len(self._moments.sites) >= _MOMENTS:
                    self._moments.sites.pop(next(iter(self._moments.sites)))
                self._moments.sites[on] = made if isinstance(made, str) else LiveSite(made, self._renders)
            return self._moments.sites[on]

    @staticmethod
    def _then(state: State, site: LiveSite, key: str) -> tuple[bool, bool, str]:
        """Of a page at another moment: whether it is shown as it is now, whether it has errors, what the bar says.

        Errors of its own keep a page from going out at any moment, so it is no page of that day. The bar says which
        moment is shown, and why a page that editors see is not there then.
        """
        library = site.workshop.library
        moment = site.workshop.maker.moment(library.timeline.now).text
        told = f"As patients will see it on {moment}"
        item = state.site.item(key) if state.site else None
        if item is None:
            return False, False, told
        path, read = item.document.path, item.document.header is not None
        if read and not library.shown(item.id):
            return False, False, f"{told}. They will not see this page: it is {library.why_hidden(item.id)}"
        if any(problem.severity is Severity.ERROR for problem in state.by_path.get(path, ())):
            return (
                True,
                True,
                f"{told}. They will not see this page until its errors are mended: it is shown as it is now",
            )
        wrong = any(problem.severity is Severity.ERROR for problem in state.of_page(path))
        return False, wrong, f"{told}, once the errors of the site are mended" if wrong else told


def _without(body: bytes, stylesheet: str) -> str:
    """What tells a page from others, whatever its stylesheet."""
    return Served("", _OF_EDITORS.sub(b"", body).replace(stylesheet.encode(), b""), HTML).digest


def fault_of(error: Exception) -> Fault:
    """A fault of a page that can't be made."""
    if isinstance(error, TemplateProblem):
        return Fault(error.path, error.line, 1, error.sentence, text=_read(error.path))
    if isinstance(error, OSError) and error.filename:
        return Fault(Path(error.filename), 1, 1, "This file can't be read now. Is it still there?")
    return Fault(None, 1, 1, str(error))


def _read(path: Path) -> str:
    try:
        return path.read_bytes()[:1_000_000].decode(errors="replace")
    except OSError:
        return ""
