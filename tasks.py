"""The tasks of this project: `python3 run.py TASK`, or `invoke TASK` inside the environment.

Each reads its options, calls the command of the same name in clinic/commands, and ends with its exit code:
0 done, 1 problems in the content, 2 wrong use, 3 a fault of the machine, 4 the target is held.
"""

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING

from invoke.collection import Collection
from invoke.context import Context
from invoke.exceptions import Exit as Ending
from invoke.tasks import task

if TYPE_CHECKING:
    from clinic.commands.ends import Exit

EDITORS = "pelicanconf.py"
PATIENTS = "publishconf.py"

WHERE = {
    "content": "the content folder, instead of the one in the settings",
    "output": "the folder to build into",
    "cache": "the folder for caches, locks and journals",
    "now": "the moment to build for, in clinic time: 2026-11-22T09:00:00",
    "url": "the public address of the site",
}
TARGET = {"target": "where the site is released to: a folder, or a bucket as s3://…, gs://… or az://…"}
GUARDS = {
    "strict": "warnings hold pages back too",
    "all-or-nothing": "release nothing unless every page can go out",
    "wait": "seconds to wait while another deployer is at work",
    "resume": "go on after a rollback",
    "adopt": "take over a target that holds files of another hand",
    "force": "look at every file and put right what was changed by hand",
    "allow-empty": "release a site without pages",
    "allow-deletes": "delete more than a tenth of the site",
    "allow-vanished": "let published addresses vanish",
    "allow-older": "release an older build than the live one",
    "allow-samples": "show placeholders and sample people to the public",
    "allow-prefix": "release to a folder of the bucket that is not the path of the site's address",
    "allow-purged": "bring back a page that was purged",
    "allow-readable": "release though strangers can read the notes of the releases",
    "only-deployer": "use a store that can't keep two deployers apart: nobody else releases there",
}


def end(command: "Callable[[], Exit]") -> None:
    """Runs a command and ends with its exit code; what stops it is said in one sentence."""
    from clinic.commands.running import run  # noqa: PLC0415 - `--list` needs none of it

    code = run(command)
    if code:
        raise Ending(code=code)


@task(help=WHERE | {"anew": "render everything anew"})
def build(
    _: Context, content: str = "", output: str = "", cache: str = "", now: str = "", url: str = "", anew: bool = False
) -> None:
    """Build the site as editors see it, into output/: only what changed."""
    from clinic.commands import building, manner, settings  # noqa: PLC0415

    end(
        lambda: (
            building.build(
                settings.load(EDITORS, content=content, output=output, cache=cache, now=now, url=url),
                manner.Manner(anew=anew),
            ).exit
        )
    )


@task(help=WHERE | {"fix": "mend what is sure", "format": "text, json or github", "strict": "warnings count"})
def check(
    _: Context,
    content: str = "",
    output: str = "",
    cache: str = "",
    now: str = "",
    url: str = "",
    fix: bool = False,
    format: str = "text",  # noqa: A002 - the option's name
    strict: bool = False,
) -> None:
    """Show every problem in the content, without building."""
    from clinic.commands import checking, settings  # noqa: PLC0415

    end(
        lambda: checking.check(
            settings.load(EDITORS, content=content, output=output, cache=cache, now=now, url=url),
            fix=fix,
            form=format,
            strict=strict,
        )
    )


@task(
    help={
        "kind": "condition, procedure, announcement, clinician or page",
        "title": "the title of the page, in quotes",
        "type": "of a procedure: injection, ablation, implant, surgery, imaging, therapy or other",
        "topic": "of an announcement: closure, hours, move, staff, service, billing, safety or general",
        "name": "the name of the file, where it should not be made from the title",
    }
    | {name: WHERE[name] for name in ("content", "cache", "now")}
)
def new(
    _: Context,
    kind: str,
    title: str,
    type: str = "",  # noqa: A002 - the option's name
    topic: str = "",
    name: str = "",
    content: str = "",
    cache: str = "",
    now: str = "",
) -> None:
    """Write a new file with the header and the sections that its kind needs, each with what to write there."""
    from clinic.commands import settings, starting  # noqa: PLC0415

    wanted = starting.Wanted(kind, title, type, topic, name)
    end(lambda: starting.new(settings.load(EDITORS, content=content, cache=cache, now=now), wanted))


@task(
    help={name: WHERE[name] for name in ("content", "cache", "now")}
    | {
        "page": "the page's name, such as sciatica",
        "as": "the name of the clinician who read it, such as dr-balog",
        "code": "the review code that the clinician answered with, such as 7K-Q2F",
    }
)
def approve(_: Context, page: str, as_: str, code: str, content: str = "", cache: str = "", now: str = "") -> None:
    """Record that a clinician has read a page and stands behind it, by the review code at its end."""
    from clinic.commands import approving, settings  # noqa: PLC0415

    chosen = settings.load
    end(
        lambda: approving.approve(
            chosen(EDITORS, content=content, cache=cache, now=now), page, clinician=as_, code=code
        )
    )


