"""What a release changes for patients, page by page, as Markdown: for the comment on a pull request.

Whatever comes from a file stands in code, where no mark, mention or link means anything.
"""

import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

from clinic.commands.publishing import Ready
from clinic.commands.saying import count
from clinic.commands.visible import visible_lines
from clinic.health.saying import hidden_words, masking
from clinic.library.addresses import address_of, key_of
from clinic.library.document import Document
from clinic.library.reviews import Standing
from clinic.library.states import State
from clinic.release import Action, Foresight, ReleaseStopped, Target
from clinic.release.graph import HOME
from clinic.signing.changes import Stretch, changes

MOST_LINES = 40
"""How many lines of one page's difference are shown."""
LONGEST = 1_000
"""How much of one line."""
MOST_LETTERS = 45_000
"""How long it all may be: a comment holds 65,536 letters."""

_FENCE = "~~~~~~~~~~"
_SIGNS = {"same": " ", "gone": "-", "new": "+"}
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def page_by_page(ready: Ready, foresight: Foresight, target: Target) -> str:
    """All of it. Pages of which only what stands around their words differs are counted, not named."""
    teller = _Teller(ready, target)
    parts = [*teller.held(), *teller.written(foresight.plan.writes), *teller.gone(foresight.plan.deletes)]
    text = "**What changes for patients**\n\n"
    for number, part in enumerate(parts):
        if len(text) + len(part) > MOST_LETTERS:
            text += f"And {count(len(parts) - number, 'more page')}.\n"
            break
        text += part
    if not parts:
        text += "No page says anything else than before.\n"
    if teller.around:
        differ = "page differs" if teller.around == 1 else "pages differ"
        text += f"\n{teller.around} {differ} only around the words of the page: banner, menu, footer or looks.\n"
    return text


def _written_by_somebody(action: Action) -> bool:
    """Whether a page has words of its own: lists follow the pages that they name. Home shows both."""
    return action.file.role == "page" or action.key == HOME


class _Teller:
    """Tells of single pages."""

    def __init__(self, ready: Ready, target: Target) -> None:
        self.around = 0
        self._ready, self._target = ready, target
        library = ready.library
        self._pages = {key_of(item.address): item for item in library.items.values()}
        self._mask: Callable[[str], str] = masking(hidden_words(ready.gathered.problems, ready.gathered.content.texts))

    def held(self) -> Iterator[str]:
        """The pages that are held back, each with its reason."""
        for key, reason in self._ready.build.held.items():
            if key in self._pages:
                document = self._pages[key].document
                told = self._block([reason]) + self._since_signed(document)
                yield self._part("Held back", document.title, key, told, "Patients don't get this version:")

    def _since_signed(self, document: Document) -> str:
        """What changed in a page since it was signed, where that is what holds it back."""
        review = self._ready.library.reviews.get(document.id)
        if review is None or review.record is None or review.standing is not Standing.CHANGED:
            return ""
        return self._difference(changes(review.record.text, document.signed_text))

    def written(self, writes: tuple[Action, ...]) -> Iterator[str]:
        """The pages that are new, and those of which something else can be read."""
        for action in writes:
            if not _written_by_somebody(action):
                continue
            if action.kind == "new page":
                yield self._part("New", action.title, action.key)
                continue
            part = self._changed(action)
            self.around += not part
            if part:
                yield part

    def gone(self, deletes: tuple[Action, ...]) -> Iterator[str]:
        """The pages that will be deleted."""
        for action in deletes:
            if _written_by_somebody(action):
                yield self._part("Gone", action.title, action.key)

    def _changed(self, action: Action) -> str:
        """A page of which patients could read another version; empty where its words are the same."""
        item = self._pages.get(action.key)
        what = "Withdrawn" if item is not None and item.state is State.WITHDRAWN else "Changed"
        before = self._live(action.key)
        if before is None:
            return self._part(what, action.title, action.key, note="The version that is live could not be read.")
        after = Path(self._ready.build.output, *action.key.split("/")).read_bytes()
        stretches = changes(visible_lines(before), visible_lines(after))
        return self._part(what, action.title, action.key, self._difference(stretches)) if stretches else ""

    def _live(self, key: str) -> bytes | None:
        try:
            found = self._target.store.get(key)
        except ReleaseStopped:
            return None
        return found.body if found else None

    def _difference(self, stretches: tuple[Stretch, ...]) -> str:
        lines = [
            f"{_SIGNS[line.sort]} {textwrap.shorten(line.text, LONGEST, placeholder=' …')}"
            for stretch in stretches
            for line in stretch.lines
        ]
        more = len(lines) - MOST_LINES
        return self._block(
            [*lines[:MOST_LINES], *([f"  … and {count(more, 'more line')}"] if more > 0 else [])], "diff"
        )

    def _part(self, what: str, title: str, key: str, block: str = "", note: str = "") -> str:
        told = f" {note}" if note else ""
        return f"- **{what}**: {self._code(title)}, {self._code(address_of(key))}.{told}\n{block}"

    def _block(self, lines: list[str], language: str = "text") -> str:
        """Lines in a fence that none of them can end, as part of an item."""
        plain = (_UNSEEN.sub(" ", self._mask(line)).replace("~~~~", "----") for line in lines)
        return "\n".join(["", f"  {_FENCE}{language}", *(f"  {line}" for line in plain), f"  {_FENCE}", "", ""])

    def _code(self, text: str) -> str:
        """A text as code on one line."""
        plain = " ".join(_UNSEEN.sub(" ", self._mask(text)).replace("`", "'").split())
        return f"`{plain}`"
