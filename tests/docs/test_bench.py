"""The page about speed keeps what was measured before, and its plot shows every result."""

import re

from bench.__main__ import PARTS, page_of, parts_of
from bench.building import Result, told
from bench.generators import DAY
from bench.plot import bars

TEXTS = {"building": "One table.\n", "release": "```\naws | 1.0 s\n```\n"}

RESULTS = [
    Result(1000, name, case, f"{name} build", seconds * (at + 1), 1.0, 50.0 if case == "cold" else 0.0)
    for name, seconds in (("ours", 0.5), ("Hugo <1>", 2.0))
    for at, case in enumerate(DAY)
]


def test_parts_that_were_not_measured_again_stay() -> None:
    page = page_of(TEXTS)
    assert parts_of(page) == TEXTS
    assert page_of(parts_of(page)) == page
    again = page_of({**parts_of(page), "building": "Another table.\n"})
    assert "One table." not in again
    assert parts_of(again)["release"] == TEXTS["release"]
    assert re.findall(r"(?m)^## (\w+)$", page) == [PARTS[name][0] for name in TEXTS]


def test_the_table_compares_each_with_ours() -> None:
    head, _, own, other = told(RESULTS)
    assert [cell.strip() for cell in head.split("|")[2:-2]] == list(DAY)
    assert own.startswith("| ours | 0.50 s | 1.00 s |")
    assert other.startswith("| Hugo <1> | 2.00 s (4.0x) | 4.00 s (4.0x) |")
    assert other.endswith("| 50 MB |")


def test_the_plot_has_a_bar_for_every_result() -> None:
    drawn = bars(RESULTS, DAY)
    assert drawn.count('height="12"') == len(RESULTS)
    assert "Hugo &lt;1&gt;" in drawn
    widths = [float(width) for width in re.findall(r'width="([\d.]+)" height="12"', drawn)]
    assert max(widths) < 700
    assert widths[0] < widths[1], "ours is shorter where it is faster"


def test_what_was_not_measured_is_left_out() -> None:
    few = [result for result in RESULTS if result.generator == "ours" or result.case == "cold"]
    assert told(few)[3] == "| Hugo <1> | 2.00 s (4.0x) |  |  |  |  |  | 50 MB |"
    assert bars(few, DAY).count('height="12"') == len(few)
