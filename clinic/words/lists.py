"""The lists and what stands in each: a class for a file, a field for a key of it.

To add a list: write a class, give it a field in `Lists`, and put the words into clinic/lists/NAME.toml. The loader,
its messages and what a clinic may add in content/lists follow from the class; docs/editing.md says what it is for.
"""

import dataclasses
import tomllib
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

Words = tuple[str, ...]
"""Words or short phrases. In the file: key = ["one", "another"]."""

Pairs = Mapping[str, str]
"""For each word what to write or read instead of it. In the file a table: [key] and below it "word" = "other"."""

Groups = Mapping[str, Words]
"""Words under names. In the file a table: [key] and below it name = ["one", "another"]."""

BUILTIN = Path(__file__).parent.parent / "lists"
"""The lists that come with the generator."""


def _none() -> Mapping[str, typing.Any]:
    """A table without entries."""
    return MappingProxyType({})


def _sections(kind: str) -> Words:
    """The sections that a kind knows, by their canonical keys."""
    return tuple(tomllib.loads((BUILTIN / "headings.toml").read_text(encoding="utf-8"))["order"][kind])


@dataclass(frozen=True, slots=True, eq=False)
class PlainWords:
    """plain-words.toml: medical and official words, each with a plain one."""

    plain: Pairs = field(default_factory=_none)
    """The hard word in its simplest form, and the plain one. Regular endings of a single word are understood."""
    fine: Words = ()
    """Hard words that may stand all the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Abbreviations:
    """abbreviations.toml: words of capital letters."""

    known: Words = ()
    """Those that everybody knows, or that nobody would say in full."""
    spelled: Pairs = field(default_factory=_none)
    """Others, and what they stand for: it is proposed, and taken for an explanation where it stands before them."""


@dataclass(frozen=True, slots=True, eq=False)
class PeopleWords:
    """people-words.toml: words that make a person the same as an illness, or blame one."""

    instead: Pairs = field(default_factory=_none)
    """The words, and what to write instead."""


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """claims.toml: what advertising says of care."""

    sure: Words = ()
    """What nobody can promise: of our own care an error, of anything else a warning."""
    praise: Words = ()
    """Praise that tells a patient nothing."""
    best: Words = ()
    """Words that put somebody above all others, when they stand before one of `who`."""
    who: Words = ()
    """Those who give care, and what they give."""
    care: Words = ()
    """Treatments and the like: "the injection is …" speaks of our care."""
    fair: Words = ()
    """What holds such a word and claims nothing."""
    sourced: Words = ()
    """What needs a source in the same paragraph."""
    boards: Words = ()
    """How the full name of a certifying board begins."""
    stories: Words = ()
    """What patients say of themselves after treatment, in quotation marks."""
    disclosures: Words = ()
    """What shows that a patient's words are shown with consent and that others may fare differently."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """reading.toml: what the reading grade needs to know of words."""

    uncounted: Words = ()
    """Words that are not held against a text, such as the names of medicines."""
    syllables: Groups = field(default_factory=_none, metadata={"names": lambda: tuple("123456789")})
    """Words by the number of their syllables, where their spelling misleads the counter."""


@dataclass(frozen=True, slots=True, eq=False)
class Contacts:
    """contacts.toml: ways to reach people that are nobody's secret, and ways that should not be there."""

    mailboxes: Words = ()
    """Where people have mailboxes of their own: the part behind the @, with or without its ending."""
    tracking: Words = ()
    """Parameters of web addresses that follow a reader; `*` at the end stands for anything."""
    addresses: Words = ()
    """Postal addresses that notices must name."""
    everyone: Groups = field(default_factory=_none)
    """For each country the numbers that everybody knows, as dialled or in E.164."""


