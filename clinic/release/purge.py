"""Taking a page out for good: what visitors get, what a rollback could bring back, and what releases say of it.

The order is one that can be cut short anywhere: first it is noted that these keys shall not come back, then patients
stop seeing them, then the copies go, then the lists of earlier releases. Until the end the note says that it isn't
finished, and nothing is released before it is.
"""

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from clinic.manifest import PAGE_CACHE, File, Manifest
from clinic.policy import policy
from clinic.release.abilities import fitted
from clinic.release.graph import HOME, names
from clinic.release.state import (
    BODIES,
    MANIFESTS,
    NOTES,
    Head,
    Intent,
    Release,
    Tombstone,
    body_key,
    headers_of,
    load_manifest,
    manifest_key,
    read_head,
    utc,
)
from clinic.release.stops import Conflict, NoSuchRelease, ReleaseStopped, TargetHeld
from clinic.release.store import NEW, Store
from clinic.release.tenure import Tenure
from clinic.release.wish import Terms

_LAST_RESORT: Final = frozenset({HOME, "404.html"})
"""Every site needs them: they can be mended, not taken out."""

_POLL = 2.0
"""Seconds between two looks while another deployer is at work."""


class PurgeRefused(ReleaseStopped):
    """This address can't be purged. Nothing was changed."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Erased:
    """What a purge did. Titles are those that people know."""

    key: str
    where: str
    title: str
    gone: tuple[str, ...]
    """Keys that visitors can't get any more; with `replaced`, the page's own is not one of them."""
    replaced: bool
    """Whether a short notice stands at its address, since pages still lead there."""
    copies: int
    """Bodies kept for rollbacks that were deleted."""
    releases: tuple[int, ...]
    """Releases whose lists named what is gone."""
    named_by: tuple[str, ...]
    """Titles of live pages that still lead there, and so may still say its name."""
    shown: tuple[tuple[str, str], ...]
    """Pictures that stay, each with the title of a page that shows it too."""
    downloads: tuple[str, ...]
    """Downloads that it led to: they stay."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """All that is to be known before the first write."""

    key: str
    head: Head
    manifests: Mapping[str, Manifest]
    versions: tuple[File, ...]
    standing: frozenset[str]
    """Which of them are live, or were to be: all but those of the past."""
    current: Mapping[str, File]
    """What the last whole release made live."""
    live: Mapping[str, File]
    """What visitors can come to, but for the page itself: of a release that was cut short both sides."""
    doomed: frozenset[str]
    """Pictures that nothing which stays shows."""
    theme: frozenset[str]
    """What it shows because every page does: styles, and pictures of the frame."""
    stand_in: File | None
    """What takes the page's place in every list."""
    stays: bool
    """Whether what is live at its address is left as it is."""
    notice: bytes

    @property
    def erased(self) -> frozenset[str]:
        """Every key whose earlier bodies go."""
        return self.doomed | {self.key}


def purge(terms: Terms, key: str, *, earlier: bool = False) -> Erased:
    """Deletes a page, its pictures that no other page shows, and every copy of them, now and for good.

    Where live pages still lead to it, a notice of one sentence takes its place, so that nobody meets a dead end.

    Args:
        terms: who asks, where, and how long to wait for another deployer.
        key: the page's file, such as `conditions/sciatica/index.html`.
        earlier: leave what is live, and take out the versions before it only.

    Raises:
        NoSuchRelease: no release of the history has that key.
        PurgeRefused: it can't be taken out. Nothing was changed.
        TargetHeld: another deployer is at work. Nothing was changed.
        LeaseLost: this run slept and another took over.
        StoreFault: the target can't be read or written; run it again to go on.
    """
    start = terms.clock.boot()
    while True:
        try:
            return _attempt(terms, key, earlier=earlier)
        except TargetHeld:
            left = terms.wait - (terms.clock.boot() - start)
            if left <= 0:
                raise
            terms.clock.sleep(min(_POLL, left))
        finally:
            terms.seat.leave()


