"""The JSON Schemas say of every header what our own reader says, as far as its shape goes."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clinic.model.clinic import PATH, read_clinic
from clinic.model.field_docs import records
from clinic.model.groups import ListOf, RecordOf
from clinic.model.kinds import HEADERS, Kind, check_header
from clinic.model.reading import Reading, fields_of, read_record
from clinic.problems import Severity
from clinic.problems.catalogue.appointments import NO_WAY_BACK, NOT_SAID_WHEN
from clinic.problems.catalogue.fields import NO_WAY_TO_ASK, NOT_A_ZONE, NOT_IN_CLINIC
from clinic.schemas import DIALECT, render_schemas, schemas, shape, write_files
from clinic.signing.record import Record
from clinic.source.header import read_source, read_yaml
from clinic.source.nodes import ListNode, MapNode, Node
from tests.schemas.verdict import faults

ROOT = Path(__file__).parents[2]
SCHEMAS = schemas()
FOLDERS = [ROOT / "content", ROOT / "tests" / "site", ROOT / "tests" / "gold" / "content"]
BROKEN = [
    case
    for name in ("broken_values.toml", "broken_lines.toml")
    for case in tomllib.loads((ROOT / "tests" / "source" / name).read_text(encoding="utf-8"))["case"]
]
NO_SHAPE = {rule.code for rule in (NO_WAY_TO_ASK, NO_WAY_BACK, NOT_SAID_WHEN, NOT_A_ZONE, NOT_IN_CLINIC)}
"""What holds between the parts of clinic.yaml, or asks what zones there are: no shape of a value."""

GOOD = {
    Kind.CONDITION: {"author": "front-desk", "sources": "[]"},
    Kind.PROCEDURE: {"author": "front-desk", "sources": "[]", "type": "injection"},
    Kind.ANNOUNCEMENT: {"date": "2026-11-22", "expires": "2026-12-31", "topic": "hours"},
    Kind.CLINICIAN: {"name": "Dr. Example", "role": "Physician"},
    Kind.PAGE: {},
}
VALUES = """
"";x;a few words;Small-Letters;small-letters;small--letters;2026;1.5;yes;no;Yes;true;null;published;draft;withdrawn
Draft;injection;surgery;hours;closure;banner;notice;if-sedated;never;unknown;2026-11-22;2028-02-29;2026-02-29;2026-02-30
2026-04-31;2100-02-29;2000-02-29;2026-13-01;2026-1-2;11/22/2026;1899-01-01;2999-12-31;3000-01-01;2026-11-22 08:00
2026-11-22T08:00;2026-11-22 8:00;2026-11-22 25:00;https://example.org/a?b=c;http://example.org;https://;ftp://example.org
javascript:alert(1);//example.org;https://a b.org;/old/;/old;/;//old;/old//page/;/../x/;/a/./b;/a?b;/a#b;old;24 months
1 month;36 months;37 months;0 months;24;two years;en;es;en-US;zh-Hant;EN;english;<b>bold</b>;a < b;1234567893;12345;[]
[a];[a, a];[a b, c];[A];[2026-11-22];[2026-11-22, soon];[en, es];[/old/, /older/];[en, en];{a: b};{file: a.jpg, alt: A}
{file: a.jpg};[{id: a}]
"""
"""Values of every sort, right for one field and wrong for the next."""


def plain(node: Node) -> Any:
    """A header as a program would have it that takes every value for text, and nothing at all for null."""
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    if isinstance(node, MapNode):
        return {key.text: plain(value) for key, value in node}
    return node.text if node.quoted or node.text.strip() else None


def typed(value: Any) -> Any:
    """The same as YAML's core schema types it: numbers, true and false."""
    if isinstance(value, list):
        return [typed(item) for item in value]
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, str) and re.fullmatch(r"[-+]?[0-9]+", value):
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"[-+]?[0-9]*\.[0-9]+", value):
        return float(value)
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def ours(kind: Kind, header: MapNode) -> list[str]:
    """The errors that our reader finds in the shape of a header."""
    reading = Reading("a.md")
    read_record(HEADERS[kind], header, reading, check=check_header)
    return [each.code for each in reading.problems if each.severity is Severity.ERROR]


def theirs(name: str, value: Any) -> list[str]:
    return list(faults(value, SCHEMAS[name], SCHEMAS[name]))


def header_of(text: str) -> MapNode | None:
    source = read_source("a.md", text.encode())
    return source.header if not any(each.severity is Severity.ERROR for each in source.problems) else None


def compared(kind: Kind, header: MapNode) -> tuple[list[str], list[str]]:
    return ours(kind, header), theirs(f"{kind}.json", plain(header))


def pages() -> Iterator[tuple[Kind, Path]]:
    for folder in FOLDERS:
        for kind in Kind:
            yield from ((kind, path) for path in sorted((folder / kind.folder).glob("*.md")))


def test_the_files_are_current(tmp_path: Path) -> None:
    for name, text in render_schemas().items():
        assert (ROOT / name).read_text(encoding="utf-8") == text, "run: python3 run.py docs"
    assert {path.name for path in (ROOT / "docs" / "schemas").iterdir()} == set(SCHEMAS)
    assert len(write_files(tmp_path, render_schemas())) == len(SCHEMAS)
    assert write_files(tmp_path, render_schemas()) == ()


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_closed_told_in_words_and_of_the_newest_draft(name: str) -> None:
    schema = SCHEMAS[name]
    assert schema["$schema"] == DIALECT
    assert json.loads(json.dumps(schema)) == schema
    for each in (schema, *schema.get("$defs", {}).values()):
        assert each["additionalProperties"] is False
        assert all(field["description"].endswith(".") for field in each["properties"].values())


