"""The tasks of this project: `python3 run.py TASK`, or `invoke TASK` inside the environment.

Each reads its options, calls the command of the same name in clinic/commands, and ends with its exit code:
0 done, 1 problems in the content, 2 wrong use, 3 a fault of the machine, 4 the target is held.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

from invoke.collection import Collection
from invoke.context import Context
from invoke.tasks import task

from clinic.commands.options import GUARDS, PAGES, RELEASED, SITE, WHERE, end, on_site

if TYPE_CHECKING:
    from clinic.commands.ends import Exit
    from clinic.commands.publishing import Asked
    from clinic.commands.settings import Settings

EDITORS = "pelicanconf.py"
PATIENTS = "publishconf.py"


@on_site(EDITORS, *SITE, helps={"anew": "render everything anew"})
def build(settings: "Settings", anew: bool = False) -> "Exit":
    """Build the site as editors see it, into output/: only what changed."""
    from clinic.commands import building, manner  # noqa: PLC0415

    return building.build(settings, manner.Manner(anew=anew)).exit


@on_site(
    EDITORS, *SITE, helps={"fix": "mend what is sure", "format": "text, json or github", "strict": "warnings count"}
)
def check(settings: "Settings", fix: bool = False, format: str = "text", strict: bool = False) -> "Exit":  # noqa: A002
    """Show every problem in the content, without building."""
    from clinic.commands import checking  # noqa: PLC0415

    return checking.check(settings, fix=fix, form=format, strict=strict)


@on_site(
    EDITORS,
    *("content", "cache", "now"),
    helps={
        "kind": "condition, procedure, announcement, clinician or page",
        "title": "the title of the page, in quotes",
        "type": "of a procedure: injection, ablation, implant, surgery, imaging, therapy or other",
        "topic": "of an announcement: closure, hours, move, staff, service, billing, safety or general",
        "name": "the name of the file, where it should not be made from the title",
        "lang": "the code of the language of the page, where it is not the clinic's, such as es",
    },
)
def new(
    kind: str,
    title: str,
    type: str = "",  # noqa: A002 - the option's name
    topic: str = "",
    name: str = "",
    lang: str = "",
    *,
    settings: "Settings",
) -> "Exit":
    """Write a new file with the header and the sections that its kind needs, each with what to write there."""
    from clinic.commands import starting  # noqa: PLC0415

    return starting.new(settings, starting.Wanted(kind, title, type, topic, name, lang))


@on_site(
    EDITORS,
    *("content", "cache", "now"),
    helps={
        "page": "the page's name, such as sciatica",
        "as": "the name of the clinician who read it, such as dr-balog",
        "code": "the review code that the clinician answered with, such as 7K-Q2F",
    },
)
def approve(page: str, as_: str, code: str, *, settings: "Settings") -> "Exit":
    """Record that a clinician has read a page and stands behind it, by the review code at its end."""
    from clinic.commands import approving  # noqa: PLC0415

    return approving.approve(settings, page, clinician=as_, code=code)


@on_site(
    EDITORS,
    *("content", "output", "cache", "now"),
    helps={
        "folder": "the earlier site: the folder that holds its pelicanconf.py",
        "into": "the content folder to fill",
    },
)
def migrate(folder: str, into: str = "", *, settings: "Settings") -> "Exit":
    """Bring a stock Pelican site in: headers, links, pictures and old addresses; nothing is overwritten."""
    from clinic.commands import migrating  # noqa: PLC0415

    return migrating.migrate(settings, folder, into=into)


def _asked(said: Mapping[str, Any]) -> "Asked":
    """What a release was asked for."""
    from clinic.commands.publishing import Asked  # noqa: PLC0415
    from clinic.release import Lift  # noqa: PLC0415

    return Asked(
        strict=said["strict"],
        all_or_nothing=said["all_or_nothing"],
        wait=said["wait"],
        lifted=frozenset(lift for lift in get_args(Lift) if said[lift.removeprefix("--").replace("-", "_")]),
        pages=said.get("pages", ""),
    )


RELEASE: dict[str, Any] = {name: 0 if name == "wait" else False for name in GUARDS}


@on_site(PATIENTS, *RELEASED, helps=GUARDS, more=RELEASE)
def publish(settings: "Settings", **said: Any) -> "Exit":
    """Check, build what patients get, release it to the target and read it back. The main job."""
    from clinic.commands import publishing  # noqa: PLC0415

    return publishing.publish(settings, _asked(said))


@on_site(PATIENTS, *RELEASED, helps=GUARDS | PAGES, more=RELEASE | {"pages": ""})
def plan(settings: "Settings", **said: Any) -> "Exit":
    """Say what publish would upload, change, hold back and delete, and why; touch nothing."""
    from clinic.commands import publishing  # noqa: PLC0415

    return publishing.plan(settings, _asked(said))


@on_site(PATIENTS, "target")
def releases(settings: "Settings") -> "Exit":
    """List what was released to the target, newest first."""
    from clinic.commands import history  # noqa: PLC0415

    return history.releases(settings)


@on_site(
    PATIENTS,
    "target",
    helps={"to": "the number of the release to go back to", "wait": "seconds to wait for another deployer"},
)
def rollback(to: str = "", *, settings: "Settings", wait: int = 0) -> "Exit":
    """Go back to the release before, or to the one named; holds the target until `publish --resume`."""
    from clinic.commands import history  # noqa: PLC0415

    return history.rollback(settings, to=to, wait=wait)


@on_site(PATIENTS, "target")
def verify(settings: "Settings") -> "Exit":
    """Compare the live site with its last release, byte by byte."""
    from clinic.commands import history  # noqa: PLC0415

    return history.verify(settings)


@on_site(
    PATIENTS,
    *RELEASED,
    helps={"format": "text or json", "max-age": "such as 48h: fail when no release followed in time"},
)
def due(settings: "Settings", format: str = "text", max_age: str = "") -> "Exit":  # noqa: A002 - the option's name
    """Say when the site next changes on its own, and how; ends with 10 when a release is due."""
    from clinic.commands import due as dues  # noqa: PLC0415

    return dues.due(settings, form=format, max_age=max_age)


@on_site(
    PATIENTS,
    *RELEASED,
    helps={
        "report": "the file to write, instead of health.html in this folder",
        "editor": "the link that opens a file: vscode://file/{path}:{line}:{column}, where left out",
        "links": "name files without links into this computer, for a report that is passed on",
    },
)
def health(settings: "Settings", report: str = "", editor: str = "", links: bool = True) -> "Exit":
    """Write a page for whoever runs the office: what to do next, what is held back, due, overdue or hard to read."""
    from clinic.commands import health as reporting  # noqa: PLC0415

    return reporting.health(settings, report=report, editor=editor, links=links)


@on_site(
    PATIENTS,
    *("content", "now"),
    helps={
        "title": "the headline, such as: Closed for snow",
        "what-to-do": "what patients should do",
        "locations": "names of locations with commas between them; all, where left out",
        "until": "the last day it holds, or a day and time; until further notice, where left out",
        "level": "banner (on top of every page) or notice",
        "closed": "days to show as closed in the hours, with commas between them",
    },
)
def close(
    title: str = "",
    what_to_do: str = "",
    locations: str = "",
    until: str = "",
    level: str = "banner",
    closed: str = "",
    *,
    settings: "Settings",
) -> "Exit":
    """Write a closure notice as an announcement, and print its path; publish puts it on the site."""
    from clinic.commands import closing  # noqa: PLC0415

    return closing.close(settings, closing.Notice(title, what_to_do, locations, until, level, closed))


@on_site(PATIENTS, "target", "content", helps={"path": "the file that the page is made from"})
def posted(path: str, *, settings: "Settings") -> "Exit":
    """Say whether patients see the page that is made from a file."""
    from clinic.commands import closing  # noqa: PLC0415

    return closing.posted(settings, path)


@on_site(
    PATIENTS,
    *("content", "cache", "url", "target"),
    helps={"address": "where visitors see the site, instead of what the target says"},
)
def doctor(settings: "Settings", address: str = "") -> "Exit":
    """Say what the target can and can't do, and what to do about it."""
    from clinic.commands import looking_after  # noqa: PLC0415

    return looking_after.doctor(settings, address=address)


