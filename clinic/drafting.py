"""The text of a new page: the header and sections that its kind needs, each with one line that says what to write.

Fields come from the model, sections and cards from the rules that will ask for them, questions from
clinic/lists/prompts.toml. A field without a value and `[fill in: …]` are what check tells of: things to do while the
page is a draft, errors once it is not.
"""

import datetime as dt
import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from clinic.model.clinic import Clinic
from clinic.model.groups import ListOf, RecordOf
from clinic.model.kinds import HEADERS, TYPES, Announcement, Clinician, Common, Kind, Procedure
from clinic.model.moments import OpenEnd
from clinic.model.reading import Stated, fields_of
from clinic.model.values import Choice
from clinic.prose.sections import card_title, proposed, required
from clinic.rules.structure import HEADINGS, NeededCard, needed_cards

LIST = Path(__file__).parent / "lists" / "prompts.toml"
"""The questions."""

_PLAIN = re.compile(r"[^\W_](?:[\w ,.()/&+'\u2019-]*[\w.)])?")
"""A value of a header that means itself without quotes."""


class Texts(Protocol):
    """The interface texts of a language."""

    def gettext(self, message: str, /, **words: object) -> str:
        """A text in that language, its `%(names)s` filled from `words`."""


class English:
    """The texts as they stand here and in the list of questions."""

    def gettext(self, message: str, /, **words: object) -> str:
        """The text itself."""
        return message % words


@dataclass(frozen=True)
class Start:
    """What is known of a page before anything of it is written."""

    kind: Kind
    title: str
    today: dt.date
    type: str = ""
    """Of a procedure; empty where it is not known yet."""
    topic: str = ""
    """Of an announcement; empty where it is not known yet."""
    lang: str = ""
    """The language of the page, where it is not the clinic's."""


@functools.cache
def prompts() -> Mapping[str, Any]:
    """The questions of clinic/lists/prompts.toml.

    Raises:
        OSError: the list that comes with the generator is missing.
        ValueError: it cannot be read.
    """
    return tomllib.loads(LIST.read_text(encoding="utf-8"))


def draft(start: Start, clinic: Clinic | None, texts: Texts | None = None) -> str:
    """The whole text of the new file; where the clinic is not known, without the phone that it names.

    `texts` are those of the page's language: what is asked, and what fields are for. Headings are those that
    clinic/lists/headings.toml has for it. The names of fields are the same in every language.
    """
    said = texts or English()
    lang = start.lang or (clinic.language if clinic else "")
    header = "\n".join(_header(start, said))
    return f"---\n{header}\n---\n\n" + "\n\n".join(_body(start, clinic, said, lang)) + "\n"


def quoted(text: str) -> str:
    """A value of a header that is read as this text, in quotes where it needs them."""
    if _PLAIN.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _header(start: Start, texts: Texts) -> Iterator[str]:
    cls = HEADERS[start.kind]
    known = _known(start)
    fields = fields_of(cls)
    yield "# " + texts.gettext("Lines that begin with # are for you: patients never see them.")
    for name, about in fields.items():
        if about.required or name in known:
            yield from _field(name, about, known.get(name, ""), texts)
    own = {name: about for name, about in fields.items() if name not in fields_of(Common) and not about.required}
    if own:
        yield "# " + texts.gettext(
            "Where you need one of these, take the # away and write your own words after the colon:"
        )
        yield from (f"# {name}:  # {texts.gettext(about.help)}{_form(about, texts)}" for name, about in own.items())


def _known(start: Start) -> dict[str, str]:
    """The values that a new page has already, by field."""
    known = {"title": quoted(start.title), "status": "draft"}
    if start.lang:
        known["lang"] = start.lang
    cls = HEADERS[start.kind]
    if cls is Announcement:
        known |= {"date": start.today.isoformat(), "expires": OpenEnd.UNKNOWN.value, "topic": start.topic}
    elif cls is Clinician:
        known |= {"name": quoted(start.title)}
    elif cls is Procedure:
        known |= {"type": start.type}
    return known