@task(
    help={name: WHERE[name] for name in ("content", "output", "cache", "now")}
    | {"folder": "the earlier site: the folder that holds its pelicanconf.py", "into": "the content folder to fill"}
)
def migrate(
    _: Context, folder: str, into: str = "", content: str = "", output: str = "", cache: str = "", now: str = ""
) -> None:
    """Bring a stock Pelican site in: headers, links, pictures and old addresses; nothing is overwritten."""
    from pathlib import Path  # noqa: PLC0415

    from clinic.commands import migrating, settings  # noqa: PLC0415

    chosen = {"content": into or content, "output": output, "cache": cache, "now": now}
    end(lambda: migrating.migrate(settings.load(EDITORS, **chosen), Path(folder)))


def _release_task(name: str) -> Callable[..., None]:
    def release(
        _: Context,
        content: str = "",
        output: str = "",
        cache: str = "",
        now: str = "",
        url: str = "",
        target: str = "",
        strict: bool = False,
        all_or_nothing: bool = False,
        wait: int = 0,
        resume: bool = False,
        adopt: bool = False,
        force: bool = False,
        allow_empty: bool = False,
        allow_deletes: bool = False,
        allow_vanished: bool = False,
        allow_older: bool = False,
        allow_samples: bool = False,
        allow_prefix: bool = False,
        allow_purged: bool = False,
        allow_readable: bool = False,
        only_deployer: bool = False,
        pages: str = "",
    ) -> None:
        from clinic.commands import publishing, settings  # noqa: PLC0415
        from clinic.release import Lift  # noqa: PLC0415

        said: dict[Lift, bool] = {
            "--resume": resume,
            "--adopt": adopt,
            "--force": force,
            "--allow-empty": allow_empty,
            "--allow-deletes": allow_deletes,
            "--allow-vanished": allow_vanished,
            "--allow-older": allow_older,
            "--allow-samples": allow_samples,
            "--allow-prefix": allow_prefix,
            "--allow-purged": allow_purged,
            "--allow-readable": allow_readable,
            "--only-deployer": only_deployer,
        }
        asked = publishing.Asked(
            strict=strict,
            all_or_nothing=all_or_nothing,
            wait=wait,
            lifted=frozenset(option for option, given in said.items() if given),
            pages=pages,
        )

        def command() -> "Exit":
            chosen = settings.load(
                PATIENTS, content=content, output=output, cache=cache, now=now, url=url, target=target
            )
            return publishing.publish(chosen, asked) if name == "publish" else publishing.plan(chosen, asked)

        end(command)

    release.__name__ = name
    options = inspect.signature(release)
    if name != "plan":  # what invoke offers is what this says
        options = options.replace(parameters=[each for each in options.parameters.values() if each.name != "pages"])
    release.__signature__ = options  # type: ignore[attr-defined]
    release.__doc__ = {
        "publish": "Check, build what patients get, release it to the target and read it back. The main job.",
        "plan": "Say what publish would upload, change, hold back and delete, and why; touch nothing.",
    }[name]
    return release


publish = task(_release_task("publish"), help=WHERE | TARGET | GUARDS)
PAGES = {"pages": "a file for what changes for patients, page by page, in Markdown"}
plan = task(_release_task("plan"), help=WHERE | TARGET | GUARDS | PAGES)


@task(help=TARGET)
def releases(_: Context, target: str = "") -> None:
    """List what was released to the target, newest first."""
    from clinic.commands import history, settings  # noqa: PLC0415

    end(lambda: history.releases(settings.load(PATIENTS, target=target)))


@task(help=TARGET | {"to": "the number of the release to go back to", "wait": "seconds to wait for another deployer"})
def rollback(_: Context, to: str = "", target: str = "", wait: int = 0) -> None:
    """Go back to the release before, or to the one named; holds the target until `publish --resume`."""
    from clinic.commands import history, settings  # noqa: PLC0415

    end(lambda: history.rollback(settings.load(PATIENTS, target=target), to=to, wait=wait))


@task(help=TARGET)
def verify(_: Context, target: str = "") -> None:
    """Compare the live site with its last release, byte by byte."""
    from clinic.commands import history, settings  # noqa: PLC0415

    end(lambda: history.verify(settings.load(PATIENTS, target=target)))


@task(
    help=WHERE | TARGET | {"format": "text or json", "max-age": "such as 48h: fail when no release followed in time"},
)
def due(
    _: Context,
    content: str = "",
    output: str = "",
    cache: str = "",
    now: str = "",
    url: str = "",
    target: str = "",
    format: str = "text",  # noqa: A002 - the option's name
    max_age: str = "",
) -> None:
    """Say when the site next changes on its own, and how; ends with 10 when a release is due."""
    from clinic.commands import due as dues  # noqa: PLC0415
    from clinic.commands import settings  # noqa: PLC0415

    end(
        lambda: dues.due(
            settings.load(PATIENTS, content=content, output=output, cache=cache, now=now, url=url, target=target),
            form=format,
            max_age=max_age,
        )
    )