@on_site(PATIENTS, "target", helps={"ours-only": "name files of others, but don't count them"})
def drift(settings: "Settings", ours_only: bool = False) -> "Exit":
    """Name what somebody changed, deleted or added at the target by hand."""
    from clinic.commands import looking_after  # noqa: PLC0415

    return looking_after.drift(settings, ours_only=ours_only)


@on_site(
    PATIENTS,
    "target",
    helps={
        "address": "the page's address, or the file that it is made from",
        "earlier": "leave what is live, and delete the versions before it",
        "wait": "seconds to wait for another deployer",
    },
)
def purge(address: str, *, settings: "Settings", earlier: bool = False, wait: int = 0) -> "Exit":
    """Delete a page, its pictures and every copy kept for going back, now and for good."""
    from clinic.commands import looking_after  # noqa: PLC0415

    return looking_after.purge(settings, address, earlier=earlier, wait=wait)


@on_site(PATIENTS, "content", "cache", helps={"output": "the folder to write into"})
def headers(output: str = "", *, settings: "Settings") -> "Exit":
    """Write what a bucket can't send, for CloudFront, Cloudflare, nginx and Caddy."""
    from clinic.commands import looking_after  # noqa: PLC0415

    return looking_after.headers(settings, output=output)


@on_site(
    EDITORS,
    *("target", "url", "content", "output", "cache", "now"),
    helps={
        "branch": "the branch that is shown",
        "target": "what the previews of all branches lie below",
        "url": "its public address",
    },
)
def share(branch: str = "", *, settings: "Settings") -> "Exit":
    """Release a branch as editors see it, at an address that nobody can guess (made from PREVIEW_SECRET)."""
    from clinic.commands import sharing  # noqa: PLC0415

    return sharing.share(settings, branch)


