"""Why a release stopped: one plain sentence each, and the exit code that the command gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


class ReleaseStopped(Exception):  # noqa: N818 - these are outcomes that people read, not errors of the program
    """A release that did not go through. Its text is one plain sentence, or a few."""

    exit_code: ClassVar[int] = 3


class TargetError(ReleaseStopped):
    """The target can't be used as it was written: nothing was touched."""

    exit_code = 2


class StoreFault(ReleaseStopped):
    """The place that holds the site did not do what it was asked to."""


class Conflict(StoreFault):
    """A key is not in the state that the writer expected: another was there first."""

    def __init__(self, key: str) -> None:
        super().__init__(f"{key} was changed by somebody else at the same moment. Nothing was overwritten.")
        self.key = key


class StoreMissing(StoreFault):
    """A key that was to be copied isn't there."""

    def __init__(self, key: str) -> None:
        super().__init__(f"{key} is not there any more.")
        self.key = key


class StoreUnreachable(StoreFault):
    """The place can't be read or written at all at the moment."""


class StoreBusy(StoreUnreachable):
    """No answer, or one that says to try later: the same request may be sent again."""


class NoCredentials(StoreFault):
    """Nobody told this computer as whom it may ask, or what it was told is not accepted."""


class WrongClock(StoreFault):
    """The clock of this computer is so far off that the place doesn't believe its requests."""


class TooLate(StoreFault):
    """The place got a write after the end that it bore: this computer slept, or its clock is slow."""

    def __init__(self, host: str, minutes: int) -> None:
        slow = f" It is {minutes} minutes slow." if minutes else ""
        super().__init__(
            f"{host} refused a write, since it came after the time for which this computer had the target: either the "
            f"computer slept meanwhile, or its clock is wrong.{slow} Look at the clock, then run the same command "
            "again. The site that is live is whole."
        )


class NoBucket(StoreFault):
    """There is no such bucket or container."""

    exit_code = 2


class WrongRegion(StoreFault):
    """The bucket is in another region than the target says."""

    exit_code = 2


class UnsafeStore(StoreFault):
    """The place can't keep two deployers apart."""

    exit_code = 2


class StoreFull(StoreFault):
    """There is no room left."""


class StoreForbidden(StoreFault):
    """The permission to read or write is missing."""


class BadKey(StoreFault):
    """An address that this kind of target can't hold safely. Found before anything is written."""

    exit_code = 1


class DamagedState(StoreFault):
    """The target's own notes (its state) can't be read."""


class BuildChanged(ReleaseStopped):
    """The output folder no longer holds what its manifest says: another build ran, or a file was edited."""


class BrokenBuild(ReleaseStopped):
    """A page of the build names a page or file that the release would not have."""


class LeaseLost(ReleaseStopped):
    """This run slept past its lease and another took over."""

    exit_code = 4

    def __init__(self, where: str) -> None:
        super().__init__(
            f"This run was interrupted for too long, and another one has taken over {where}. What is live there "
            "is now up to that other run. Check it with the task verify, and run this command again if it is needed."
        )


class TargetHeld(ReleaseStopped):
    """Another deployer is at work there. `owner` says who, `until` how long it has asked for."""

    exit_code = 4

    def __init__(self, where: str, owner: str, until: datetime) -> None:
        super().__init__(
            f"{owner} is releasing to {where} at this moment and has it until {until:%H:%M:%S} UTC. "
            "Nothing was changed. Try again after that, or let the command wait with --wait 120."
        )
        self.owner = owner
        self.until = until


class NoSuchRelease(ReleaseStopped):
    """A release that was asked for is not in the history, or can't be brought back."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Objection:
    """What one guard says: its name, the sentence, and the option that lifts it."""

    guard: str
    message: str
    option: str
    keys: tuple[str, ...] = ()


class Refused(ReleaseStopped):
    """One or more guards refused. Nothing was written."""

    exit_code = 1

    def __init__(self, objections: Sequence[Objection]) -> None:
        super().__init__("\n".join(objection.message for objection in objections))
        self.objections = tuple(objections)
