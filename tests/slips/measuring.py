"""How many of the listed slips `check` finds: `python -m tests.slips.measuring [FAMILY, code or id …]`."""

import sys
import tempfile
from pathlib import Path

from tests.slips.listed import Entry, caught, entries, told


def main(wanted: tuple[str, ...]) -> None:
    """Prints every slip that is missed and every innocent form that is reported, and the sums."""
    slips, innocents = (_wanted(entries(sort), wanted) for sort in ("slip", "innocent"))
    missed = [slip for slip in slips if not _is_caught(slip)]
    alarmed = [innocent for innocent in innocents if _is_reported(innocent)]
    print(f"{len({slip.code for slip in slips})} codes")
    print(
        f"{len(slips) - len(missed)} of {len(slips)} slips caught; {sum(bool(s.missed) for s in missed)} known misses"
    )
    print(f"{len(alarmed)} of {len(innocents)} innocent forms reported")


def _wanted(every: tuple[Entry, ...], names: tuple[str, ...]) -> tuple[Entry, ...]:
    return tuple(each for each in every if not names or each.id.startswith(names))


def _is_caught(slip: Entry) -> bool:
    with tempfile.TemporaryDirectory() as scratch:
        try:
            site, problems = told(slip, Path(scratch))
            found = caught(slip, site, problems)
        except AssertionError as error:
            print(f"{slip.id} can't be set in: {error}")
            return False
    if not found:
        print(f"{slip.id} missed{f' ({slip.missed})' if slip.missed else ''}; told instead:")
        for each in problems:
            print(f"    {each.code} {each.path}:{each.span.line}:{each.span.column} {each.message} | {each.hint}")
    return bool(found)


def _is_reported(innocent: Entry) -> bool:
    with tempfile.TemporaryDirectory() as scratch:
        found = [each for each in told(innocent, Path(scratch))[1] if each.code == innocent.code]
    for each in found:
        print(f"{innocent.id} reported: {each.path}:{each.span.line}:{each.span.column} {each.message}")
    return bool(found)


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
