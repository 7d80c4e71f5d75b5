"""How commands end: exit codes, and the exceptions that carry one sentence each (commands.md)."""

import enum


class Exit(enum.IntEnum):
    """What a command's exit code says."""

    DONE = 0
    """Done; warnings are allowed unless the command is strict."""
    PROBLEMS = 1
    """Problems in the content, pages held back, or a guard refused."""
    MISUSE = 2
    """Wrong use or configuration."""
    FAULT = 3
    """A fault of ours or of the machine."""
    HELD = 4
    """Another deployer holds the target."""
    DUE = 10
    """A build is due."""


class Misuse(Exception):  # noqa: N818 - what the user did, not what the program failed at
    """The command was called in a way, or the settings say something, that can't be done. One sentence."""


class Stopped(Exception):  # noqa: N818 - the same
    """A command that said all that there is to say on standard error, and ends with a code."""

    def __init__(self, code: Exit) -> None:
        """`code` is the exit code."""
        super().__init__(code)
        self.code = code