def test_every_field_that_an_editor_can_write_has_a_schema() -> None:
    stated = {cls.__name__: set(fields_of(cls)) for cls in (*records().values(), Record)}
    told = {
        name: set(each["properties"]) for schema in SCHEMAS.values() for name, each in schema.get("$defs", {}).items()
    }
    told |= {cls.__name__: set(SCHEMAS[f"{kind}.json"]["properties"]) for kind, cls in HEADERS.items()}
    told |= {"Clinic": set(SCHEMAS["clinic.json"]["properties"]), "Record": set(SCHEMAS["review.json"]["properties"])}
    for name, names in stated.items():
        if name not in {"Common", "Clinical"}:  # headers hold theirs
            assert told[name] == names


def test_examples_are_good_values() -> None:
    seen = 0
    for schema in SCHEMAS.values():
        for each in (schema, *schema.get("$defs", {}).values()):
            for field in each["properties"].values():
                for example in field.get("examples", ()):
                    seen += 1
                    assert not list(faults(example, field, schema)), example
    assert seen > 30


@pytest.mark.parametrize(("kind", "path"), [*pages()], ids=lambda value: str(getattr(value, "name", value)))
def test_every_header_of_good_pages_passes_both(kind: Kind, path: Path) -> None:
    header = read_source(path.name, path.read_bytes()).header
    assert header is not None
    assert compared(kind, header) == ([], [])
    assert theirs(f"{kind}.json", typed(plain(header))) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_clinic_yaml_and_records_of_sign_offs_pass_both(folder: Path) -> None:
    node, _, problems = read_yaml(PATH, (folder / PATH).read_bytes())
    assert node is not None
    assert not problems
    assert theirs("clinic.json", plain(node)) == []
    assert theirs("clinic.json", typed(plain(node))) == []
    for path in (folder / "reviews").glob("*.yaml"):
        record, _, _ = read_yaml(path.name, path.read_bytes())
        assert record is not None
        assert theirs("review.json", plain(record)) == []


@pytest.mark.parametrize("kind", Kind)
def test_of_broken_headers_that_can_be_read_both_say_the_same(kind: Kind) -> None:
    seen = 0
    for case in BROKEN:
        for key in ("header", "mended"):
            header = header_of(f"---\n{case[key]}\n---\n") if key in case else None
            if header is not None:
                seen += 1
                mine, other = compared(kind, header)
                assert bool(mine) == bool(other), (case["name"], mine, other)
    assert seen > 20


@pytest.mark.parametrize("kind", Kind)
def test_of_every_value_in_every_field_both_say_the_same(kind: Kind) -> None:
    values = [value for line in VALUES.strip().split("\n") for value in line.split(";")]
    verdicts = set()
    stated = fields_of(HEADERS[kind])
    for name in (*stated, "sumary"):
        for value in (None, *values, "x" * 700):
            fields = {"title": "A", "summary": "A.", **GOOD[kind], name: value}
            rows = [f"{key}: {text}" for key, text in fields.items() if text is not None]
            header = header_of("\n".join(["---", *rows, "---", ""]))
            if header is None or (value == '""' and name in stated and isinstance(stated[name].reader, ListOf)):
                continue  # a pair of quotes is an empty list to our reader, and to nobody else
            mine, other = compared(kind, header)
            assert bool(mine) == bool(other), (name, value, mine, other)
            verdicts.add(bool(mine))
    assert verdicts == {True, False}


def test_of_spoiled_facts_both_say_the_same() -> None:
    text = (ROOT / "content" / PATH).read_text(encoding="utf-8")
    spoiled = 0
    for number, row in enumerate(text.split("\n")):
        found = re.match(r"(\s*)([a-z_]+):", row)
        if not found:
            continue
        for change in (
            f"{found[1]}{found[2]}x:",
            f"{found[1]}{found[2]}: {{a: b}}  #",
            f"{found[1]}{found[2]}: nonsense, at all  #",
        ):
            rows = text.split("\n")
            rows[number] = change + row[found.end() :]
            node, _, problems = read_yaml(PATH, "\n".join(rows).encode())
            if node is None or any(each.severity is Severity.ERROR for each in problems):
                continue
            reading = Reading(PATH)
            read_clinic(node, reading)
            mine = [each.code for each in reading.problems if each.severity is Severity.ERROR]
            mine = [code for code in mine if code not in NO_SHAPE]
            assert bool(mine) == bool(theirs("clinic.json", plain(node))), (rows[number], mine)
            spoiled += 1
    assert spoiled > 60


def test_a_new_sort_of_value_must_say_what_it_accepts() -> None:
    class Unheard:
        says = "anything"

    with pytest.raises(TypeError, match="Unheard has no JSON Schema"):
        shape(Unheard(), {})
    defs: dict[str, Any] = {}
    assert shape(RecordOf(Record, "a record"), defs) == {"$ref": "#/$defs/Record"}
    assert set(defs) == {"Record", "SignOff"}


def test_the_reader_of_schemas_knows_its_keywords() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "integer"}},
        "required": ["b"],
        "additionalProperties": False,
    }
    assert list(faults({"a": "x", "c": 1}, schema, schema)) == ["type /a", "required /b", "additionalProperties /c"]
    with pytest.raises(KeyError):
        list(faults(1, {"minimum": 2}, {}))
