"""Clinicians: a physician as such, anybody else as a person with a role."""

from clinic.structured.articles import PERSON, tests, treatments
from clinic.structured.node import Node, linked, node, same
from clinic.structured.places import PLACE
from clinic.views.pages import ClinicianPage


def clinician(page: ClinicianPage, clinic: Node) -> Node:
    """Somebody who treats patients; of somebody who has left, no place of work is told.

    An `IndividualPhysician` is an organization to schema.org (a practice of one); a `Person` has a job.
    """
    frame = page.frame
    here = not page.left
    places = linked(frame, "MedicalClinic", page.places, PLACE) if here else []
    about: dict[str, object] = {
        "name": page.name,
        "url": frame.canonical,
        "knowsAbout": list(page.specialties),
        "knowsLanguage": list(page.languages),
        "hasCertification": [node("Certification", issuedBy=node("Organization", name=board)) for board in page.boards],
    }
    at = f"{frame.canonical}{PERSON}"
    if page.physician:
        return node(
            "IndividualPhysician",
            at=at,
            **about,
            usNPI=page.npi,
            practicesAt=places or ([same(clinic)] if here else []),
            availableService=[*treatments(frame, page.performs), *tests(frame, page.performs)] if here else [],
        )
    return node(
        "Person",
        at=at,
        **about,
        jobTitle=page.role,
        identifier=page.npi,
        worksFor=same(clinic) if here else None,
        workLocation=places,
    )
