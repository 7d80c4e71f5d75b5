"""The facts that prose may refer to: phones, e-mails, addresses, hours, the clinic's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from clinic.library.document import Document
from clinic.model.clinic import Clinic
from clinic.problems import Problem, Span, nearest
from clinic.problems.catalogue.relations import NO_SUCH_FACT

FactKind = Literal["phone", "email", "address", "hours", "name"]


@dataclass(frozen=True, slots=True)
class Known:
    """A fact: what kind it is, and the name under which clinic.yaml holds it."""

    kind: FactKind
    id: str


def facts_of(clinic: Clinic) -> dict[str, Known]:
    """Every fact by the name that prose uses: the whole vocabulary."""
    facts = {"clinic.name": Known("name", "name")}
    facts |= {f"phone.{name}": Known("phone", name) for name, _ in clinic.phones}
    facts |= {f"email.{name}": Known("email", name) for name, _ in clinic.emails}
    for name, _ in clinic.locations:
        facts[f"location.{name}.address"] = Known("address", name)
        facts[f"hours.{name}"] = Known("hours", name)
    return facts


def unknown_fact(path: str, span: Span, name: str, known: Iterable[str]) -> Problem:
    """That there is no such fact, with the nearest one."""
    close = nearest(name, known)
    advice = f'Did you mean "{close}"?' if close else f"There are: {', '.join(sorted(known))}."
    replacement = "{{ " + close + " }}" if close else None
    return NO_SUCH_FACT(path, span, name=name, advice=advice, replacement=replacement)


def unknown_in_body(document: Document, known: Iterable[str]) -> Iterable[Problem]:
    """Facts that a body names and clinic.yaml does not have."""
    known = set(known) if document.body.facts else ()
    for use in document.body.facts:
        if use.name not in known:
            yield unknown_fact(document.path, use.span, use.name, known)
