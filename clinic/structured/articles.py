"""Conditions and procedures: what the page is about, and who stands behind it."""

from clinic.structured.node import Node, full, linked, node
from clinic.views.frame import Frame
from clinic.views.pages import ConditionPage, ProcedurePage
from clinic.views.parts import LinkTo, Trust

CONDITION, PROCEDURE, PERSON = "#condition", "#procedure", "#person"
"""The parts of pages' addresses that stand for what the page is about."""


def condition(page: ConditionPage) -> Node:
    """What a patient has, with our treatments for it and our tests."""
    return node(
        "MedicalCondition",
        at=f"{page.frame.canonical}{CONDITION}",
        name=page.title,
        alternateName=list(page.also_called),
        associatedAnatomy=[node("AnatomicalStructure", name=part.text) for part in page.body_parts],
        signOrSymptom=[node("MedicalSymptom", name=symptom) for symptom in page.symptoms],
        possibleTreatment=treatments(page.frame, page.treatments),
        typicalTest=tests(page.frame, page.treatments),
    )


def procedure(page: ProcedurePage) -> Node:
    """What the clinic does. A treatment is a `MedicalTherapy`: `possibleTreatment` takes no `MedicalProcedure`."""
    about = {
        "at": f"{page.frame.canonical}{PROCEDURE}",
        "name": page.title,
    }
    other_names: list[object] = list(page.also_called)
    if page.imaging:
        found = linked(page.frame, "MedicalCondition", page.treats, CONDITION)
        return node("MedicalTest", **about, alternateName=other_names, usedToDiagnose=found)
    parts: list[object] = [part.text for part in page.body_parts]
    return node("MedicalTherapy", **about, alternateName=other_names, bodyLocation=parts)


def treated(page: ProcedurePage) -> list[object]:
    """The conditions that a treatment's page names; schema.org says which treats which from the condition's side."""
    return [] if page.imaging else linked(page.frame, "MedicalCondition", page.treats, CONDITION)


def treatments(frame: Frame, links: tuple[LinkTo, ...]) -> list[object]:
    """Those of our procedures that treat."""
    return linked(frame, "MedicalTherapy", (link for link in links if not link.imaging), PROCEDURE)


def tests(frame: Frame, links: tuple[LinkTo, ...]) -> list[object]:
    """Those of our procedures that find something out."""
    return linked(frame, "MedicalTest", (link for link in links if link.imaging), PROCEDURE)


def behind(frame: Frame, trust: Trust) -> dict[str, object]:
    """Who wrote the page, who reviewed it and when, from which sources, and when it last changed.

    A review is told only while it holds for the text: none that is missing, and none of an older text. A late one was
    still done on its day. Whether somebody of the staff is a person or a team is not known: they are credited by name.
    """
    review = trust.review
    signed = review.state in {"reviewed", "overdue"} and review.by is not None and review.on is not None
    return {
        "author": _person(frame, trust.author, trust.author_href, trust.author_role) if trust.author_href else None,
        "creditText": "" if trust.author_href else trust.author,
        "reviewedBy": _person(frame, review.by.text, review.by.href, review.by.note) if signed and review.by else None,
        "lastReviewed": review.on.iso if signed and review.on else "",
        "dateModified": trust.changes[0].date.iso if trust.changes else "",
        "citation": [
            node(
                "CreativeWork",
                name=source.title,
                url=source.href,
                publisher=node("Organization", name=source.publisher) if source.publisher else None,
            )
            for source in trust.sources
        ],
    }


def _person(frame: Frame, name: str, href: str, role: str) -> Node:
    address = full(frame, href)
    return node("Person", name=name, jobTitle=role, url=address)
