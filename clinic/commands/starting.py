"""`new`: a file for a new page, with the header and the sections that its kind needs."""

import dataclasses
import os
import unicodedata
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from clinic.commands.ends import Exit, Misuse, Stopped
from clinic.commands.gathering import Gathered, gather, link, open_cache, whole
from clinic.commands.saying import command, complain, say, show_problems
from clinic.commands.saying import count as counted
from clinic.commands.settings import ROOT, Settings
from clinic.content import page_in
from clinic.drafting import Start, draft
from clinic.interface import interface
from clinic.library.audience import Audience
from clinic.library.library import Item, Library
from clinic.library.states import State
from clinic.model.kinds import TOPICS, TYPES, Kind
from clinic.model.values import LANGUAGE
from clinic.privacy import find
from clinic.problems import Severity, nearest
from clinic.rules.drafts import TO_DO
from clinic.rules.sameness import same_title
from clinic.source.names import flaw, suggestion

_LONGEST = 300
_OVER = frozenset({State.ENDED, State.SUPERSEDED})


@dataclass(frozen=True)
class Wanted:
    """What was typed."""

    kind: str
    title: str
    type: str = ""
    """Of a procedure."""
    topic: str = ""
    """Of an announcement."""
    name: str = ""
    """The file's name without its ending; empty to make it from the title."""
    lang: str = ""
    """The language of the page; empty for the clinic's."""


def new(settings: Settings, wanted: Wanted) -> Exit:
    """Writes the file, and prints its path on a line of its own. Nothing is ever overwritten.

    Raises:
        Misuse: there is no such kind, type or topic, or the title or the name can't be used; nothing was written.
        Stopped: clinic.yaml can't be used, or the page would have errors, which are shown; nothing was written.
    """
    kind = _kind(wanted.kind)
    type_ = _chosen(wanted.type, TYPES, option="--type", of=Kind.PROCEDURE, kind=kind)
    topic = _chosen(wanted.topic, TOPICS, option="--topic", of=Kind.ANNOUNCEMENT, kind=kind)
    title = _title(wanted.title)
    with open_cache(settings) as cache:
        gathered = gather(settings, cache, audience=Audience.EDITORS)
    library = whole(gathered, doing="written")
    today = settings.instant(library.clock).astimezone(library.clock).date()
    slug, made_up = _slug(wanted.name, title, f"{kind}-{today.isoformat()}", library, settings.content)
    _refuse_same(kind, title, slug, library)
    own = library.clinic.language
    lang = _language(wanted.lang) or own
    start = Start(kind, title, today, type_, topic, "" if lang == own else lang)
    data = draft(start, library.clinic, interface(lang, settings.theme / "locale")).encode()
    path = f"{kind.folder}/{slug}.md"
    left = _judge(settings, gathered, path, data)
    _create(settings.content / path, data)
    file = settings.content / path
    say(file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.as_posix())
    if made_up:
        say(
            f"The title has no letters from a to z to make an address from, so the page is called {slug}. If you know "
            "a better name, rename the file before patients see it, or give the name with --name."
        )
    say(f"The draft is written, with {counted(left, 'thing')} to fill in. See it while you write: {command('preview')}")
    return Exit.DONE


def _kind(said: str) -> Kind:
    plain = said.strip().casefold()
    known = {kind.value: kind for kind in Kind} | {kind.folder: kind for kind in Kind}
    if plain in known:
        return known[plain]
    if plain in {"location", "locations"}:
        raise Misuse("A location has no file of its own: write it into clinic.yaml, below locations.")
    close = nearest(plain, known)
    meant = f"Did you mean {known[close]}? " if close else ""
    raise Misuse(f'There is no kind "{_short(said)}". {meant}Choose one of: {", ".join(Kind)}.')


def _chosen(said: str, choices: tuple[str, ...], *, option: str, of: Kind, kind: Kind) -> str:
    """The word that an option says, which one kind alone has; empty where nothing is said."""
    plain = said.strip().casefold()
    if not plain:
        return ""
    if kind is not of:
        raise Misuse(f"{option} is for {of.folder} only: leave it out.")
    if plain not in choices:
        close = nearest(plain, choices)
        meant = f"Did you mean {close}? " if close else ""
        raise Misuse(f'{option} can\'t be "{_short(said)}". {meant}Choose one of: {", ".join(choices)}.')
    return plain


def _language(said: str) -> str:
    """The code of a language that an option says, as a header may have it; empty where nothing is said."""
    code = said.strip()
    if code and not LANGUAGE.pattern.fullmatch(code):
        raise Misuse(f'--lang can\'t be "{_short(said)}". Write the code of a language, such as es.')
    return code


