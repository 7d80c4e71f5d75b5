"""The door to Pelican: the one module that imports it (design.md, rule 5).

Pelican loads the settings, runs its life cycle, serves and watches; what is built is the same as `build` and `publish`
build. Pelican is imported when it calls, not before: the settings files import this module for `invoke` too.
"""

import logging
import re
import sys
from typing import Any

from clinic.commands.ends import Exit
from clinic.commands.manner import Manner
from clinic.commands.settings import ROOT, from_pelican
from clinic.library.audience import Audience


def register() -> None:
    """Connects to Pelican's signals: Pelican calls this once it has loaded the settings."""
    from pelican.plugins import signals  # noqa: PLC0415

    signals.initialized.connect(_on_initialized)
    signals.get_generators.connect(_on_get_generators)


def _on_initialized(pelican: Any) -> None:
    """Takes over `-d`: nothing is deleted until the new output is complete."""
    pelican.settings["CLINIC_ANEW"] = bool(pelican.delete_outputdir)
    pelican.delete_outputdir = False


def _on_get_generators(_pelican: Any) -> type:
    return ClinicGenerator


class ClinicGenerator:
    """Builds the whole site where Pelican would write its articles and pages."""

    def __init__(self, context: dict[str, Any], settings: dict[str, Any], **_: Any) -> None:
        """Keeps the settings that Pelican read."""
        self._context = context
        self._said = settings

    def generate_output(self, _writer: Any) -> None:
        """Builds.

        Raises:
            SystemExit: with the exit codes of commands.md, so that CI sees what happened. While Pelican watches
                (`-r`), nothing is raised: the next save builds again.
        """
        from clinic.commands.running import run  # noqa: PLC0415 - after the settings were read

        code = run(self._build, last=not _watching())
        if code and not _watching():
            raise SystemExit(code)

    def _build(self) -> Exit:
        from clinic.commands.building import build, build_for_patients  # noqa: PLC0415

        settings = from_pelican(self._said, ROOT)
        level = logging.getLogger().getEffectiveLevel()
        how = Manner(
            anew=bool(self._said.get("CLINIC_ANEW")),
            quiet=level >= logging.CRITICAL,
            verbose=level <= logging.INFO,
            strict=_fatal_level() <= logging.WARNING,
        )
        done = build(settings, how) if settings.audience is Audience.EDITORS else build_for_patients(settings, how)
        clinic = done.built
        known = {"SITENAME": clinic.name, "TIMEZONE": clinic.timezone, "DEFAULT_LANG": clinic.language}
        self._context.update(known, SITEURL=settings.url or clinic.url.rstrip("/"))
        return done.exit


def _fatal_level() -> int:
    """From which level on Pelican's user asked for a failure (`--fatal`)."""
    from pelican.log import FatalLogger  # noqa: PLC0415

    return int(FatalLogger.fatal_lvl)


def _watching() -> bool:
    """Whether Pelican builds again at each save (`-r`): it has no other way to tell a plugin."""
    return any(
        argument == "--autoreload" or re.fullmatch(r"-[a-zA-Z]*r[a-zA-Z]*", argument) for argument in sys.argv[1:]
    )
