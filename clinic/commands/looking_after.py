"""`doctor`, `drift`, `purge` and `headers`: looking after the place that patients read from."""

import os
import re
import time
from pathlib import Path
from urllib.parse import urlsplit

from clinic.commands.ends import Exit, Misuse
from clinic.commands.gathering import gather, open_cache, whole
from clinic.commands.publishing import Asked, target_of, terms
from clinic.commands.saying import command, complain, count, say, titled
from clinic.commands.settings import ROOT, Settings, boot_time
from clinic.library.addresses import address_of, key_of
from clinic.library.library import Library
from clinic.model.clinic import PATH
from clinic.release import Target, live_manifest
from clinic.release.doctor import Patient, examine
from clinic.release.drift import drift as look_for_drift
from clinic.release.purge import Erased
from clinic.release.purge import purge as take_out
from clinic.release.served_headers import security_headers, written
from clinic.release.visitor import Visit, visit
from clinic.release.wish import Clock

_MARKS = {"good": "good   ", "wrong": "MEND   ", "unknown": "?      "}
"""The words before a line: no colour and no sign is needed to tell them apart."""


def doctor(settings: Settings, *, address: str = "", asks: Visit = visit) -> Exit:
    """Says what the target can and can't do, with what to do about it.

    Args:
        settings: the target and the content.
        address: where visitors see the site, instead of what the target says.
        asks: how the public address is asked.

    Raises:
        Misuse: the address is none.
        Stopped: clinic.yaml can't be used.
        ReleaseStopped: the target is written wrongly.
    """
    if address and (urlsplit(address).scheme not in {"http", "https"} or not urlsplit(address).netloc):
        raise Misuse(f'"{address}" is no address: write it whole, such as https://clinic.example.com/')
    target = target_of(settings)
    with open_cache(settings) as cache:
        library = whole(gather(settings, cache), doing="looked at")
    patient = Patient(
        target=target,
        clock=Clock(wall=time.time, boot=boot_time, sleep=time.sleep),
        visit=asks,
        address=(address or target.address).rstrip("/"),
        site=settings.url or library.clinic.url,
        facts=(settings.content / PATH).read_bytes(),
        expected=_headers_of(library),
    )
    checks = examine(patient)
    for check in checks:
        say(f"{_MARKS[check.found]}{check.name}: {check.says}{' ' if check.do else ''}{check.do}")
    wrong = [check for check in checks if check.found == "wrong"]
    if wrong:
        say(f"{count(len(wrong), 'thing')} to mend in {target.where}: {titled(check.name for check in wrong)}.")
        return Exit.PROBLEMS
    say(f"Nothing to mend in {target.where}.")
    return Exit.DONE


def drift(settings: Settings, *, ours_only: bool = False) -> Exit:
    """Lists the target and names what somebody changed, deleted or added since the last release.

    Args:
        settings: the target.
        ours_only: files of others are named, and don't count.

    Raises:
        ReleaseStopped: nothing was released there, or it can't be read.
    """
    target = target_of(settings)
    found = look_for_drift(target.store, target.where, workers=target.workers)
    for finding in found.findings:
        complain(finding.message)
    counted = [finding for finding in found.findings if finding.wrong or not ours_only]
    if counted:
        say(f"{count(len(counted), 'file')} in {target.where} differ from the last release. Nothing was changed.")
        return Exit.PROBLEMS
    read = f" {count(found.read, 'file')} had to be read for that." if found.read else ""
    say(f"Nobody changed any of the {count(found.files, 'file')} in {target.where} since the last release.{read}")
    return Exit.DONE


def purge(settings: Settings, address: str, *, earlier: bool = False, wait: float = 0.0) -> Exit:
    """Deletes a page, its pictures and every copy of them now, for good, and says what still holds the text.

    Args:
        settings: the target.
        address: the page's address, whole or not, or the file that it is made from.
        earlier: leave what is live, and delete the versions before it.
        wait: seconds to wait for another deployer.

    Raises:
        Misuse: the address is none of this site.
        ReleaseStopped: it isn't there, can't be purged, or the target can't be used.
    """
    target = target_of(settings)
    erased = take_out(terms(target, Asked(wait=wait)), _key(target, address), earlier=earlier)
    for line in _told(erased, earlier=earlier):
        say(line)
    return Exit.DONE


