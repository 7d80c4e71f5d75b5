"""How a command runs: whatever stops it becomes one sentence and the right exit code, never a traceback."""

import os
import sys
import traceback
from collections.abc import Callable

from clinic.assets import AssetProblem
from clinic.commands.ends import Exit, Misuse, Stopped
from clinic.commands.saying import complain
from clinic.disk import fault_words
from clinic.interface import CatalogueProblem
from clinic.output import OutputError, OutputFault
from clinic.release import ReleaseStopped
from clinic.render import TemplateProblem


def run(command: Callable[[], Exit]) -> int:
    """Runs a command and gives its exit code; what stopped it is said on standard error."""
    try:
        return int(command())
    except Stopped as stopped:
        return int(stopped.code)
    except (Misuse, OutputError, TemplateProblem, AssetProblem, CatalogueProblem) as error:
        complain(str(error))
        return int(Exit.MISUSE)
    except ReleaseStopped as stopped:
        complain(str(stopped))
        return int(stopped.exit_code)
    except OutputFault as fault:
        complain(str(fault))
        return int(Exit.FAULT)
    except BrokenPipeError:
        # Whoever read our output has gone: nothing is left to be said, and Python must not say it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.FAULT)
    except OSError as error:
        complain(fault_words(error, os.curdir))
        return int(Exit.FAULT)
    except KeyboardInterrupt:
        complain("Stopped. What was there before is whole; run the command again to go on.")
        return int(Exit.FAULT)
    except Exception as error:  # noqa: BLE001 - the last door: a fault of ours, told with what a developer needs
        where = traceback.extract_tb(error.__traceback__)[-1]
        complain(
            f"This is a mistake in the program, not yours ({type(error).__name__} in {os.path.basename(where.filename)}, "  # noqa: PTH119
            f"line {where.lineno}). What was there before is whole. Please report it with what you did."
        )
        if os.environ.get("CLINIC_DEBUG"):
            traceback.print_exc()
        return int(Exit.FAULT)
