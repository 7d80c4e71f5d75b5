"""Every broken header of the table is explained at its own line and column, and mended where that is sure."""

import tomllib
from pathlib import Path

import pytest

from clinic.source.fix import apply
from clinic.source.header import read_source

TABLES = ("broken_values.toml", "broken_lines.toml", "broken_edges.toml")
CASES = [
    case
    for name in TABLES
    for case in tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))["case"]
]


def file_of(case: dict[str, str], header: str = "header") -> bytes:
    return (case["file"] if "file" in case else f"---\n{case[header]}\n---\n\nPain.\n").encode()


def said(data: bytes) -> list[str]:
    problems = read_source("conditions/low-back-pain.md", data).problems
    return [f"{problem.code} {problem.span.line}:{problem.span.column}" for problem in problems]


def test_the_table_is_long_enough_and_says_each_thing_once() -> None:
    assert len(CASES) >= 70
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_broken_header_is_explained_where_it_is_broken(case: dict[str, str]) -> None:
    assert said(file_of(case)) == sorted(case["expect"], key=lambda line: [int(n) for n in line[6:].split(":")])


@pytest.mark.parametrize("case", [case for case in CASES if "mended" in case], ids=lambda case: case["name"])
def test_what_is_sure_is_mended(case: dict[str, str]) -> None:
    data = file_of(case)
    for _ in range(3):
        data = apply(data, read_source("conditions/low-back-pain.md", data).problems)
    assert data.decode() == file_of(case, "mended").decode()
    assert said(data) == []
