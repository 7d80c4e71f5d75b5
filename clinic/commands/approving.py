"""`approve`: records that a clinician has read a page and stands behind it. The only writer of content/reviews/."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from clinic.commands.ends import Exit, Misuse, Stopped
from clinic.commands.gathering import Gathered, gather, open_cache, whole
from clinic.commands.saying import complain, say, show_problems
from clinic.commands.settings import ROOT, Settings
from clinic.disk import sync
from clinic.library.audience import Audience
from clinic.library.document import Document
from clinic.library.library import Library
from clinic.library.reviews import months_after, signer
from clinic.model.clock import end_of, written
from clinic.model.kinds import Clinical, Clinician, Kind
from clinic.problems import Severity, nearest
from clinic.problems.catalogue.governance import CHANGED_SINCE
from clinic.signing.fingerprint import code_meant, fingerprint, review_code
from clinic.signing.record import SignOff, read_review, record_path, with_sign_off


def approve(settings: Settings, page: str, *, clinician: str, code: str) -> Exit:
    """Records that a clinician has read a page, if its text is still the one that was read.

    Args:
        settings: where the content is, and the moment.
        page: the page's name, or its file.
        clinician: the name of the clinician who read it.
        code: the review code that the clinician answered with.

    Raises:
        Misuse: there is no such page, clinician or code, or nobody needs to sign the page.
        Stopped: the text has changed since it was read, the page has errors, or the clinician has left.
    """
    with _alone(settings), open_cache(settings) as cache:
        gathered = gather(settings, cache, audience=Audience.EDITORS)
        library = whole(gathered, doing="recorded")
        document, header = _page(library, page)
        _who(library, clinician)
        typed = code_meant(code)
        if typed is None:
            raise Misuse(
                f'"{code}" is no review code. One looks like 7K-Q2F; it stands at the end of the page in the preview.'
            )
        _free_of_errors(library, gathered, document)
        read = fingerprint(document.signed_text)  # of the text itself: `document.fingerprint` may come from the cache
        if typed != review_code(read):
            complain(
                f'{typed} is not the review code of "{document.title}" as it stands now: another text was read, or the '
                "code was misheard. Ask for it again, from the end of the page in the newest preview."
            )
            raise Stopped(Exit.PROBLEMS)
        sign_off = SignOff(by=clinician, date=library.today, fingerprint=read)
        new = _record(settings, library, document, sign_off)
    said = f'{signer(library, clinician)} signed "{document.title}" ({typed}) on {written(sign_off.date)}'
    due = written(months_after(sign_off.date, header.review_every))
    file = _shown(settings.content / record_path(document.id))
    if new:
        say(f"Recorded in {file}: {said}; the next review is due on {due}. Commit that file in your own name.")
    else:
        say(f"Nothing changed: it stands in {file} already that {said}.")
    return Exit.DONE


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Two who approve at once write one after the other, so that neither is lost."""
    settings.cache.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(settings.cache / "approve.lock", timeout=60):
            yield
    except Timeout:
        complain("Somebody else has been recording a sign-off for a minute. Nothing was recorded: try again.")
        raise Stopped(Exit.HELD) from None


def _page(library: Library, name: str) -> tuple[Document, Clinical]:
    """The page that was named, with its header.

    Raises:
        Misuse: there is none, or it is none that is signed.
    """
    slug = Path(name.strip()).name.removesuffix(".md")
    signed = [known for known, each in library.documents.items() if each.kind.clinical]
    document = library.documents.get(slug)
    if document is None:
        close = nearest(slug, signed)
        meant = f" Is {close} meant?" if close else f" There are: {', '.join(sorted(signed)[:10]) or 'none yet'}."
        raise Misuse(f'There is no page called "{slug}".{meant}')
    if not document.kind.clinical:
        raise Misuse(f'"{document.title}" needs no clinician: only conditions and procedures are signed.')
    header = document.header
    if header is not None and header.withdrawn:
        raise Misuse(f'"{document.title}" is withdrawn: patients see none of its text, so there is nothing to sign.')
    # A header that can't be read at all has errors, which are told next.
    return document, header if isinstance(header, Clinical) else Clinical(title="", summary="", author="", sources=())


def _who(library: Library, name: str) -> None:
    """Makes sure that a clinician of that name works here.

    Raises:
        Misuse: there is none.
        Stopped: the clinician has left.
    """
    known = {slug: each for slug, each in library.documents.items() if each.kind is Kind.CLINICIAN}
    if name not in known:
        close = nearest(name, known)
        meant = f" Is {close} meant?" if close else f" There are: {', '.join(sorted(known)) or 'none yet'}."
        raise Misuse(f'There is no clinician called "{name}".{meant}')
    header = known[name].header
    left = header.left if isinstance(header, Clinician) else None
    if left is not None and library.timeline.reached(end_of(left, library.clock)):
        complain(f"{signer(library, name)} has left: the last day here was {written(left)}. Nothing was recorded.")
        raise Stopped(Exit.PROBLEMS)


def _free_of_errors(library: Library, gathered: Gathered, document: Document) -> None:
    """Makes sure that the page has no error but that it is not signed.

    Raises:
        Stopped: it has; its errors are shown.
    """
    errors = [
        problem
        for problem in gathered.problems
        if problem.severity is Severity.ERROR
        and problem.code != CHANGED_SINCE.code
        and library.about(problem.path) is document
    ]
    if errors:
        show_problems(errors, gathered.content.texts)
        complain(f'"{document.title}" has errors. Mend them first: mending may change what was read.')
        raise Stopped(Exit.PROBLEMS)


def _record(settings: Settings, library: Library, document: Document, sign_off: SignOff) -> bool:
    """Writes the record, whole or not at all; False where it says so already.

    Raises:
        Stopped: what would be written could not be read again.
    """
    before = library.material.reviews.get(document.id)
    if before is not None and before.signed[-1] == sign_off:
        return False
    path = record_path(document.id)
    data = with_sign_off(before, sign_off, document.signed_text)
    made, _ = read_review(path, data)
    if not made.usable or made.signed[-1] != sign_off or made.text != document.signed_text:
        show_problems(made.problems, {path: data.decode()})
        complain(f'The text of "{document.title}" can\'t be recorded. Nothing was changed; please report this.')
        raise Stopped(Exit.FAULT)
    file = settings.content / path
    file.parent.mkdir(parents=True, exist_ok=True)
    staged = file.with_name(f".{file.name}.signed~")
    staged.write_bytes(data)
    sync(staged)
    staged.replace(file)
    sync(file.parent)
    return True


def _shown(file: Path) -> str:
    """A file as the user knows it."""
    inside = file.is_relative_to(ROOT)
    return file.relative_to(ROOT).as_posix() if inside else os.fspath(file)
