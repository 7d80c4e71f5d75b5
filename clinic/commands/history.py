"""`releases`, `rollback` and `verify`: what was released, going back, and whether it is still there."""

from clinic.commands.ends import Exit, Misuse
from clinic.commands.gathering import gather, open_cache
from clinic.commands.publishing import Asked, target_of, terms
from clinic.commands.saying import command, complain, count, say
from clinic.commands.settings import Settings
from clinic.library.addresses import key_of
from clinic.library.states import State
from clinic.release import list_releases, on_hold, rollback_release, verify_target


def releases(settings: Settings) -> Exit:
    """Lists the releases that the target remembers, newest first.

    Raises:
        ReleaseStopped: the target can't be read.
    """
    target = target_of(settings)
    listed = list_releases(target)
    for release in reversed(listed):
        say(f"{release.number}  {release.at:%Y-%m-%d %H:%M} UTC  {release.summary}")
    if not listed:
        say(f"Nothing has been released to {target.where} yet.")
        return Exit.DONE
    hold = on_hold(target)
    held = f" A rollback holds it: {command('publish --resume')} goes on." if hold else ""
    say(f"{count(len(listed), 'release')} in {target.where}; {listed[-1].number} is live.{held}")
    return Exit.DONE


def rollback(settings: Settings, *, to: str, wait: float) -> Exit:
    """Goes back to the release before, or to the one named; holds the target until `publish --resume`.

    Raises:
        Misuse: `to` is no number.
        ReleaseStopped: there is no such release, or the target can't be used.
    """
    if to and not to.isdigit():
        raise Misuse(f'"{to}" is not the number of a release: {command("releases")} shows them.')
    target = target_of(settings)
    outcome = rollback_release(terms(target, Asked(wait=wait)), int(to) if to else None, exempt=_withdrawn(settings))
    for action in outcome.revived:
        say(f"Left as it is now: {action.title}. {action.reason}")
    say(outcome.sentence)
    say(f"Nothing more is released there until you run: {command('publish --resume')}")
    return Exit.FAULT if any(finding.wrong for finding in outcome.findings) else Exit.DONE


def _withdrawn(settings: Settings) -> frozenset[str]:
    """The files of pages that are withdrawn now: going back must not revive them.

    Raises:
        Misuse: there is no content folder.
    """
    with open_cache(settings) as cache:
        library = gather(settings, cache).library
    if library is None:
        return frozenset()
    return frozenset(key_of(item.address) for item in library.items.values() if item.state is State.WITHDRAWN)


def verify(settings: Settings) -> Exit:
    """Compares the live site with its last release, byte by byte and header by header.

    Raises:
        ReleaseStopped: nothing was released there, or it can't be read.
    """
    target = target_of(settings)
    findings = verify_target(target)
    for finding in findings:
        complain(finding.message)
    wrong = [finding for finding in findings if finding.wrong]
    if wrong:
        say(f"{count(len(wrong), 'file')} in {target.where} differ from the last release.")
        return Exit.PROBLEMS
    say(f"Everything in {target.where} is as it was released.")
    return Exit.DONE