@dataclass(frozen=True, slots=True, eq=False)
class Patients:
    """patients.toml: words that tell something of a person's health when they stand near a name."""

    does: Words = ()
    """What people do who are treated; one of `details` follows."""
    alone: Words = ()
    """What alone tells that somebody is ill, right after a name."""
    details: Words = ()
    """Illnesses, treatments and findings."""
    belongs: Words = ()
    """What nobody has but a patient, after a name with 's."""
    asked: Words = ()
    """What shows that the person was asked."""


CRISES: Words = ("overdose", "withdrawal", "suicide")
"""What calls for 911, and the last for 988."""


@dataclass(frozen=True, slots=True, eq=False)
class RedFlags:
    """red-flags.toml: signs of danger, as patterns: "/" between words of which one stands there, "…" for a few more."""

    calming: Words = ()
    """What reassures."""
    signs: Groups = field(default_factory=_none)
    """The signs, by what they are signs of."""
    cards: Groups = field(default_factory=_none)
    """What names the same sign in an emergency or urgent card, where fewer words will do."""
    crisis: Groups = field(default_factory=_none, metadata={"names": lambda: CRISES})
    """What needs a number to call beside it."""
    crisis_cards: Groups = field(default_factory=_none, metadata={"names": lambda: CRISES})
    """What names the same crisis in an emergency or urgent card."""


@dataclass(frozen=True, slots=True, eq=False)
class Medicines:
    """medicines.toml: medicines by their own names, their classes and their brands."""

    words: Words = ()
    """Any medicine: "pills"."""
    risky: Words = ()
    """The classes of which it is dangerous to stop a medicine."""
    classes: Groups = field(default_factory=_none)
    """The medicines of each class."""
    brands: Groups = field(default_factory=_none)
    """For each medicine the brands under which it is sold, with their capitals."""


@dataclass(frozen=True, slots=True, eq=False)
class Headings:
    """headings.toml as a clinic adds to it: for each kind, the headings that mean one of its sections."""

    condition: Groups = field(default_factory=_none, metadata={"names": lambda: _sections("condition")})
    procedure: Groups = field(default_factory=_none, metadata={"names": lambda: _sections("procedure")})


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """All lists, merged. The same texts make the same object, so what is compiled from it can be kept."""

    plain_words: PlainWords = PlainWords()
    abbreviations: Abbreviations = Abbreviations()
    people_words: PeopleWords = PeopleWords()
    claims: Claims = Claims()
    reading: Reading = Reading()
    contacts: Contacts = Contacts()
    patients: Patients = Patients()
    red_flags: RedFlags = RedFlags()
    medicines: Medicines = Medicines()
    headings: Headings = Headings()
    digest: str = ""
    """The hash of all that a clinic added: part of the key of what depends on these lists."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a key of a list holds. `names`: the only names that its groups may have; empty for any."""

    form: typing.Literal["words", "pairs", "groups"]
    names: Words = ()


_FORMS: tuple[tuple[object, typing.Literal["words", "pairs", "groups"]], ...] = (
    (Words, "words"),
    (Pairs, "pairs"),
    (Groups, "groups"),
)


@cache
def keys_of(name: str) -> Mapping[str, Key]:
    """The keys of the list called `name`, as its file writes them.

    Raises:
        KeyError: there is no such list.
    """
    made = class_of(name)
    hints = typing.get_type_hints(made)
    return {
        each.name.replace("_", "-"): Key(
            next(form for kind, form in _FORMS if kind == hints[each.name]),
            each.metadata["names"]() if "names" in each.metadata else (),
        )
        for each in dataclasses.fields(made)
    }


@cache
def class_of(name: str) -> type[typing.Any]:
    """The class of the list called `name`.

    Raises:
        KeyError: there is no such list.
    """
    found = typing.get_type_hints(Lists)[name.replace("-", "_")]
    if found is str:
        raise KeyError(name)
    return typing.cast("type[typing.Any]", found)


@cache
def names() -> Words:
    """The names of all lists, without their ending."""
    return tuple(
        each.name.replace("_", "-")
        for each in dataclasses.fields(Lists)
        if typing.get_type_hints(Lists)[each.name] is not str
    )