@task(
    aliases=("livereload",),
    help=WHERE
    | {
        "port": "the port on this computer; the next free one where it is taken",
        "open": "open it in a browser",
        "editor": "the link that opens a file: vscode://file/{path}:{line}:{column}, where left out",
    },
)
def preview(
    _: Context,
    content: str = "",
    output: str = "",
    cache: str = "",
    now: str = "",
    url: str = "",
    port: int = 8000,
    open: bool = True,  # noqa: A002 - the option's name: --no-open
    editor: str = "",
) -> None:
    """Show the site in a browser while you write: it follows every save and says what is wrong where."""
    from clinic.commands import previewing, settings  # noqa: PLC0415

    def load() -> settings.Settings:
        return settings.load(EDITORS, content=content, output=output, cache=cache, now=now, url=url)

    end(lambda: previewing.preview(load, EDITORS, port=port, browser=open, editor=editor))


@task(help={"port": "the port on this computer", "released": "show public/ and not output/", "output": "the folder"})
def serve(_: Context, port: int = 8000, released: bool = False, output: str = "") -> None:
    """Show the last build in a browser on this computer, without watching."""
    from clinic.commands import keeping, settings  # noqa: PLC0415

    end(lambda: keeping.serve(settings.load(PATIENTS if released else EDITORS, output=output), port, released=released))


@task
def clean(_: Context) -> None:
    """Remove builds and caches. What was released stays."""
    from clinic.commands import keeping, settings  # noqa: PLC0415

    end(lambda: keeping.clean([settings.load(EDITORS), settings.load(PATIENTS)]))


@task(
    help={
        "full": "every case of every law, every page in every mode",
        "only": "what pytest's -k takes",
        "changed": "in the browser, the pages that differ from the last commit, and nothing else",
    }
)
def test(_: Context, full: bool = False, only: str = "", changed: bool = False) -> None:
    """Run all tests: in parallel, with servers and a browser of their own."""
    from clinic.commands import developing  # noqa: PLC0415

    end(lambda: developing.test(full=full, only=only, changed=changed))


@task(help={"only": "names of checkers with commas between them; all, where left out"})
def audit(_: Context, only: str = "") -> None:
    """Run the slow proofs: HTML checkers, links, feeds, headers, structured data, old browsers, Lighthouse."""
    from clinic.commands import auditing  # noqa: PLC0415

    end(lambda: auditing.audit(only=only))


@task(help={"pages": "how many, with commas between", "rounds": "of each part", "only": "parts, such as building"})
def bench(_: Context, pages: str = "1000,10000", rounds: int = 3, only: str = "") -> None:
    """Measure how fast all of it is, beside other tools, and write docs/performance.md. Takes hours."""
    from clinic.commands import developing  # noqa: PLC0415

    end(lambda: developing.bench(pages=pages, rounds=rounds, only=only))


@task
def lint(_: Context) -> None:
    """Check style, types, locks and generated documents."""
    from clinic.commands import developing  # noqa: PLC0415

    end(developing.lint)


@task
def docs(_: Context) -> None:
    """Write what is made from the code anew: docs/errors.md, docs/theme.md, tables, schemas, snippets, catalogues."""
    from clinic.commands import developing  # noqa: PLC0415

    end(developing.write_documents)


@task(name="contact-sheet", help={"output": "the folder for the pictures", "docs": "those of docs/pictures instead"})
def contact_sheet(_: Context, output: str = "", docs: bool = False) -> None:
    """Photograph every page of the sample site: phone and desktop, light and dark, and printed."""
    from clinic.commands import photographing  # noqa: PLC0415

    end(lambda: photographing.contact_sheet(output, docs=docs))


@task(help={"upgrade": "take the newest versions that fit"})
def lock(_: Context, upgrade: bool = False) -> None:
    """Pin every library with its hashes: requirements.txt and requirements-dev.txt."""
    from clinic.commands import developing  # noqa: PLC0415

    end(lambda: developing.lock(upgrade=upgrade))


if __name__ == "__main__":
    from clinic.commands.program import main

    main(Collection.from_module(__import__("__main__")))