def _field(name: str, about: Stated[object], value: str, texts: Texts) -> Iterator[str]:
    """A field with the line that says what it is for, unless it says that itself."""
    if not value or name == "expires":
        shown = texts.gettext("Such as: %(example)s", example=about.example)
        example = f" {shown}" if about.example and not _records(about) else ""
        yield f"# {texts.gettext(about.help)}{_form(about, texts)}{example}"
    yield f"{name}: {value}".rstrip()
    if inner := _records(about):
        yield "# " + texts.gettext("For each, take the # away from these lines and write after the colons:")
        for number, (key, said) in enumerate(fields_of(inner.cls).items()):
            yield f"#   {' ' if number else '-'} {key}:  # {texts.gettext(said.help)}"


def _records(about: Stated[object]) -> RecordOf[object] | None:
    reader = about.reader
    return reader.item if isinstance(reader, ListOf) and isinstance(reader.item, RecordOf) else None


def _form(about: Stated[object], texts: Texts) -> str:
    """How a value is written, where its help leaves that open."""
    if isinstance(about.reader, Choice):
        return " " + texts.gettext("It is one of %(words)s.", words=", ".join(about.reader.choices))
    if isinstance(about.reader, ListOf) and not _records(about):
        item = _item(about.reader.item.says, texts)
        return " " + texts.gettext("It is a list in brackets, each item %(item)s.", item=item)
    return ""


def _item(says: str, texts: Texts) -> str:
    """How one item of a list is written, as its type says it; in English where nobody has said it otherwise."""
    said = {
        "a few words": texts.gettext("a few words"),
        "a name of small letters, digits and dashes": texts.gettext("a name of small letters, digits and dashes"),
        "a day such as 2026-11-22": texts.gettext("a day such as 2026-11-22"),
        "the code of a language, such as en": texts.gettext("the code of a language, such as en"),
    }
    return said.get(says, says)


def _fill_in(what: str, texts: Texts) -> str:
    return texts.gettext("[fill in: %(what)s]", what=texts.gettext(what))


def _body(start: Start, clinic: Clinic | None, texts: Texts, lang: str) -> Iterator[str]:
    kind, said = start.kind.value, prompts()
    sections = _sections(start)
    if not sections:
        yield _fill_in(said["lead"][kind], texts)
    for key in sections:
        yield f"## {proposed(kind, key, lang) or HEADINGS[start.kind][key]}"
        yield _fill_in(said["sections"][kind][key], texts)
        if said["cards"].get(kind) == key:
            yield from (_card(card, texts, lang) for card in needed_cards(start.kind))
    if start.kind is Kind.ANNOUNCEMENT:
        yield from _questions(start.topic, clinic, texts)


def _sections(start: Start) -> tuple[str, ...]:
    """The keys of the sections that the page must have; of a procedure whose type is not known, all that one may."""
    if start.kind is Kind.PROCEDURE and not start.type:
        return max((required(start.kind.value, type_) for type_ in TYPES), key=len)
    return required(start.kind.value, start.type or None)


def _card(card: NeededCard, texts: Texts, lang: str) -> str:
    name = card.kind.value
    return f"> [!{name}] {card_title(name, lang)}\n> - {_fill_in(prompts()['signs'][name], texts)}"


def _questions(topic: str, clinic: Clinic | None, texts: Texts) -> Iterator[str]:
    """What the clinic must settle first: a heading and a question each."""
    asked = prompts()["topics"].get(topic) or prompts()["topics"]["other"]
    for heading, question in asked["ask"]:
        yield f"## {texts.gettext(heading)}"
        yield _fill_in(question, texts)
    if asked["call"]:
        yield "## " + texts.gettext("Whom to call")
        yield _fill_in(asked["call"], texts)
        after = clinic.after_hours if clinic else None
        if clinic and after and after.phone in dict(clinic.phones):
            yield texts.gettext("When we are closed, call %(phone)s.", phone=f"{{{{ phone.{after.phone} }}}}")
