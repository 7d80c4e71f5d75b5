"""What a command works on: folders and settings from pelicanconf.py or publishconf.py, options, the clock."""

import datetime as dt
import os
import runpy
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from clinic.commands.ends import Misuse
from clinic.library.audience import Audience
from clinic.model.clock import Unclear, instant

if TYPE_CHECKING:
    from clinic.model.clinic import Clinic

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder."""

FROM_CLINIC = {"SITENAME": "name", "TIMEZONE": "timezone", "DEFAULT_LANG": "language"}
"""Settings of Pelican that clinic.yaml decides: saying something else is an error."""

PELICANS_OWN = {"SITENAME": "A Pelican Blog", "TIMEZONE": "UTC", "DEFAULT_LANG": "en"}
"""What Pelican says where the settings say nothing."""


@dataclass(frozen=True)
class Settings:
    """The settings of one command, checked."""

    content: Path
    output: Path
    cache: Path
    theme: Path
    audience: Audience
    url: str | None = None
    target: str = ""
    now: str = ""
    """`--now`, in clinic time; empty for the clock of the machine."""
    stated: tuple[tuple[str, str], ...] = ()
    """What the settings file says of the clinic itself: it must agree with clinic.yaml."""

    def instant(self, clock: ZoneInfo) -> dt.datetime:
        """Now: as `--now` or `CLINIC_NOW` says, else the machine's clock, read here and nowhere else.

        Raises:
            Misuse: the text is no date and time, or one that the clocks skip or show twice.
        """
        if not self.now:
            return dt.datetime.now(dt.UTC).replace(microsecond=0)
        try:
            said = dt.datetime.fromisoformat(self.now)
        except ValueError:
            raise Misuse(f'"{self.now}" is not a date and time. Write it like this: 2026-11-22T09:00:00') from None
        if said.tzinfo is not None:
            return said.astimezone(dt.UTC)
        placed = instant(said, clock)
        if isinstance(placed, Unclear):
            raise Misuse(f"At {self.now} the clinic's clocks change: choose {placed.before} or {placed.after}.")
        return placed

    def check_clinic(self, clinic: "Clinic") -> None:
        """Makes sure that the settings say of the clinic what clinic.yaml says.

        Raises:
            Misuse: they differ.
        """
        for name, said in self.stated:
            right = getattr(clinic, FROM_CLINIC[name])
            if said.lower() != str(right).lower():
                raise Misuse(
                    f'The settings say {name} = "{said}", but clinic.yaml says "{right}". '
                    f"Take {name} out of the settings: clinic.yaml decides."
                )


def load(
    file: str,
    *,
    content: str = "",
    output: str = "",
    cache: str = "",
    now: str = "",
    url: str = "",
    target: str = "",
) -> Settings:
    """The settings in a file of the project, with what options say instead.

    Raises:
        Misuse: the file can't be read, or a setting is of the wrong type.
    """
    try:
        said = runpy.run_path(str(ROOT / file))
    except Exception as error:  # a settings file is a program: anything can go wrong in it
        line = getattr(error, "lineno", None) or _line_of(error, file)
        raise Misuse(f"{file} can't be read: {error} (line {line or '?'}).") from error
    made = from_pelican(said, ROOT)
    return replace(
        made,
        content=_given(content) or made.content,
        output=_given(output) or made.output,
        cache=_given(cache) or made.cache,
        url=_url(url, "--url") if url else made.url,
        target=target or made.target,
        now=now or os.environ.get("CLINIC_NOW", ""),
    )


def from_pelican(said: dict[str, object], root: Path) -> Settings:
    """The settings that Pelican read; relative paths are below `root`.

    Raises:
        Misuse: one is of the wrong type.
    """
    url = _text(said, "SITEURL")
    audience = _text(said, "CLINIC_AUDIENCE") or Audience.EDITORS.value
    if audience not in {each.value for each in Audience}:
        raise Misuse(f'CLINIC_AUDIENCE is "{audience}": it can be "editors" or "patients".')
    return Settings(
        content=Path(root, _text(said, "PATH") or "content"),
        output=Path(root, _text(said, "OUTPUT_PATH") or "output"),
        cache=Path(root, _text(said, "CLINIC_CACHE") or ".cache/clinic"),
        theme=Path(root, _text(said, "THEME") or "theme"),
        audience=Audience(audience),
        url=_url(url, "SITEURL") if url else None,
        target=_text(said, "PUBLISH_TARGET"),
        now=os.environ.get("CLINIC_NOW", ""),
        stated=tuple(
            (name, text) for name in FROM_CLINIC if (text := _text(said, name)) and text != PELICANS_OWN[name]
        ),
    )


def _given(option: str) -> Path | None:
    return Path(os.path.abspath(option)) if option else None  # noqa: PTH100 - links stay as the user named them


def _text(said: dict[str, object], name: str) -> str:
    value = said.get(name, "")
    if isinstance(value, Path):
        return str(value)
    if not isinstance(value, str):
        raise Misuse(f"The setting {name} is {value!r}: write text in quotes.")
    return value


def _url(text: str, name: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise Misuse(f'{name} is "{text}": write a whole address, such as https://clinic.example.com/')
    return text


def _line_of(error: BaseException, file: str) -> int | None:
    found = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(file):
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


def boot_time() -> float:
    """Seconds that never go back and count while the computer sleeps, where it has such a clock."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)
