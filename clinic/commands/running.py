"""How a command runs: whatever stops it becomes one sentence and the right exit code, never a traceback."""

import atexit
import functools
import gc
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from clinic.commands.ends import Exit, Misuse, Stopped
from clinic.commands.saying import complain
from clinic.disk import fault_words


def run(command: Callable[[], Exit], *, last: bool = False) -> int:
    """Runs a command and gives its exit code; what stopped it is said on standard error.

    Args:
        command: what to do.
        last: whether the process ends after it. Looking for garbage again would begin with all that the command made.
    """
    _end_at_once()
    # What a command makes it needs to its end, and little of it is a circle: looking for garbage among a thousand pages
    # again and again takes a fifth of its time and finds nothing. The preview, which stays, has its own way.
    looked = gc.isenabled()
    gc.disable()
    try:
        return _run(command)
    finally:
        if looked and not last:
            gc.enable()


@functools.cache
def _end_at_once() -> None:
    """A process that ends is looked through for circles once more, a second for ten thousand pages: all goes anyway."""
    atexit.register(gc.freeze)


def _run(command: Callable[[], Exit]) -> int:
    try:
        return int(command())
    except Stopped as stopped:
        return int(stopped.code)
    except BrokenPipeError:
        # Whoever read our output has gone: nothing is left to be said, and Python must not say it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.FAULT)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last door before the user
        sentence, code = _told(error)
        complain(sentence)
        if os.environ.get("CLINIC_DEBUG"):
            traceback.print_exc()
        return int(code)


def _told(error: BaseException) -> tuple[str, int]:
    """What stopped a command, in a sentence, and the exit code for it."""
    # Rooms that many a command does without take longer to load than such a command lasts.
    from clinic.assets import AssetProblem  # noqa: PLC0415
    from clinic.interface import CatalogueProblem  # noqa: PLC0415
    from clinic.output import OutputError, OutputFault  # noqa: PLC0415
    from clinic.release import ReleaseStopped  # noqa: PLC0415
    from clinic.render import TemplateProblem  # noqa: PLC0415

    if isinstance(error, Misuse | OutputError | TemplateProblem | AssetProblem | CatalogueProblem):
        return str(error), Exit.MISUSE
    if isinstance(error, ReleaseStopped):
        return str(error), error.exit_code
    if isinstance(error, OutputFault):
        return str(error), Exit.FAULT
    if isinstance(error, OSError):
        return fault_words(error, os.curdir), Exit.FAULT
    if isinstance(error, KeyboardInterrupt):
        return "Stopped. What was there before is whole; run the command again to go on.", Exit.FAULT
    where = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"This is a mistake in the program, not yours ({type(error).__name__}, {Path(where.filename).name} line "
        f"{where.lineno}). What was there before is whole. Please report it with what you did."
    ), Exit.FAULT
