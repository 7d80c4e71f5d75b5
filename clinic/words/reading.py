"""The file of a list, read: a part of TOML, with the place of every key and word, and the true cause of what can't be.

A list needs comments, tables, keys, strings and lists of strings, and nothing else of TOML 1.0. A library would say
only that something is wrong, in words of its own, and often a line too late.
"""

import re
import tomllib
from dataclasses import dataclass

from clinic.expressions import expression
from clinic.problems import Problem, Span
from clinic.problems.catalogue import lists as rules
from clinic.source.place import Places

_TOKEN = expression(
    r"(?P<space>[ \t]+)|(?P<comment>#[^\n]*)|(?P<end>\n)"
    r'|(?P<string>"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\')'
    r"|(?P<bare>[A-Za-z0-9_-]+)|(?P<sign>[\[\]=,])|(?P<other>.)"
)
_CURLY = "\u201c\u201d\u201e\u2018\u2019\u201a"
_AS_KEY = 'Write a key, a space, = and then the words: key = ["one", "another"]'
_QUOTES = 'Put straight quotation marks round it: "…"'
_COMMA = "Put a comma between two words of a list."
_ONE_LINE = "A word begins and ends on one line, with a quotation mark at both ends."


@dataclass(frozen=True, slots=True)
class Word:
    """A string and where it stands, its quotation marks included."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value: one string, or a list of them. `table` is the table that it stands in, or nothing."""

    table: str
    key: Word
    value: Word | tuple[Word, ...]


class _BrokenError(Exception):
    """The file can't be read from here on."""

    def __init__(self, span: Span, what: str, mend: str) -> None:
        super().__init__(what)
        self.span, self.what, self.mend = span, what, mend


def read_entries(path: str, text: str) -> tuple[tuple[Entry, ...], tuple[Word, ...]] | Problem:
    """The entries of a list's text in their order, and the headings of its tables; or why it can't be read."""
    reader = _Reader(text)
    try:
        return reader.entries()
    except _BrokenError as broken:
        return rules.LIST_NOT_READ(path, broken.span, what=broken.what, mend=broken.mend)


class _Reader:
    def __init__(self, text: str) -> None:
        self.places = Places(text)
        self._text = text
        self._tokens = [found for found in _TOKEN.finditer(text) if found.lastgroup not in {"space", "comment"}]
        self._at = 0

    def entries(self) -> tuple[tuple[Entry, ...], tuple[Word, ...]]:
        """All of the file."""
        found: list[Entry] = []
        tables: dict[str, Word] = {}
        table = ""
        known: set[tuple[str, str]] = set()
        while (token := self._next(skip=True)) is not None:
            if token[0] == "[":
                named = self._table(token)
                if named.text in tables:
                    raise self._twice(named)
                table, tables[named.text] = named.text, named
            else:
                entry = Entry(table, self._key(token), self._value())
                if (table, entry.key.text) in known:
                    raise self._twice(entry.key)
                known.add((table, entry.key.text))
                found.append(entry)
            self._line_ends()
        return tuple(found), tuple(tables.values())

    def _next(self, *, skip: bool = False) -> re.Match[str] | None:
        """The next part of the text; `skip` passes over the ends of lines."""
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if not (skip and token.lastgroup == "end"):
                return token
        return None

    def _peek(self) -> re.Match[str] | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _table(self, opened: re.Match[str]) -> Word:
        name = self._next()
        if name is None or name.lastgroup not in {"bare", "string"}:
            raise self._broken(name or opened, "This table has no name.", "Write its name in square brackets: [name]")
        named = self._word(name)
        closed = self._next()
        if closed is None or closed[0] != "]":
            raise self._broken(opened, "This bracket has no partner.", f"Write [{named.text}]")
        return named

    def _key(self, token: re.Match[str]) -> Word:
        if token.lastgroup not in {"bare", "string"}:
            raise self._broken(token, "A key should begin here.", _AS_KEY)
        key, following = self._word(token), self._next()
        if following is None or following[0] != "=":
            if following is not None and following.lastgroup == "bare":
                line = self._text[token.start() : self._text.find("=", token.start())].strip()
                mend = f'Words with a space between them need quotation marks: "{line}" = …'
                raise self._broken(token, "This line can't be read.", mend if "\n" not in line else _AS_KEY)
            raise self._broken(following or token, f'After "{key.text}" there is no equals sign (=).', _AS_KEY)
        return key

    def _value(self) -> Word | tuple[Word, ...]:
        token = self._next()
        if token is None or token.lastgroup == "end":
            raise self._broken(token or self._tokens[-1], "After the equals sign (=) there is nothing.", _AS_KEY)
        if token[0] == "[":
            return tuple(self._words(token))
        return self._string(token)

    def _words(self, opened: re.Match[str]) -> list[Word]:
        words: list[Word] = []
        while True:
            token = self._next(skip=True)
            if token is not None and token[0] == "]":
                return words
            after = self._peek()
            if token is None or token[0] == "[" or (after is not None and after[0] == "="):
                raise self._broken(opened, "The list that begins here has no end.", "Write ] after its last word.")
            words.append(self._string(token))
            token = self._next(skip=True)
            if token is None:
                raise self._broken(opened, "The list that begins here has no end.", "Write ] after its last word.")
            if token[0] == "]":
                return words
            if token[0] != ",":
                after = self._peek()
                if token[0] == "[" or (after is not None and after[0] == "="):
                    raise self._broken(opened, "The list that begins here has no end.", "Write ] after its last word.")
                raise self._broken(token, "A comma is missing before this word.", _COMMA)

    def _string(self, token: re.Match[str]) -> Word:
        if token.lastgroup == "string":
            word = self._word(token)
            if not word.text:
                raise self._broken(
                    token, "There is no word between these quotation marks.", "Write it, or delete them."
                )
            return word
        if token[0] in _CURLY:
            mend = "Type them again in a plain text editor: " + '"like this"'
            raise self._broken(token, "These are curly quotation marks, as Word makes them.", mend)
        if token[0] in "\"'":
            raise self._broken(token, "The quotation mark that begins here has no partner.", _ONE_LINE)
        raise self._broken(token, "This word has no quotation marks.", _QUOTES)

    def _word(self, token: re.Match[str]) -> Word:
        text = token[0]
        if token.lastgroup == "string":
            try:
                text = str(tomllib.loads(f"word = {text}")["word"])
            except tomllib.TOMLDecodeError:
                mend = "Write two of them (\\\\), or none."
                raise self._broken(token, "A backslash (\\) in this word can't be read.", mend) from None
        return Word(" ".join(text.split()), self.places.span(token.start(), token.end()))

    def _line_ends(self) -> None:
        token = self._next()
        if token is not None and token.lastgroup != "end":
            raise self._broken(token, "Something is left over at the end of this line.", "Begin a new line for it.")

    @staticmethod
    def _twice(word: Word) -> _BrokenError:
        return _BrokenError(word.span, f'"{word.text}" stands in this list twice.', "Join the two, or delete one.")

    def _broken(self, token: re.Match[str], what: str, mend: str) -> _BrokenError:
        end = token.start() if token.lastgroup == "end" else token.end()
        return _BrokenError(self.places.span(token.start(), end), what, mend)
