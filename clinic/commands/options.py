"""How tasks are told what to do: options that many of them share, and the settings that these make.

`--list` loads this module and none of those that do the work.
"""

import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from invoke.context import Context
from invoke.exceptions import Exit as Ending
from invoke.tasks import task

if TYPE_CHECKING:
    from clinic.commands.ends import Exit

SITE = ("content", "output", "cache", "now", "url")
"""What every task that looks at content can be told."""

RELEASED = (*SITE, "target")
"""And what those can be told that look at a target too."""

WHERE = {
    "content": "the content folder, instead of the one in the settings",
    "output": "the folder to build into",
    "cache": "the folder for caches, locks and journals",
    "now": "the moment to build for, in clinic time: 2026-11-22T09:00:00",
    "url": "the public address of the site",
}
"""What those are for."""

TARGET = {"target": "where the site is released to: a folder, or a bucket as s3://…, gs://… or az://…"}
"""Where releases go."""

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
"""What `publish` and `plan` are told besides: those after `wait` lift a guard."""

PAGES = {"pages": "a file for what changes for patients, page by page, in Markdown"}
"""What `plan` alone is told."""


def end(command: "Callable[[], Exit]") -> None:
    """Runs a command and ends with its exit code; what stops it is said in one sentence."""
    from clinic.commands.running import run  # noqa: PLC0415 - `--list` needs none of it

    code = run(command, last=True)
    if code:
        raise Ending(code=code)


def on_site(
    file: str, *told: str, helps: Mapping[str, str] | None = None, more: Mapping[str, Any] | None = None
) -> Callable[[Callable[..., "Exit"]], Any]:
    """Makes a task of a function that takes `settings`, at whose place the options stand that these are made from.

    Args:
        file: the settings file.
        told: the options that change the settings.
        helps: what its other options are for.
        more: options with their defaults that it takes as `**said`, from what GUARDS and the like say.
    """
    said_of = {name: (WHERE | TARGET)[name] for name in told} | dict(helps or {})

    def made(body: Callable[..., "Exit"]) -> Any:
        def run(_: Context, **said: Any) -> None:
            def command() -> "Exit":
                from clinic.commands import settings  # noqa: PLC0415 - `--list` needs none of it

                chosen = settings.load(file, **{name: said.pop(name) for name in told})
                return body(settings=chosen, **said)

            end(command)

        options: list[inspect.Parameter] = [inspect.Parameter("_", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
        for each in inspect.signature(body).parameters.values():
            if each.name == "settings":
                options += [_option(name, "") for name in told]
            elif each.kind is inspect.Parameter.VAR_KEYWORD:
                options += [_option(name.replace("-", "_"), default) for name, default in (more or {}).items()]
            else:
                options.append(each.replace(kind=inspect.Parameter.POSITIONAL_OR_KEYWORD))
        run.__name__, run.__doc__ = body.__name__, body.__doc__
        run.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined] # what invoke reads
        return task(run, help=said_of)

    return made


def _option(name: str, default: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default)
