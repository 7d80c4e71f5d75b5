"""A JSON Schema (draft 2020-12) of every header, of clinic.yaml and of the records of sign-offs, made from the model.

Our own reader says more, and says it better. These are for programs that know nothing of it: an editor that completes
and underlines while somebody types, a form, another tool. A value is a text to our reader, whatever YAML makes of it;
programs that read `97201` as a number find that allowed too.
"""

import json
import re
from collections.abc import Mapping
from functools import singledispatch
from pathlib import Path
from typing import Any

from clinic.library.document import CALLED
from clinic.model.appointments import Endpoint, Origin
from clinic.model.clinic import Clinic, NotApplicable, NoticeReader, Outside
from clinic.model.groups import ListOf, RecordOf, TableOf
from clinic.model.hours import HoursOfDay
from clinic.model.kinds import HEADERS, Announcement, Common
from clinic.model.moments import DayOrTime
from clinic.model.reading import Stated, fields_of
from clinic.model.values import Alias, Choice, Coordinates, Id, Months, Npi, Pattern, Text, Url, YesNo
from clinic.signing.record import Lines, Mark, Record

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "docs/schemas"
"""Where the files lie."""

_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_WORDS: list[str] = ["string", "number", "boolean"]
_NUMBER: list[str] = ["string", "integer"]
_HOST = "[A-Za-z0-9.-]+"
_LONG = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
_SHORT = "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
_MONTH_AND_DAY = f"(?:{_LONG}|{_SHORT}|02-(?:0[1-9]|1[0-9]|2[0-8]))"
_LEAP_DAY = "(?:(?:19|2[0-9])(?:0[48]|[2468][048]|[13579][26])|2[048]00)-02-29"
_DAY = f"(?:(?:19|2[0-9])[0-9]{{2}}-{_MONTH_AND_DAY}|{_LEAP_DAY})"
_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_SPAN = f"{_TIME}\\s*[-\u2013]\\s*{_TIME}"


def _whole(pattern: str) -> str:
    """A pattern of a whole value; our reader does not count blanks around it."""
    return f"^\\s*(?:{pattern})\\s*$"


@singledispatch
def shape(reader: object, defs: dict[str, Schema]) -> Schema:
    """What a reader accepts, as a schema; the records that it holds are put into `defs`.

    Raises:
        TypeError: there is no schema for such a reader yet: write one here.
    """
    _ = defs
    raise TypeError(f"{type(reader).__name__} has no JSON Schema: clinic/schemas.py must say what it accepts")


@shape.register
def _(reader: Text, _defs: dict[str, Schema]) -> Schema:
    markup = "</?[a-zA-Z!][^>]*>?"
    return {
        "type": _WORDS,
        "pattern": "^\\s*[^\\n]*\\s*$",
        "maxLength": reader.most,
        "not": {"type": "string", "pattern": markup},
    }


@shape.register
def _(reader: Choice, _defs: dict[str, Schema]) -> Schema:
    return {"enum": list(reader.choices)}


@shape.register
def _(_reader: YesNo, _defs: dict[str, Schema]) -> Schema:
    return {"enum": ["yes", "no"]}


@shape.register
def _(_reader: Id, _defs: dict[str, Schema]) -> Schema:
    return {"type": _NUMBER, "pattern": _whole(_ID)}


@shape.register
def _(reader: Pattern, _defs: dict[str, Schema]) -> Schema:
    return {"type": _NUMBER, "pattern": _whole(reader.pattern.pattern)}


@shape.register
def _(reader: Url, _defs: dict[str, Schema]) -> Schema:
    scheme = "[Hh][Tt][Tt][Pp][Ss]" + ("" if reader.secure else "?")
    rest = f'(?:[^\\s<>"/?#@]*@)?{_HOST}(?::[0-9]*)?(?:[/?#][^\\s<>"]*)?'
    return {"type": "string", "pattern": _whole(f"{scheme}://{rest}")}


@shape.register
def _(_reader: Endpoint, _defs: dict[str, Schema]) -> Schema:
    return {"type": "string", "pattern": _whole(f'https://{_HOST}(?:/[^\\s<>"?#]*)?')}


@shape.register
def _(_reader: Origin, _defs: dict[str, Schema]) -> Schema:
    return {"type": "string", "pattern": _whole(f"https://{_HOST}/?")}


@shape.register
def _(_reader: Alias, _defs: dict[str, Schema]) -> Schema:
    path = "(?!/\\s*$)(?!.*//)(?!.*/\\.{1,2}(?:/|\\s*$))/[A-Za-z0-9._~!$&'()+,;=@%/-]*"
    return {"type": "string", "pattern": _whole(path)}


@shape.register
def _(reader: Months, _defs: dict[str, Schema]) -> Schema:
    numbers = "|".join(str(number) for number in range(1, reader.most + 1))
    return {"type": "string", "pattern": _whole(f"0{{0,2}}(?:{numbers}) months?")}


@shape.register
def _(_reader: Npi, _defs: dict[str, Schema]) -> Schema:
    return {"type": _NUMBER, "pattern": _whole("[0-9]{10}")}