@task(
    help=WHERE
    | TARGET
    | {
        "report": "the file to write, instead of health.html in this folder",
        "editor": "the link that opens a file: vscode://file/{path}:{line}:{column}, where left out",
        "links": "name files without links into this computer, for a report that is passed on",
    }
)
def health(
    _: Context,
    content: str = "",
    output: str = "",
    cache: str = "",
    now: str = "",
    url: str = "",
    target: str = "",
    report: str = "",
    editor: str = "",
    links: bool = True,
) -> None:
    """Write a page for whoever runs the office: what to do next, what is held back, due, overdue or hard to read."""
    from clinic.commands import health as reporting  # noqa: PLC0415
    from clinic.commands import settings  # noqa: PLC0415

    chosen = {"content": content, "output": output, "cache": cache, "now": now, "url": url, "target": target}
    end(lambda: reporting.health(settings.load(PATIENTS, **chosen), report=report, editor=editor, links=links))


@task(
    help={
        "title": "the headline, such as: Closed for snow",
        "what-to-do": "what patients should do",
        "locations": "names of locations with commas between them; all, where left out",
        "until": "the last day it holds, or a day and time; until further notice, where left out",
        "level": "banner (on top of every page) or notice",
        "closed": "days to show as closed in the hours, with commas between them",
        "content": WHERE["content"],
        "now": WHERE["now"],
    }
)
def close(
    _: Context,
    title: str = "",
    what_to_do: str = "",
    locations: str = "",
    until: str = "",
    level: str = "banner",
    closed: str = "",
    content: str = "",
    now: str = "",
) -> None:
    """Write a closure notice as an announcement, and print its path; publish puts it on the site."""
    from clinic.commands import closing, settings  # noqa: PLC0415

    notice = closing.Notice(title, what_to_do, locations, until, level, closed)
    end(lambda: closing.close(settings.load(PATIENTS, content=content, now=now), notice))


@task(help=TARGET | {"path": "the file that the page is made from", "content": WHERE["content"]})
def posted(_: Context, path: str, target: str = "", content: str = "") -> None:
    """Say whether patients see the page that is made from a file."""
    from clinic.commands import closing, settings  # noqa: PLC0415

    end(lambda: closing.posted(settings.load(PATIENTS, content=content, target=target), path))


@task(
    help={name: WHERE[name] for name in ("content", "cache", "url")}
    | TARGET
    | {"address": "where visitors see the site, instead of what the target says"}
)
def doctor(_: Context, content: str = "", cache: str = "", url: str = "", target: str = "", address: str = "") -> None:
    """Say what the target can and can't do, and what to do about it."""
    from clinic.commands import looking_after, settings  # noqa: PLC0415

    chosen = {"content": content, "cache": cache, "url": url, "target": target}
    end(lambda: looking_after.doctor(settings.load(PATIENTS, **chosen), address=address))


@task(help=TARGET | {"ours-only": "name files of others, but don't count them"})
def drift(_: Context, target: str = "", ours_only: bool = False) -> None:
    """Name what somebody changed, deleted or added at the target by hand."""
    from clinic.commands import looking_after, settings  # noqa: PLC0415

    end(lambda: looking_after.drift(settings.load(PATIENTS, target=target), ours_only=ours_only))


@task(
    help=TARGET
    | {
        "address": "the page's address, or the file that it is made from",
        "earlier": "leave what is live, and delete the versions before it",
        "wait": "seconds to wait for another deployer",
    }
)
def purge(_: Context, address: str, target: str = "", earlier: bool = False, wait: int = 0) -> None:
    """Delete a page, its pictures and every copy kept for going back, now and for good."""
    from clinic.commands import looking_after, settings  # noqa: PLC0415

    end(lambda: looking_after.purge(settings.load(PATIENTS, target=target), address, earlier=earlier, wait=wait))


@task(help={"output": "the folder to write into", "content": WHERE["content"], "cache": WHERE["cache"]})
def headers(_: Context, output: str = "", content: str = "", cache: str = "") -> None:
    """Write what a bucket can't send, for CloudFront, Cloudflare, nginx and Caddy."""
    from clinic.commands import looking_after, settings  # noqa: PLC0415

    end(lambda: looking_after.headers(settings.load(PATIENTS, content=content, cache=cache), output=output))


@task(
    help={name: WHERE[name] for name in ("content", "output", "cache", "now")}
    | {
        "branch": "the branch that is shown",
        "target": "what the previews of all branches lie below",
        "url": "its public address",
    }
)
def share(
    _: Context,
    branch: str = "",
    target: str = "",
    url: str = "",
    content: str = "",
    output: str = "",
    cache: str = "",
    now: str = "",
) -> None:
    """Release a branch as editors see it, at an address that nobody can guess (made from PREVIEW_SECRET)."""
    from clinic.commands import settings, sharing  # noqa: PLC0415

    chosen = {"content": content, "output": output, "cache": cache, "now": now, "url": url, "target": target}
    end(lambda: sharing.share(settings.load(EDITORS, **chosen), branch))


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
