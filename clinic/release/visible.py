"""What the public address really sends, looked at as a stranger does."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from clinic.manifest import File, Manifest
from clinic.release.graph import HOME
from clinic.release.state import HEAD
from clinic.release.visitor import Answer, Visit

Found = Literal["good", "wrong", "unknown"]
NOT_FOUND: Final = "404.html"
_DENIED: Final = frozenset({401, 403, 404, 410})


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked at, what was found, and what to do where it isn't good."""

    name: str
    found: Found
    says: str
    do: str = ""


def look(address: str, live: Manifest, visit: Visit, expected: Mapping[str, str]) -> Iterator[Check]:
    """Asks the address for the home page, a page in a folder, a page that isn't there, and for the notes.

    Args:
        address: where visitors see the site, without a slash at its end.
        live: what was released last.
        visit: asks.
        expected: the headers that a server in front has to add.
    """
    home = visit(f"{address}/")
    if home is None:
        yield Check(
            "public address",
            "wrong",
            f"{address}/ does not answer.",
            "Look whether the address is right, and whether the bucket or the server in front of it is public.",
        )
        return
    yield _encrypted(address)
    yield from _page(home, HOME, f"{address}/", live, "public address")
    inside = next((key for key in sorted(live.files) if key.endswith(f"/{HOME}")), None)
    if inside is not None:
        yield from _inside(address, inside, live, visit)
    yield from _missing(address, live, visit)
    yield _notes(f"{address}/{HEAD}", visit)
    yield from _headers(home, expected)


def _encrypted(address: str) -> Check:
    if address.startswith("https://"):
        return Check("encryption", "good", "Visitors are served over an encrypted line.")
    return Check(
        "encryption",
        "wrong",
        "Visitors are served in the open: anybody on the way can read what they read, and change it.",
        "Put a CDN or a server with a certificate in front. The website addresses of Amazon S3 have none.",
    )


def _page(answer: Answer, key: str, address: str, live: Manifest, name: str) -> Iterator[Check]:
    file = live.files.get(key)
    if file is None:
        return
    if answer.status != 200:
        yield Check(name, "wrong", f"{address} answers {answer.status} and not with the page.", _WAYS)
    elif hashlib.sha256(answer.body).hexdigest() != file.sha256:
        yield Check(
            name,
            "wrong",
            f"{address} answers with something else than was released.",
            "A cache may keep the page before for a minute: ask again. Else the address shows another place, or a "
            "server in between changes pages (switch that off).",
        )
    else:
        yield Check(name, "good", f"{address} shows what was released.")
        yield from _told(answer, file)


def _told(answer: Answer, file: File) -> Iterator[Check]:
    for header, meant in (("content-type", file.content_type), ("cache-control", file.cache_control)):
        said = answer.headers.get(header, "")
        if said.replace(" ", "").lower() != meant.replace(" ", "").lower():
            yield Check(
                header,
                "wrong",
                f'The home page is sent with {header} "{said}", and it was released with "{meant}".',
                "Let the server in front pass on what the store says.",
            )


_WAYS = (
    "Let the address of a folder be answered by its index.html: the store's setting for a website, or the server in "
    "front. docs/publishing.md says how for each cloud."
)


def _inside(address: str, key: str, live: Manifest, visit: Visit) -> Iterator[Check]:
    shown = f"{address}/{key.removesuffix(HOME)}"
    answer = visit(shown)
    if answer is None:
        yield Check("index documents", "unknown", f"{shown} does not answer.", "Ask again.")
        return
    yield from (one for one in _page(answer, key, shown, live, "index documents") if one.name == "index documents")


def _missing(address: str, live: Manifest, visit: Visit) -> Iterator[Check]:
    answer = visit(f"{address}/{secrets.token_hex(8)}/")
    do = f"Let the store or the server in front answer with {NOT_FOUND} and the status 404."
    if answer is None:
        yield Check("not found", "unknown", "An address that is not there gets no answer.", "Ask again.")
    elif answer.status != 404:
        why = "search engines would keep it as a page" if answer.status == 200 else "people see a page of the store"
        yield Check("not found", "wrong", f"An address that is not there answers {answer.status}: {why}.", do)
    elif NOT_FOUND in live.files and hashlib.sha256(answer.body).hexdigest() != live.files[NOT_FOUND].sha256:
        yield Check(
            "not found", "wrong", "An address that is not there is not answered with the clinic's own page.", do
        )
    else:
        yield Check("not found", "good", "An address that is not there answers 404 with the clinic's own page.")


def _notes(address: str, visit: Visit) -> Check:
    answer = visit(address)
    if answer is not None and answer.status == 200 and b'"epoch"' in answer.body:
        return Check(
            "notes",
            "wrong",
            "Anybody can read the notes of the releases, with pages that were taken down.",
            "Deny reading of .state/ to the public, or give the notes a place of their own with state= in the target.",
        )
    if answer is not None and answer.status in _DENIED:
        return Check("notes", "good", "A stranger can't read the notes of the releases.")
    told = "no answer" if answer is None else f"the answer {answer.status}, but not with them"
    return Check(
        "notes", "unknown", f"A stranger who asks for the notes gets {told}.", "Look at that address yourself."
    )


def _headers(home: Answer, expected: Mapping[str, str]) -> Iterator[Check]:
    if not expected:
        return
    # A stricter value is as good: what counts is that the browser is told at all.
    missing = [name for name in expected if name.lower() not in home.headers]
    if missing:
        yield Check(
            "security headers",
            "wrong",
            f"The home page comes without {', '.join(missing)}.",
            "A bucket can't send these: the task headers writes the settings for a server or CDN in front.",
        )
    else:
        yield Check("security headers", "good", "The server in front sends the security headers.")