@shape.register
def _(_reader: Coordinates, _defs: dict[str, Schema]) -> Schema:
    degrees = {"type": ["string", "number"], "pattern": "^-?[0-9]{1,3}(?:\\.[0-9]{1,8})?$"}
    return {"type": "array", "items": degrees, "minItems": 2, "maxItems": 2}


@shape.register
def _(reader: DayOrTime, _defs: dict[str, Schema]) -> Schema:
    forms = [_DAY, *([f"{_DAY}[ T]{_TIME}"] if reader.timed else []), *(["unknown", "never"] * reader.open_ended)]
    return {"type": "string", "pattern": _whole("|".join(forms))}


@shape.register
def _(_reader: HoursOfDay, _defs: dict[str, Schema]) -> Schema:
    span = {"type": "string", "pattern": _whole(_SPAN)}
    return {"anyOf": [{"const": "closed"}, span, {"type": "array", "items": span}]}


@shape.register
def _(_reader: Mark, _defs: dict[str, Schema]) -> Schema:
    return {"type": "string", "pattern": "^[0-9a-f]{64}$"}


@shape.register
def _(_reader: Lines, _defs: dict[str, Schema]) -> Schema:
    return {"type": "array", "items": {"type": "string"}}


@shape.register
def _(_reader: NoticeReader, defs: dict[str, Schema]) -> Schema:
    return {"anyOf": [shape(Id(), defs), shape(RecordOf(NotApplicable, "a notice"), defs)]}


@shape.register(ListOf)
def _(reader: ListOf[Any], defs: dict[str, Schema]) -> Schema:
    each = shape(reader.item, defs)
    return {"type": "array", "items": each} | ({} if isinstance(reader.item, RecordOf) else {"uniqueItems": True})


@shape.register(TableOf)
def _(reader: TableOf[Any], defs: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^{_ID}$"},
        "additionalProperties": shape(reader.item, defs),
    }


@shape.register(RecordOf)
def _(reader: RecordOf[Any], defs: dict[str, Schema]) -> Schema:
    name = reader.cls.__name__
    if name not in defs:
        defs[name] = {}  # a record that holds itself ends here
        defs[name] = fields(reader.cls, defs)
    return {"$ref": f"#/$defs/{name}"}


def fields(cls: type, defs: dict[str, Schema]) -> Schema:
    """A record: its fields, those that it must have, and no others."""
    stated = fields_of(cls)
    made: Schema = {
        "description": (cls.__doc__ or "").strip(),
        "type": "object",
        "properties": {name: _field(name, about, defs) for name, about in stated.items()},
        "required": [name for name, about in stated.items() if about.required],
        "additionalProperties": False,
    }
    between = [rule for base, rules in _BETWEEN.items() if issubclass(cls, base) for rule in rules]
    return made | ({"allOf": between} if between else {})


def _field(name: str, about: Stated[object], defs: dict[str, Schema]) -> Schema:
    made = shape(about.reader, defs)
    if about.required and isinstance(about.reader, Text):
        made |= {"pattern": "^\\s*\\S[^\\n]*\\s*$"}
    told = [about.help]
    if not isinstance(about.reader, (Text, RecordOf)):
        told.append(f"Write {about.reader.says}.")
    if about.shows:
        told.append(f"Patients see it here: {about.shows}.")
    if about.clinical:
        told.append("It is part of what a clinician signs.")
    made = {"description": " ".join(told)} | made
    example = re.fullmatch(rf'{name}: "?([^"\[]+?)"?', about.example)
    plain = not isinstance(about.reader, (ListOf, TableOf, RecordOf, HoursOfDay))
    return made | ({"examples": [example[1]]} if example and plain and "\u2026" not in example[1] else {})


def _where(key: str, value: str) -> Schema:
    """That a reason is given where a field has this value (`check_header`)."""
    has = {"properties": {key: {"const": value}}, "required": [key]}
    reason = {"properties": {"why": {"pattern": "\\S"}}, "required": ["why"]}
    return {"if": has, "then": reason}


_BETWEEN: Mapping[type, tuple[Schema, ...]] = {
    Common: (_where("status", "withdrawn"),),
    Announcement: (_where("expires", "never"),),
    Outside: ({"anyOf": [{"required": [key]} for key in ("number", "email", "address")]},),
}
"""What holds between the fields of a record, which no field says of itself."""


def schemas() -> dict[str, Schema]:
    """Every schema by the name of its file."""
    made = {f"{kind}.json": _document(f"The header of {CALLED[kind]}", cls) for kind, cls in HEADERS.items()}
    made["clinic.json"] = _document("clinic.yaml: every fact about the clinic", Clinic)
    made["review.json"] = _document("The sign-offs of a page: only approve writes them", Record)
    return made


def _document(title: str, cls: type) -> Schema:
    defs: dict[str, Schema] = {}
    made = fields(cls, defs)
    return {"$schema": DIALECT, "title": title, **made, **({"$defs": dict(sorted(defs.items()))} if defs else {})}


def render_schemas() -> dict[str, str]:
    """The text of every file by its path in the project."""
    return {
        f"{FOLDER}/{name}": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas().items()
    }


def write_files(root: Path, files: Mapping[str, str]) -> tuple[Path, ...]:
    """Brings generated files up to date; gives those that changed.

    Raises:
        OSError: one can't be read or written.
    """
    changed = []
    for name, text in files.items():
        path = root / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return tuple(changed)
