"""`publish` in this process, to a folder of the test's own."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from clinic.commands.publishing import Asked, publish
from clinic.commands.running import run
from clinic.commands.settings import Settings
from clinic.library.audience import Audience
from tests.laws.world import World, files_of, small_world


@dataclass(frozen=True)
class Released:
    """How a release ended, what was said, and what patients get."""

    code: int
    said: str
    errors: str
    live: dict[str, bytes]


@dataclass
class Publisher:
    """A world and the target that it is released to."""

    world: World
    capsys: pytest.CaptureFixture[str]

    @property
    def target(self) -> Path:
        """What patients read."""
        return Path(self.world.settings.target)

    def publish(self, asked: Asked | None = None, *, now: str = "") -> Released:
        """Releases the content as it is."""
        settings: Settings = (self.world.at(now) if now else self.world).settings
        self.capsys.readouterr()
        code = run(lambda: publish(settings, asked or Asked()))
        said, errors = self.capsys.readouterr()
        live = files_of(self.target) if self.target.exists() else {}
        return Released(code, said, errors, live)


def publisher(root: Path, capsys: pytest.CaptureFixture[str]) -> Publisher:
    """The small good site with a target beside it; nothing is released yet."""
    return Publisher(small_world(root, audience=Audience.PATIENTS).told(target=str(root / "public")), capsys)