def _short(text: str) -> str:
    return "".join(each for each in text if each.isprintable())[:60]


def _title(said: str) -> str:
    """The title as the header will be read: on one line, in Unicode's composed form."""
    title = unicodedata.normalize("NFC", " ".join(said.split()))
    if not title:
        raise Misuse(f'A page needs a title, in quotes: {command("new")} page "Parking"')
    if len(title) > _LONGEST:
        raise Misuse(f"This title has {len(title)} letters. It may have {_LONGEST}; about 60 are read.")
    if any("\ud800" <= each <= "\udfff" for each in title):
        raise Misuse("This title holds a letter that can't be read. Type it again.")
    _refuse_private(title)
    return title


def _refuse_private(text: str) -> None:
    """Refuses what looks like a patient's details before it is in any file, message or name of a file.

    Raises:
        Misuse: it does; the sentence does not repeat it.
    """
    if find(text) or find(text.replace("-", " ")):
        raise Misuse(
            "This looks like a patient's own details, such as a record number or a birth date. Leave them out."
        )


def _slug(name: str, title: str, otherwise: str, library: Library, content: Path) -> tuple[str, bool]:
    """The name of the file without its ending, and whether it was made up because the title gave none."""
    if name:
        said = name.strip().removesuffix(".md")
        _refuse_private(said)
        if wrong := flaw(said, slug=True):
            raise Misuse(f'A page can\'t be called "{_short(said)}": {wrong}. Try {suggestion(said, ending="")}.')
        return said, False
    nothing, made = suggestion("", ending=""), suggestion(title, ending="")
    if made != nothing or nothing in title.casefold():
        return made, False
    taken = {document.id for document in library.material.documents}
    names = chain([otherwise], (f"{otherwise}-{number}" for number in count(2)))
    free = (each for each in names if each not in taken and not any(content.glob(f"*/{each}.md")))
    return next(free), True


def _refuse_same(kind: Kind, title: str, slug: str, library: Library) -> None:
    """Refuses a page that is there already, under this name or one that patients would take for the same.

    Raises:
        Misuse: there is one; its file is named.
    """
    for document in library.material.documents:
        if document.id == slug:
            raise Misuse(
                f'There is a page called "{slug}" already: {document.path} ("{document.title}"). Change that one, or '
                "give yours a title that tells the two apart, or another name with --name."
            )
    for _, item in sorted(library.items.items()):
        if kind is Kind.CLINICIAN and item.kind is kind:
            continue  # two people may have nearly the same name
        if _compared(item) and _alike(title, slug, item):
            raise Misuse(
                f'"{_short(title)}" is nearly the same as "{item.document.title}" ({item.document.path}): patients '
                "could take one for the other. Change that page, or choose a title that tells the two apart."
            )


def _compared(item: Item) -> bool:
    """Whether patients can meet a page beside a new one: last year's notice of the same name is no mistake."""
    return item.state not in _OVER


def _alike(title: str, slug: str, item: Item) -> bool:
    other = item.document
    return same_title(title, other.title) or same_title(slug.replace("-", " "), other.id.replace("-", " "))


def _judge(settings: Settings, gathered: Gathered, path: str, data: bytes) -> int:
    """How many things the new page leaves to be filled in, when nothing is wrong with it.

    Raises:
        Stopped: something is; it is shown.
    """
    material = gathered.content.material
    if material is None:  # `whole` has seen to it
        return 0
    document = page_in(path, data, material.lists)
    grown = dataclasses.replace(material, documents=(*material.documents, document))
    after = link(settings, dataclasses.replace(gathered.content, material=grown), audience=Audience.EDITORS)
    fresh = set(after.problems).difference(gathered.problems)
    wrong = sorted((one for one in fresh if one.severity is Severity.ERROR), key=lambda one: one.order)
    if wrong:
        show_problems(wrong, {**gathered.content.texts, path: document.text})
        complain("Nothing was written: the new page would have the problems above. Choose another title or name.")
        raise Stopped(Exit.PROBLEMS)
    return sum(one.code in TO_DO and one.path == path for one in fresh)


def _create(file: Path, data: bytes) -> None:
    """Puts the whole file in its place at once, if the place is free.

    Raises:
        Misuse: it is not.
        OSError: the folder can't be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    staged = file.with_name(f".{file.name}.{os.getpid()}~")
    staged.write_bytes(data)
    try:
        try:
            os.link(staged, file)
        except FileExistsError:
            raise
        except OSError:  # a disk without links: the place is taken first, then filled
            with file.open("xb") as out:
                out.write(data)
    except FileExistsError:
        raise Misuse(f"{file.name} is there already: nothing was written. Give your page another name.") from None
    finally:
        staged.unlink(missing_ok=True)
