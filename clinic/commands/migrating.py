"""`migrate`: a stock Pelican site becomes content of ours, whole or not at all, and nothing is ever overwritten."""

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from clinic.cache import Cache
from clinic.commands.ends import Exit, Misuse, Stopped
from clinic.commands.gathering import Gathered, gather, link, open_cache, whole
from clinic.commands.saying import command, complain, count, say
from clinic.commands.settings import ROOT, Settings
from clinic.library.audience import Audience
from clinic.migrating.notes import Note, report
from clinic.migrating.pages import Moved, NewPage, list_page, move
from clinic.migrating.site import NoSiteError, OldSite, read_site
from clinic.model.kinds import RESERVED
from clinic.owed import Debt, mark, read_debts, written_debts
from clinic.problems import Problem, Severity
from clinic.problems.catalogue.pictures import UNUSED
from clinic.problems.catalogue.relations import ALIAS_IS_PAGE, ALIAS_TWICE, NO_SUCH_ANCHOR
from clinic.rules.debts import body_mark, lack_of
from clinic.source.places import CLINIC, DEBT, KINDS

REPORT = "migrate-report"
_ROUNDS = 12
_NO_LINKS = {errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
"""What a disk says that can't give a file a second name."""

_STAND_IN = Path(__file__).parents[1] / "lists" / "stand-in.yaml"
"""A clinic for checking pages of a folder that has no clinic.yaml yet. It is written nowhere."""

_ANCHOR = re.compile(r"#[^\s)>\"']+")


@dataclass
class _Trial:
    """What a round of checking found out about the new pages."""

    debts: dict[str, Debt] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    """Paths of pages that patients don't see, so that nothing may link to them."""
    errors: tuple[Problem, ...] = ()
    gathered: Gathered | None = None


def migrate(settings: Settings, folder: Path | str, *, into: str = "") -> Exit:
    """Brings the site in a folder into the content folder, and writes what could not be decided into a report.

    Args:
        settings: where the content folder is.
        folder: the earlier site.
        into: another content folder.

    Raises:
        Misuse: there is no such site, or the folders lie in each other.
        Stopped: files of the content folder are in the way, or clinic.yaml can't be used; nothing was written.
        OSError: the disk is full, or may not be written; nothing was written.
    """
    if into:
        settings = replace(settings, content=Path(os.path.abspath(into)))  # noqa: PTH100 - as other options are read
    target, folder = settings.content, Path(folder)
    _apart(folder, target)
    try:
        site = read_site(folder)
    except NoSiteError as error:
        raise Misuse(str(error)) from error
    with open_cache(settings) as cache, _staged(target) as stage:
        moved = _moved(settings, cache, site, stage)
        trial = _tried(settings, cache, moved, stage)
        new = {page.path: page.text.encode() for page in moved.pages} | moved.files
        fresh = _free(target, new)
        if not fresh:
            say(f"Nothing was written: everything of {_shown(site.root)} is in {_shown(target)} already.")
            return Exit.PROBLEMS if site.left_out or trial.errors else Exit.DONE
        notes = [*moved.notes, *_of_pages(moved, trial), *_of_errors(moved, trial)]
        _write(stage, target, fresh, [debt for path, debt in trial.debts.items() if path in fresh])
        where = _report(target, report(moved.brought, notes))
    held = {problem.path for problem in trial.errors}
    _say(site, moved, fresh, held, where)
    return Exit.PROBLEMS if site.left_out or held else Exit.DONE


def _say(site: OldSite, moved: Moved, fresh: Mapping[str, bytes], held: set[str], where: Path) -> None:
    drafts = sum(page.fields.get("status") == "draft" for page in moved.pages if page.path in fresh)
    pages = sum(page.path in fresh for page in moved.pages)
    parts = [f"{count(pages, 'page')} and {count(len(fresh) - pages, 'file')} brought in"]
    parts += [f"{count(drafts, 'page')} of them as drafts"] if drafts else []
    parts += [f"{count(len(held), 'page')} held back until mended"] if held else []
    parts += [f"{count(len(site.left_out), 'file')} left out"] if site.left_out else []
    say(f"{', '.join(parts)}. What to look at, file by file, is in {_shown(where)}.")
    say(f"Then see all problems with {command('check')}, and the site with {command('preview')}.")


def _apart(folder: Path, target: Path) -> None:
    """Refuses folders that lie in each other: a site can't be read while it is written."""
    old, new = Path(os.path.realpath(folder)), Path(os.path.realpath(target))
    if old == new or new.is_relative_to(old / "content") or old.is_relative_to(new):
        raise Misuse(f"{folder} and {target} are one folder, or lie in each other. Name another one with --into.")


@contextmanager
def _staged(target: Path) -> Iterator[Path]:
    """A folder beside the content folder that holds what that one holds, for as long as it is needed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    above = Path(tempfile.mkdtemp(prefix=f".{target.name}-", suffix="~", dir=target.parent))
    try:
        stage = above / "content"
        if target.is_dir():
            shutil.copytree(target, stage, symlinks=True, copy_function=_linked)
        stage.mkdir(exist_ok=True)
        yield stage
    finally:
        shutil.rmtree(above, ignore_errors=True)


def _linked(origin: str, copy: str) -> str:
    """The same file under a second name, where the disk can do that; else a copy."""
    try:
        os.link(origin, copy, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(origin, copy, follow_symlinks=False)
    return copy


def _put(file: Path, data: bytes) -> None:
    """Writes a file of the stage, which may share its bytes with one of the content folder, as a new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_bytes(data)


def _moved(settings: Settings, cache: Cache, site: OldSite, stage: Path) -> Moved:
    """Where everything goes, by what the content folder says of the clinic."""
    if not (stage / CLINIC).exists():
        _put(stage / CLINIC, _STAND_IN.read_bytes())
        site.notes.append(
            Note(CLINIC, 0, "The content folder has no clinic.yaml yet.", "Write it first: docs/editing.md shows one.")
        )
    before = gather(replace(settings, content=stage, stated=()), cache, audience=Audience.PATIENTS)
    library = whole(before, doing="brought in")
    marks = {mark(page.body) for page in site.pages}
    taken = {slug for slug, each in library.documents.items() if slug in RESERVED and body_mark(each) not in marks}
    today = settings.instant(library.clock).astimezone(library.clock).date()
    return move(site, library.clinic, taken, today, stage)


def _tried(settings: Settings, cache: Cache, moved: Moved, stage: Path) -> _Trial:
    """The new pages as `publish` will see them, mended where they fail by what the move did to them alone."""
    trial = _Trial()
    staged = replace(settings, content=stage, stated=())
    before = read_debts((stage / DEBT).read_bytes())[0].pages if (stage / DEBT).is_file() else ()
    for path, data in moved.files.items():
        _put(stage / path, data)
    own = list(moved.pages)
    for _ in range(_ROUNDS):
        listing = list_page(moved, trial.hidden)
        moved.pages = [*own, *([listing] if listing else [])]
        for page in moved.pages:
            _put(stage / page.path, page.text.encode())
        debts = {debt.page: debt for debt in before} | trial.debts
        if debts:
            _put(stage / DEBT, written_debts(debts.values()))
        found = _checked(staged, cache, moved, trial)
        if found.debts != trial.debts:  # what is owed holds nothing back: only then is it known what does
            trial = _Trial(found.debts, trial.hidden)
            continue
        mended = _mend(moved, own, found)
        same = found.hidden == trial.hidden
        trial = found
        if same and not mended:
            break
    return trial


def _checked(settings: Settings, cache: Cache, moved: Moved, before: _Trial) -> _Trial:
    """What `publish` would say of the new pages on the first day."""
    gathered = gather(settings, cache, audience=Audience.PATIENTS)
    library = whole(gathered, doing="brought in")
    mine = {page.path for page in moved.pages}
    debts = dict(before.debts)
    for path in sorted(mine):
        document = library.by_path[path]
        lacks = tuple(dict.fromkeys(filter(None, (lack_of(each) for each in gathered.problems if each.path == path))))
        if lacks and document.header is not None:
            known = debts[path].lacks if path in debts else ()
            debts[path] = Debt(page=path, text=body_mark(document), lacks=tuple(dict.fromkeys((*known, *lacks))))
    absent: frozenset[str] = frozenset()
    while True:
        errors = tuple(one for one in gathered.problems if one.path in mine and one.severity is Severity.ERROR)
        out = {library.by_path[one.path].id for one in errors if not lack_of(one)} | absent
        if out == absent:
            break
        absent = frozenset(out)
        gathered = link(settings, gathered.content, audience=Audience.PATIENTS, absent=absent)
        library = whole(gathered, doing="brought in")
    hidden = frozenset(path for path in mine if not library.public(library.by_path[path].id))
    return _Trial(debts, hidden, tuple(one for one in errors if not lack_of(one)), gathered)


def _mend(moved: Moved, own: list[NewPage], trial: _Trial) -> bool:
    """Takes back what the move can't do: an address that is taken, an anchor that is not there."""
    by_path = {page.path: page for page in own}
    mended = False
    for problem in sorted(trial.gathered.problems if trial.gathered else (), key=lambda one: one.order, reverse=True):
        page = by_path.get(problem.path)
        if problem.code in {ALIAS_IS_PAGE.code, ALIAS_TWICE.code} and trial.gathered is not None:
            mended |= _without_alias(moved, own, trial.gathered, problem)
        elif problem.code == NO_SUCH_ANCHOR.code and page is not None:
            mended |= _without_anchor(moved, page, problem)
    return mended


def _without_alias(moved: Moved, own: list[NewPage], gathered: Gathered, problem: Problem) -> bool:
    """Takes an old address that something else holds out of the new pages, the page of old articles among them."""
    rows = gathered.content.texts.get(problem.path, "").split("\n")
    span = problem.span
    address = rows[span.line - 1][span.column - 1 : span.end_column - 1].strip("\"' ") if span.line <= len(rows) else ""
    if not address or address.casefold() in moved.refused:
        return False
    moved.refused.add(address.casefold())
    for page in own:
        kept = tuple(each for each in page.fields["aliases"] if each.casefold() != address.casefold())
        if page.old is not None and len(kept) != len(page.fields["aliases"]):
            page.fields["aliases"] = kept
            moved.notes.append(Note(page.old.path, 0, f"Its old address {address} can't be kept: {problem.message}"))
    return True


def _without_anchor(moved: Moved, page: NewPage, problem: Problem) -> bool:
    """Takes the anchor out of a link whose page has none of that name: the link leads to the top of that page."""
    rows = page.body.split("\n")
    at = problem.span.line - page.body_line
    if not 0 <= at < len(rows) or page.old is None:
        return False
    start = problem.span.column - 1
    found = _ANCHOR.search(rows[at], start)
    if found is None:
        return False
    line = at + page.old.header.body_line
    moved.notes.append(
        Note(page.old.path, line, f"The place {found[0]} is not on that page: the link leads to its top now.")
    )
    rows[at] = rows[at][: found.start()] + rows[at][found.end() :]
    page.body = "\n".join(rows)
    return True


def _of_pages(moved: Moved, trial: _Trial) -> Iterator[Note]:
    """What was noted of the pages themselves, and what they still lack."""
    for page in moved.pages:
        if page.old is None:
            continue
        yield from page.old.notes
        debt = trial.debts.get(page.path)
        if debt:
            lacks = ", ".join(debt.lacks[:8]) + (" and more" if len(debt.lacks) > 8 else "")
            do = "It is published all the same; it is asked for once its text changes."
            yield Note(page.old.path, 0, f"It still lacks (see {DEBT}): {lacks}.", do)


def _of_errors(moved: Moved, trial: _Trial) -> Iterator[Note]:
    """What holds new pages back, at its line of the old file; and what is to be said of the files."""
    pages = {page.path: page for page in moved.pages if page.old}
    for problem in trial.errors:
        page = pages.get(problem.path)
        if page is None or page.old is None:
            continue
        line = (
            problem.span.line - page.body_line + page.old.header.body_line if problem.span.line >= page.body_line else 0
        )
        yield Note(
            page.old.path, line, f"{problem.code}: {problem.message}", f"{problem.hint} Until then it is held back."
        )
    origins = {new: old for old, new in moved.brought if new in moved.files}
    for problem in trial.gathered.problems if trial.gathered else ():
        if problem.path in origins and problem.code != UNUSED.code:
            yield Note(origins[problem.path], 0, f"{problem.code}: {problem.message}", problem.hint)


def _free(target: Path, new: Mapping[str, bytes]) -> dict[str, bytes]:
    """What is not there yet.

    Raises:
        Stopped: other files are in the way; they are named.
    """
    there = {path.relative_to(target).as_posix().lower(): path for path in target.rglob("*")} if target.is_dir() else {}
    pages = {path.stem: path for kind in KINDS for path in sorted((target / kind).rglob("*.md"))}
    fresh = {path: data for path, data in new.items() if path.lower() not in there}
    other = [
        there[path.lower()]
        for path, data in new.items()
        if path not in fresh and not (there[path.lower()].is_file() and there[path.lower()].read_bytes() == data)
    ]
    # A name is a page's own across all kinds: two of one name would hold each other back.
    slugs = [PurePosixPath(path).stem for path in fresh if path.endswith(".md")]
    other += [pages[slug] for slug in slugs if slug in pages]
    if other:
        complain("Nothing was written. These are there already, and migrate overwrites nothing:")
        for file in other[:20]:
            complain(f"  {_shown(file)}")
        if len(other) > 20:
            complain(f"  and {len(other) - 20} more")
        complain("Move them away or rename them, or bring the site into another folder with --into.")
        raise Stopped(Exit.PROBLEMS)
    return fresh


def _write(stage: Path, target: Path, fresh: Iterable[str], debts: list[Debt]) -> None:
    """Writes everything, or nothing where something fails."""
    made: list[Path] = []
    file = target / DEBT
    before = file.read_bytes() if file.is_file() else None
    try:
        target.mkdir(parents=True, exist_ok=True)
        if debts:
            old = read_debts(before)[0].pages if before is not None else ()
            all_ = {debt.page: debt for debt in (*old, *debts)}
            _replace(file, written_debts(all_.values()))
        for path in sorted(fresh):
            new = target / path
            new.parent.mkdir(parents=True, exist_ok=True)
            _settle(stage / path, new)
            made.append(new)
    except BaseException:
        for each in made:
            each.unlink(missing_ok=True)
        if before is not None:
            _replace(file, before)
        else:
            file.unlink(missing_ok=True)
        raise


def _settle(staged: Path, new: Path) -> None:
    """Puts a whole file in its place at once, if the place is free.

    Raises:
        FileExistsError: it is not.
        OSError: the disk can't take it.
    """
    try:
        os.link(staged, new)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        with new.open("xb") as out:
            out.write(staged.read_bytes())


def _replace(file: Path, data: bytes) -> None:
    staged = file.with_name(f".{file.name}.migrated~")
    staged.write_bytes(data)
    staged.replace(file)


def _report(target: Path, text: str) -> Path:
    """Writes the report beside the content folder, under a name that is free."""
    number = 1
    while True:
        file = target.parent / (f"{REPORT}.md" if number == 1 else f"{REPORT}-{number}.md")
        try:
            with file.open("x", encoding="utf-8") as out:
                out.write(text)
        except FileExistsError:
            number += 1
        else:
            return file


def _shown(file: Path) -> str:
    """A file as the user knows it."""
    return file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else os.fspath(file)
