"""How patients ask for an appointment: by phone, in a portal, with the one form. Nothing else, and nothing unsafe."""

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from clinic.model.groups import ListOf, RecordOf
from clinic.model.reading import ABSENT, Absent, Reading, Where, record, stated
from clinic.model.values import Choice, Id, Text, Url
from clinic.problems import Span
from clinic.problems.catalogue.appointments import (
    MORE_THAN_AN_ENDPOINT,
    MORE_THAN_AN_ORIGIN,
    NO_WAY_BACK,
    NOT_SAID_WHEN,
)
from clinic.problems.catalogue.fields import NO_WAY_TO_ASK
from clinic.source.nodes import Node

FORM_FIELDS = ("name", "phone", "email", "best-time", "new-patient", "language", "interpreter")
"""What the appointment form may ask: nothing about anybody's health."""

_LONG = Text(most=1000)
_SECURE = Url(secure=True)


@dataclass(frozen=True)
class Endpoint:
    """The address that a form posts to: https, a host, a path, and nothing else."""

    says: str = "a web address beginning with https://"

    def read(self, node: Node, reading: Reading, where: Where) -> str | Absent:
        """The address."""
        text = _SECURE.read(node, reading, where)
        if text is ABSENT:
            return ABSENT
        parts = urlsplit(text)
        extras = {
            "a name or password before the @": "@" in parts.netloc,
            "a port": parts.port is not None,
            "a question mark and what follows it": "?" in text,
            "a # and what follows it": "#" in text,
        }
        found = [what for what, there in extras.items() if there]
        if found:
            right = urlunsplit(("https", parts.hostname or "", parts.path, "", ""))
            reading.found(MORE_THAN_AN_ENDPOINT(reading.path, node.span, what=" and ".join(found), right=right))
            return ABSENT
        return text


@dataclass(frozen=True)
class Origin:
    """Where a site begins: https and a host (RFC 6454), which is all that a browser compares."""

    says: str = "the beginning of a web address, such as https://forms.example.com"

    def read(self, node: Node, reading: Reading, where: Where) -> str | Absent:
        """The origin."""
        text = _SECURE.read(node, reading, where)
        if text is ABSENT:
            return ABSENT
        right = f"https://{(urlsplit(text).hostname or '').lower()}"
        if text.removesuffix("/").lower() != right:
            sure = right if urlsplit(text).netloc.lower() == right.removeprefix("https://") else None
            reading.found(MORE_THAN_AN_ORIGIN(reading.path, node.span, value=text, right=right, replacement=sure))
            return ABSENT
        return right


@record
class Form:
    """The one form of the site."""

    action: str = stated(Endpoint(), "The https address that it is sent to.", blank="")
    redirects: tuple[str, ...] = stated(
        ListOf(Origin()), "The sites that the receiver may send people on to.", default=()
    )
    fields: tuple[str, ...] = stated(
        ListOf(Choice(FORM_FIELDS)), "What it asks.", blank=(), example="fields: [name, phone, best-time]", shows="form"
    )


@record
class Appointments:
    """How patients ask for an appointment."""

    phone: str = stated(Id(), "The name of the phone to call.", default="", shows="appointment page")
    portal: str = stated(_SECURE, "The patient portal.", default="", shows="appointment page")
    form: Form | None = stated(RecordOf(Form, "the form"), "A form.", default=None, shows="appointment page")
    relay: str = stated(
        _LONG,
        "For people who can't hear or speak; in the United States, 711 where left out.",
        default="",
        shows="appointment page",
    )
    interpreter: str = stated(_LONG, "How to get an interpreter.", default="", shows="appointment page")
    answered: str = stated(_LONG, "When you answer.", default="", shows="appointment page")


def check_appointments(asks: Appointments, reading: Reading, nowhere: Span) -> None:
    """What holds between the ways: there is one; whoever sends the form can be answered, and knows when."""
    key = reading.places.get(("appointments", "key"), nowhere)
    written = any(("appointments", way) in reading.places for way in ("phone", "portal", "form"))
    if ("appointments",) in reading.places and not written:
        reading.found(NO_WAY_TO_ASK(reading.path, key))
    if asks.form is None:
        return
    fields = reading.places.get(("appointments", "form", "fields"))
    if fields and asks.form.fields and not {"phone", "email"} & set(asks.form.fields):
        reading.found(NO_WAY_BACK(reading.path, fields))
    if not asks.answered:
        reading.found(NOT_SAID_WHEN(reading.path, reading.places.get(("appointments", "form", "key"), key)))