def _key(target: Target, address: str) -> str:
    """The key that an address or a content file stands for."""
    live = live_manifest(target)
    said = address.strip()
    if said.endswith(".md") and live is not None:
        found = [key for key, file in live.files.items() if said.endswith(file.source or "\0") and file.role == "page"]
        if found:
            return found[0]
    site = urlsplit(live.site if live else "")
    try:
        parts = urlsplit(said)
    except ValueError:
        parts = urlsplit("")
    if not said or "\0" in said or (parts.scheme and parts.scheme not in {"http", "https"}):
        raise Misuse(f'"{address}" is no address of a page. Write it like this: /conditions/sciatica/')
    if parts.netloc and site.netloc and parts.netloc.lower() != site.netloc.lower():
        raise Misuse(f"{address} is not on this site, which is {site.geturl()}")
    path, own = parts.path or "/", site.path.rstrip("/")
    if own and (path == own or path.startswith(f"{own}/")):
        path = path[len(own) :]
    return key_of(path or "/")


def _told(erased: Erased, *, earlier: bool) -> list[str]:
    pages = {erased.key, *erased.gone}
    lines = [f"Gone: {key}" for key in erased.gone]
    if erased.replaced:
        lines.append(f"Gone: {erased.key}. A notice of one sentence stands in its place, since pages still lead there:")
        lines += [f"      {title}" for title in erased.named_by]
        lines.append(
            f"Take it out of the content, run {command('publish')}, then this command once more: then the notice goes, "
            "and nothing that can be gone back to says its name."
        )
    lines += [f'Left: {key}, since "{title}" shows it too.' for key, title in erased.shown]
    lines += [
        f"Left: {key}, a download that the page led to. It can be purged by its own address."
        for key in erased.downloads
    ]
    if erased.gone or erased.replaced:
        lines.append("Tell a CDN in front of the site to forget:")
        lines += [f"      {address_of(key)}" for key in sorted(pages)]
    lines.append(
        "Git still holds the text in its history, and so does the bucket where it keeps versions; search engines and "
        "archives may too. docs/publishing.md says what to do about each."
    )
    what = f"The earlier versions of {erased.title} are" if earlier else f"{erased.title} is"
    copies = f", with {count(erased.copies, 'copy', 'copies')} kept for going back" if erased.copies else ""
    lines.append(f"{what} gone from {erased.where} for good{copies}.")
    return lines


def headers(settings: Settings, *, output: str) -> Exit:
    """Writes what a bucket can't send, as settings for CloudFront, Cloudflare, nginx and Caddy.

    Raises:
        Misuse: the folder can't be used.
        Stopped: clinic.yaml can't be used.
    """
    folder = Path(os.path.abspath(output)) if output else settings.output.with_name(f"{settings.output.name}-headers")  # noqa: PTH100 - as the user named it
    target = ROOT / (settings.target or "public")
    for place in (settings.output, settings.content, settings.cache, target):
        if folder == place or place in folder.parents:
            raise Misuse(
                f"{folder} is in {place}: what is written there must not get onto the site. Name another folder."
            )
    with open_cache(settings) as cache:
        library = whole(gather(settings, cache), doing="written")
    prefix = urlsplit(settings.url or library.clinic.url).path.rstrip("/")
    try:
        files = written(_headers_of(library), prefix)
    except ValueError:
        raise Misuse(
            f"The path {prefix} of the site's address can't stand in the settings of a server. "
            "Use letters, digits and dashes."
        ) from None
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    shown = folder.relative_to(ROOT).as_posix() if folder.is_relative_to(ROOT) else folder.as_posix()
    say(f"Written to {shown}/: {', '.join(files)}. Give one of them to the server or CDN in front of the bucket.")
    return Exit.DONE


def _headers_of(library: Library) -> dict[str, str]:
    form = library.clinic.appointments.form
    try:
        return security_headers(form=form.action if form else "", redirects=form.redirects if form else ())
    except ValueError as error:
        odd = re.sub(r"\s+", " ", str(error))
        raise Misuse(
            f"The address of the form in clinic.yaml can't stand in a header ({odd}). Mend it first."
        ) from None