def _attempt(terms: Terms, key: str, *, earlier: bool) -> Erased:
    head, version = read_head(terms.store)
    terms = replace(terms, store=fitted(terms.store, head.capabilities))
    store = terms.store
    scene = _look(store, head, key, terms.where, earlier=earlier, again=key in head.purging)
    tenure = Tenure(terms, head, version)
    tenure.open_or_stop()
    barred = dict.fromkeys(scene.doomed if earlier else scene.erased, utc(terms.clock.wall()))
    pending = tuple(dict.fromkeys((*head.purging, key)))
    tenure.head = msgspec.structs.replace(head, purged=head.purged | barred, purging=pending)
    tenure.begin(head.intent, head.hold)
    try:
        gone = _take_down(scene, tenure)
        lists = {digest: _without(digest, scene) for digest in scene.manifests}
        copies = _drop_copies(scene, lists.values(), tenure)
        _rewrite(scene, lists, tenure)
        for one in tuple(store.list(MANIFESTS)):
            if one.key not in {manifest_key(manifest.digest) for manifest in lists.values()}:
                tenure.check()
                store.delete(one.key)
        tenure.check()
        left = tuple(each for each in pending if each != key)
        tenure.head = msgspec.structs.replace(tenure.head, purging=left)
        tenure.finish(tenure.head.tombstones)
    except BaseException:
        tenure.abandon()
        raise
    return _told(scene, lists, terms.where, gone, copies)


def _look(store: Store, head: Head, key: str, where: str, *, earlier: bool, again: bool) -> _Scene:
    begun = head.intent.manifests if head.intent else ()
    digests = dict.fromkeys([*(one.manifest for one in head.releases), *begun])
    manifests = {digest: load_manifest(store, digest) for digest in digests}
    versions = [one.files[key] for one in manifests.values() if key in one.files]
    versions += [head.tombstones[key].file] if key in head.tombstones else []
    if not versions and not again:
        there = " A file of somebody else stands there; it was left alone." if store.get(key) else ""
        raise NoSuchRelease(f"No release to {where} that is remembered has the address {key}.{there}")
    current = manifests[head.current.manifest].files if head.current else {}
    standing = current.get(key)
    mixture = dict.fromkeys([*([head.current.manifest] if head.current else []), *begun])
    others = [(name, file) for digest in mixture for name, file in manifests[digest].files.items() if name != key]
    stays = earlier and standing is not None
    keeping = [*others, *([(key, standing)] if earlier and standing else [])]
    named = any(key in names(file) for _, file in others)
    if not earlier:
        _refuse(key, versions, named=named)
    shown = {name for _, file in keeping for name in names(file)}
    pictures = {name for file in versions for name in file.assets}
    theme = {name for name in pictures if any(_is_theme(name, one) for one in manifests.values())}
    notice = _notice(key)
    stand_in = standing if stays else _file(notice) if named else None
    return _Scene(
        key=key,
        head=head,
        manifests=manifests,
        versions=tuple(versions),
        standing=frozenset(mixture),
        current=current,
        live=dict(others),
        doomed=frozenset(pictures - shown - theme),
        theme=frozenset(theme),
        stand_in=stand_in,
        stays=stays,
        notice=notice,
    )


def _is_theme(name: str, manifest: Manifest) -> bool:
    """Whether every page of a release shows it: then it says nothing of any of them."""
    pages = [file for file in manifest.files.values() if file.assets and file.role in {"page", "index"}]
    return len(pages) > 1 and all(name in file.assets for file in pages)


def _refuse(key: str, versions: Iterable[File], *, named: bool) -> None:
    roles = {file.role for file in versions}
    mend = "Take the text out of the content and publish; then the same command with --earlier deletes what was there."
    if key in _LAST_RESORT:
        raise PurgeRefused(f"Every site needs {key}, so it can't be taken out. {mend}")
    if roles & {"index", "projection"}:
        raise PurgeRefused(f"{key} is made from other pages, so it would come back with the next release. {mend}")
    if "asset" in roles and named:
        raise PurgeRefused(
            f"Pages still show {key}. Take it out of them and publish, or purge the page; a picture that no other page "
            "shows goes with it."
        )


def _take_down(scene: _Scene, tenure: Tenure) -> tuple[str, ...]:
    """What visitors get: first the page, then the pictures that only it showed. Gives the keys that were there."""
    store, gone = tenure.terms.store, list[str]()
    tenure.check()
    if not scene.stays and scene.stand_in is not None:
        store.put(scene.key, scene.notice, headers_of(scene.stand_in))
    elif not scene.stays:
        gone += [scene.key] if store.get(scene.key) is not None else []
        store.delete(scene.key)
    for key in sorted(scene.doomed):
        tenure.check()
        gone += [key] if store.get(key) is not None else []
        store.delete(key)
    return tuple(gone)


