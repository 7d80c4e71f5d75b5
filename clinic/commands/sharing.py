"""`share`: a preview of a branch at an address that nobody can guess, kept out of search engines.

It is no access control: whoever has the address can read it, and may pass it on.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit, urlunsplit

import msgspec

from clinic.commands.building import write_for_editors
from clinic.commands.ends import Exit, Misuse
from clinic.commands.gathering import gather, open_cache, whole
from clinic.commands.publishing import Asked, target_of, terms
from clinic.commands.saying import say
from clinic.commands.settings import Settings
from clinic.manifest import File, Manifest
from clinic.output import Output
from clinic.release import Lift
from clinic.release.protocol import release
from clinic.release.stops import BuildChanged
from clinic.release.wish import BuiltFiles, Wish

SECRET = "PREVIEW_SECRET"  # noqa: S105 - the name of the variable, not what it holds
SHORTEST = 16
"""Letters that the secret must have: with fewer, addresses could be guessed after all."""

_MEANT: frozenset[Lift] = frozenset(
    {"--allow-empty", "--allow-deletes", "--allow-vanished", "--allow-older", "--allow-samples", "--force", "--resume"}
)
"""Guards of a site that patients read: a preview follows its branch, wherever that goes."""

_HEAD = re.compile(rb"<head\b[^>]*>", re.IGNORECASE)
_UNLISTED = b'<meta name="robots" content="noindex, nofollow">'


@dataclass(frozen=True, slots=True)
class Unlisted:
    """The files of a build, every page of which asks search engines to leave it out."""

    built: BuiltFiles
    originals: Mapping[str, File]

    def read(self, key: str, file: File) -> bytes:
        """The bytes of `key`.

        Raises:
            BuildChanged: they aren't those of the manifest.
        """
        body = unlisted(self.built.read(key, self.originals[key]), file.content_type)
        if hashlib.sha256(body).hexdigest() != file.sha256:
            raise BuildChanged(f"{key} changed while it was read. Run the same command again.")
        return body


def share(settings: Settings, branch: str, environment: Mapping[str, str] = os.environ) -> Exit:
    """Builds the site as editors see it and releases it below a folder that only the secret gives the name of.

    Args:
        settings: the content; `target` and `url` are those that the folders of all branches lie below.
        branch: the name of the branch.
        environment: where the secret is.

    Raises:
        Misuse: the branch, the secret, the target or the address is missing.
        Stopped, ReleaseStopped, …: see `clinic.commands.running`.
    """
    folder = folder_of(branch, environment.get(SECRET, ""))
    if not settings.target or not settings.url:
        raise Misuse("A preview needs a place of its own: say which with --target and --url.")
    url = f"{settings.url.rstrip('/')}/{folder}/"
    settings = replace(settings, url=url, target=below(settings.target, folder))
    target = target_of(settings)
    output = Output(settings.output, settings.cache)
    output.check(settings.content)
    with open_cache(settings) as cache, output.held():
        gathered = gather(settings, cache)
        library = whole(gathered, doing="shared")
        written = write_for_editors(settings, gathered, output, cache)
        built = BuiltFiles(output.folder)
        manifest = _unlisted(written.manifest, built)
        wish = Wish(manifest, Unlisted(built, written.manifest.files), moment=library.timeline.now)
        outcome = release(lambda _head, _version: wish, terms(target, Asked(wait=120.0, lifted=_MEANT)))
    say(outcome.sentence)
    say(f"The preview: {url}")
    return Exit.FAULT if any(finding.wrong for finding in outcome.findings) else Exit.DONE


def folder_of(branch: str, secret: str) -> str:
    """The folder of a branch: always the same one, and without the secret nobody finds it.

    Raises:
        Misuse: the branch has no name, or the secret is missing or too short.
    """
    if not branch.strip():
        raise Misuse("A preview is of a branch: name it with --branch.")
    if len(secret) < SHORTEST:
        raise Misuse(f"Set {SECRET} to a secret of at least {SHORTEST} letters: the preview's address is made from it.")
    return hmac.new(secret.encode(), branch.encode(), hashlib.sha256).hexdigest()[:32]


def below(target: str, folder: str) -> str:
    """The target that lies in that folder of another."""
    if "://" not in target:
        return (PurePosixPath(target) / folder).as_posix()
    parts = urlsplit(target)
    path = f"{parts.path.rstrip('/')}/{folder}/"
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, parts.fragment))


def unlisted(body: bytes, content_type: str) -> bytes:
    """A page that asks search engines to leave it out; any other file as it is."""
    if not content_type.startswith("text/html"):
        return body
    return _HEAD.sub(lambda found: found[0] + b"\n" + _UNLISTED, body, count=1)


def _unlisted(manifest: Manifest, built: BuiltFiles) -> Manifest:
    files = {}
    for key, file in manifest.files.items():
        body = unlisted(built.read(key, file), file.content_type)
        files[key] = msgspec.structs.replace(file, sha256=hashlib.sha256(body).hexdigest(), size=len(body))
    return Manifest(manifest.site, files)
