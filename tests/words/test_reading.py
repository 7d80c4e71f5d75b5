"""The file of a list: what is read is what TOML says, and what can't be read is told at its line, in words."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.problems import Problem
from clinic.words.reading import Word, read_entries

WORD = st.text(st.characters(exclude_characters="\x7f", exclude_categories=("C", "Z")), min_size=1, max_size=8)
KEY = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)


def quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


@st.composite
def files(draw: st.DrawFn) -> str:
    lines: list[str] = []
    for number, table in enumerate(["", *draw(st.lists(KEY, max_size=3, unique=True))]):
        if number:
            lines.append(draw(st.sampled_from([f"[{table}]", f"[ {table} ]  # note", f'["{table}"]'])))
        for key in draw(st.lists(KEY, max_size=3, unique=True)):
            words = draw(st.lists(WORD, max_size=3))
            gap = draw(st.sampled_from([", ", ",\n  ", ",  # a note\n"]))
            listed = "[" + gap.join(quoted(word) for word in words) + draw(st.sampled_from(["]", " ]", "\n]"]))
            plain = quoted(draw(WORD))
            name = f"{number}-{key}"  # keys and tables share one space of names
            lines.append(f"{name} = {draw(st.sampled_from([listed, plain]))}")
        lines.append(draw(st.sampled_from(["", "# a note"])))
    return "\n".join(lines)


@given(files())
def test_what_is_read_is_what_toml_says(text: str) -> None:
    read = read_entries("lists/x.toml", text)
    assert not isinstance(read, Problem), read
    found: dict[str, object] = {table.text: {} for table in read[1]}
    for entry in read[0]:
        value = entry.value.text if isinstance(entry.value, Word) else [word.text for word in entry.value]
        place = found[entry.table] if entry.table else found
        assert isinstance(place, dict)
        place[entry.key.text] = value
    assert found == tomllib.loads(text)


@given(st.text(max_size=60) | st.text(alphabet="[]=\"',\n #ab\u201c", max_size=60))
def test_any_text_is_read_or_told_of(text: str) -> None:
    read = read_entries("lists/x.toml", text)
    if isinstance(read, Problem):
        assert 1 <= read.span.line <= text.count("\n") + 1
    elif "\r" not in text and text.isprintable():
        tomllib.loads(text)


@pytest.mark.parametrize(
    ("text", "line", "column", "told"),
    [
        ('known = [\n  "OHSU,\n]\n', 2, 3, "has no partner"),
        ('known = ["a" "b"]', 1, 14, "comma"),
        ('known = [\n  "a",\n  "b"\n\nspelled = "x"', 1, 9, "has no end"),
        ('known = ["a",\n', 1, 9, "has no end"),
        ("# words\n\nknown = \u201cOHSU\u201d", 3, 9, "curly quotation marks"),
        ("known = [OHSU]", 1, 10, "no quotation marks"),
        ('[spelled]\nback pain = "x"', 2, 1, "can't be read"),
        ('known "a"', 1, 7, "no equals sign"),
        ("known =\n", 1, 8, "there is nothing"),
        ("[spelled\n", 1, 1, "no partner"),
        ('known = ["a"]\nknown = ["b"]', 2, 1, "twice"),
        ('[one]\na = "x"\n[one]\n', 3, 2, "twice"),
        ('known = ["a"] "b"', 1, 15, "left over"),
        ('known = [""]', 1, 10, "no word"),
        (r'known = ["C:\qx"]', 1, 10, "backslash"),
    ],
)
def test_what_is_broken_is_told_where_it_is(text: str, line: int, column: int, told: str) -> None:
    read = read_entries("lists/x.toml", text)
    assert isinstance(read, Problem)
    assert (read.span.line, read.span.column) == (line, column)
    assert told in read.message
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(text if '""' not in text else text + "=")
