"""Expressions that are compiled at the first question: none is wrong, and each says what `re` would."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import clinic
from clinic.expressions import _Late, expression
from clinic.prose.sections import known_sections


def late() -> Iterator[tuple[str, object]]:
    for module in pkgutil.walk_packages(clinic.__path__, "clinic."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for one in value if isinstance(value, tuple | list) else [value]:
                yield f"{module.name}.{name}", one
    for kind, sections in known_sections().items():
        for section in sections:
            yield from ((f"{kind}: {section.key}", pattern) for pattern in section.patterns)


def test_every_expression_can_be_compiled() -> None:
    found = [(name, one) for name, one in late() if isinstance(one, _Late)]
    assert len(found) > 200
    for name, one in found:
        assert re.compile(one.pattern, one._flags).groups == one.groups, name


def test_it_is_compiled_at_the_first_question_and_not_before() -> None:
    broken = expression("(")
    assert broken.pattern == "("
    try:
        broken.search("")
    except re.error:
        return
    raise AssertionError


def test_it_answers_as_the_expression_does() -> None:
    one, right = expression(r"(?P<word>a+)(b)?", re.IGNORECASE), re.compile(r"(?P<word>a+)(b)?", re.IGNORECASE)
    assert one.findall("xAab aa") == right.findall("xAab aa")
    assert one.sub("-", "xAab aa") == right.sub("-", "xAab aa")
    assert (one.groups, dict(one.groupindex), one.flags) == (right.groups, dict(right.groupindex), right.flags)
    assert expression(rb"\xff").search(b"a\xff")
