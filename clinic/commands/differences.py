"""What changed in pages since a clinician signed them, for those who read them again."""

from collections.abc import Iterable, Iterator

from clinic.commands.saying import command
from clinic.library.library import Library
from clinic.library.reviews import Standing, signer
from clinic.model.clock import written
from clinic.signing.changes import as_text, changes


def since_signed(library: Library, ids: Iterable[str]) -> Iterator[str]:
    """For each of these pages that is no longer what was signed: what was, and what stands there now."""
    for slug in ids:
        review = library.reviews.get(slug)
        if review is None or review.record is None or review.last is None or review.standing is not Standing.CHANGED:
            continue
        document, last = library.documents[slug], review.last
        yield (
            f'What changed in "{document.title}" since {signer(library, last.by)} signed it on {written(last.date)} '
            f"(- signed, + now):\n{as_text(changes(review.record.text, document.signed_text))}\n"
            f"Whoever has read it in the preview answers with its review code: {command('approve')} records that."
        )