def _without(digest: str, scene: _Scene) -> Manifest:
    """A release's list without what goes; where the page stood, its stand-in.

    Earlier feeds and the like tell of a page without leading to it: today's take their place, so that going back
    does not bring back what they said.
    """
    manifest = scene.manifests[digest]
    today = {} if digest in scene.standing else scene.current
    files = {
        key: today[key] if file.role == "projection" and key in today else file
        for key, file in manifest.files.items()
        if key not in scene.erased
    }
    if scene.key in manifest.files and scene.stand_in is not None:
        files[scene.key] = scene.stand_in
    return Manifest(manifest.site, dict(sorted(files.items())))


def _drop_copies(scene: _Scene, lists: Iterable[Manifest], tenure: Tenure) -> int:
    """Deletes every kept body that no list needs any more: those of hand-made changes too, which may be the page's."""
    store, dropped = tenure.terms.store, 0
    needed = {body_key(file) for manifest in lists for file in manifest.files.values()}
    needed |= {body_key(grave.file) for key, grave in scene.head.tombstones.items() if key not in scene.erased}
    for one in tuple(store.list(BODIES)):
        if one.key not in needed:
            tenure.check()
            store.delete(one.key)
            dropped += 1
    return dropped


def _rewrite(scene: _Scene, lists: Mapping[str, Manifest], tenure: Tenure) -> None:
    """Puts the new lists and a head that names them; the titles of what is gone leave the history's sentences."""
    store, head = tenure.terms.store, tenure.head
    for digest, manifest in lists.items():
        if manifest.digest != digest:
            tenure.check()
            with contextlib.suppress(Conflict):  # its name is its contents: a run that was cut short wrote it
                store.put(manifest_key(manifest.digest), manifest.to_bytes(), NOTES, NEW)
    titles = {file.title for file in scene.versions if file.title}
    kept = {scene.stand_in.title} if scene.stand_in else set()

    def anew(release: Release) -> Release:
        digest = lists[release.manifest].digest
        told = release.summary
        for title in sorted(titles - kept, key=len, reverse=True):
            told = told.replace(title, "a page since purged")
        # Without a wish, the next build is looked at as a whole, even if it is the one that was live before.
        wish = release.wish if digest == release.manifest else ""
        return msgspec.structs.replace(release, manifest=digest, summary=told, wish=wish)

    intent = head.intent and Intent(
        anew(head.intent.release), tuple(lists[digest].digest for digest in head.intent.also)
    )
    graves: dict[str, Tombstone] = {key: grave for key, grave in head.tombstones.items() if key not in scene.erased}
    tenure.head = msgspec.structs.replace(
        head, releases=tuple(map(anew, head.releases)), intent=intent, tombstones=graves
    )
    tenure.renew()


def _told(
    scene: _Scene,
    lists: Mapping[str, Manifest],
    where: str,
    gone: tuple[str, ...],
    copies: int,
) -> Erased:
    key, last = scene.key, scene.versions[-1] if scene.versions else None
    pictures = {name for file in scene.versions for name in file.assets} - scene.doomed
    shown = {name: file.title or other for other, file in sorted(scene.live.items()) for name in names(file)}
    linked = {name for file in scene.versions for name in file.links}
    return Erased(
        key=key,
        where=where,
        title=(last.title if last else "") or key,
        gone=gone,
        replaced=not scene.stays and scene.stand_in is not None,
        copies=copies,
        releases=tuple(one.number for one in scene.head.releases if lists[one.manifest].digest != one.manifest),
        named_by=tuple(
            dict.fromkeys(file.title or other for other, file in sorted(scene.live.items()) if key in names(file))
        ),
        shown=tuple((name, shown[name]) for name in sorted(pictures - scene.theme) if name in shown),
        downloads=tuple(
            sorted(name for name in linked if name in scene.live and scene.live[name].role == "file" and name != key)
        ),
    )


def _notice(key: str) -> bytes:
    """A page of one sentence, whole by itself, with the way home."""
    home = "../" * key.count("/") or "./"
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">\n'
        "<title>Taken down</title>\n"
        f'<p>This page was taken down. <a href="{home}">Go to the home page</a>, or call us.</p>\n</html>\n'
    ).encode()


def _file(notice: bytes) -> File:
    """The notice in a list. As a file and not a page: it may vanish without a word once nothing leads there."""
    return File(
        sha256=hashlib.sha256(notice).hexdigest(),
        size=len(notice),
        content_type="text/html; charset=utf-8",
        cache_control=PAGE_CACHE,
        role="file",
        links=(HOME,),
    )
