"""What each kind of page tells, from views made by hand: types, reviews, people, places, and signs that do harm."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

import tests.theme.views as by_hand
from clinic.structured.script import graph_of, structured_data
from clinic.views.parts import LinkTo, Review
from clinic.views.physicians import is_physician
from tests.structured.saying import BLOCK, things
from tests.theme.making import renderer, retold

SIGNED = by_hand.REVIEWED
DOCTOR: Any = by_hand.FULL["clinician.html"]
HERE = "https://clinic.example.com/a-page/"


def told(page: object, kind: str) -> dict[str, Any]:
    """The one thing of that type that a page tells of."""
    (found,) = [thing for thing in graph_of(page) if thing["@type"] == kind]
    return found


def test_pages_that_search_engines_must_not_keep_tell_nothing() -> None:
    for name in ("withdrawn.html", "unreadable.html", "not-found.html", "redirect.html"):
        assert structured_data(by_hand.FULL[name]) == "", name
    hidden = replace(by_hand.CONDITION, frame=replace(by_hand.CONDITION.frame, indexable=False))
    assert structured_data(hidden) == ""


@pytest.mark.parametrize("name", sorted(set(by_hand.FULL) - {"redirect.html"}))
def test_nothing_that_may_not_be_kept_speaks_even_where_it_could(name: str) -> None:
    """Withdrawn and unreadable pages have no words for search engines, whatever their frame says."""
    page: Any = by_hand.FULL[name]
    page = replace(page, frame=replace(page.frame, indexable=True, canonical=HERE))
    silent = name in {"withdrawn.html", "unreadable.html", "not-found.html"}
    assert (structured_data(page) == "") == silent


def test_a_condition_names_its_treatments_as_such_and_its_tests_apart() -> None:
    made = told(by_hand.CONDITION, "MedicalCondition")
    assert [each["@type"] for each in made["possibleTreatment"]] == ["MedicalTherapy", "MedicalTherapy"]
    assert made["typicalTest"]["@type"] == "MedicalTest"
    assert made["typicalTest"]["name"] == "Bone scan"
    assert {symptom["@type"] for symptom in made["signOrSymptom"]} == {"MedicalSymptom"}


@pytest.mark.parametrize("imaging", [False, True])
def test_a_procedure_is_a_therapy_and_an_imaging_one_a_test(*, imaging: bool) -> None:
    page = replace(by_hand.PROCEDURE, imaging=imaging)
    made = told(page, "MedicalTest" if imaging else "MedicalTherapy")
    assert ("usedToDiagnose" in made) == imaging
    assert ("mentions" in told(page, "MedicalWebPage")) == (not imaging)
    shown = renderer().render(page).decode()
    assert ("What it helps to find" in shown, "Conditions that it treats" in shown) == (imaging, not imaging)


@pytest.mark.parametrize("state", ["awaits", "reviewed", "overdue", "changed"])
def test_a_review_is_told_only_while_it_holds_for_the_text(state: Any) -> None:
    review = Review(state="awaits") if state == "awaits" else replace(SIGNED.review, state=state)
    made = told(replace(by_hand.PROCEDURE, trust=replace(SIGNED, review=review)), "MedicalWebPage")
    valid = state in {"reviewed", "overdue"}
    assert made.get("lastReviewed") == ("2026-09-01" if valid else None)
    assert ("reviewedBy" in made) == valid
    if valid:
        assert made["reviewedBy"] == {
            "@type": "Person",
            "name": "Dr. Example",
            "jobTitle": "Pain physician",
            "url": "https://clinic.example.com/clinicians/example/",
        }


def test_the_last_change_is_the_newest_of_what_changed_and_the_day_of_no_build() -> None:
    assert told(by_hand.CONDITION, "MedicalWebPage")["dateModified"] == "2026-11-05"
    unchanged = replace(by_hand.CONDITION, trust=replace(by_hand.CONDITION.trust, changes=()))
    assert "dateModified" not in told(unchanged, "MedicalWebPage")


def test_a_person_with_a_page_is_an_author_and_a_team_is_credited() -> None:
    unlinked = replace(SIGNED, author="Website team", author_href="")
    team = told(replace(by_hand.CONDITION, trust=unlinked), "MedicalWebPage")
    assert team["creditText"] == "Website team"
    assert "author" not in team
    signed = told(replace(by_hand.CONDITION, trust=SIGNED), "MedicalWebPage")
    assert signed["author"]["@type"] == "Person"
    assert "creditText" not in signed


def test_a_physician_practises_and_another_clinician_has_a_job() -> None:
    page = replace(DOCTOR, left=None)
    physician = told(page, "IndividualPhysician")
    assert physician["usNPI"] == page.npi
    assert "practicesAt" in physician
    assert not {"jobTitle", "worksFor", "availableLanguage"} & set(physician)
    person = told(replace(page, physician=False), "Person")
    assert person["jobTitle"] == page.role
    assert "worksFor" in person
    assert not {"usNPI", "practicesAt", "availableService"} & set(person)


def test_somebody_who_has_left_works_nowhere_here() -> None:
    assert DOCTOR.left is not None
    for physician in (True, False):
        made = graph_of(replace(DOCTOR, physician=physician))[-1]
        assert not {"practicesAt", "availableService", "worksFor", "workLocation"} & set(made)


@pytest.mark.parametrize(
    ("role", "credentials", "physician"),
    [
        ("Physician", "", True),
        ("Pain physician (example)", "", True),
        ("", "MD", True),
        ("Leads the clinic", "M.D., Ph.D.", True),
        ("", "DO, FAAPMR", True),
        ("Physician assistant", "PA-C", False),
        ("Physician associate", "", False),
        ("Nurse practitioner", "DNP", False),
        ("Doctor", "", False),
        ("Physical therapist", "DPT", False),
        ("Surgical technologist", "", False),
        ("Neurosurgeon", "", True),
        ("", "", False),
    ],
)
def test_a_physician_is_who_says_so_and_nobody_in_doubt(role: str, credentials: str, *, physician: bool) -> None:
    assert is_physician(role, credentials) == physician


def test_a_location_tells_its_week_and_its_special_days() -> None:
    place = told(by_hand.FULL["location.html"], "MedicalClinic")
    spans = [
        (each.get("dayOfWeek") or each["validFrom"], each["opens"], each["closes"])
        for each in place["openingHoursSpecification"]
    ]
    assert spans == [
        ("Monday", "08:00", "12:00"),
        ("Monday", "13:00", "17:00"),
        (["Tuesday", "Wednesday", "Thursday"], "08:00", "17:00"),
        ("Friday", "08:00", "12:00"),
        ("Friday", "13:00", "16:00"),
        ("2026-12-24", "08:00", "12:00"),
        ("2026-12-25", "00:00", "00:00"),
    ]
    assert place["specialOpeningHoursSpecification"] == place["openingHoursSpecification"][-2:]
    assert place["address"]["addressLocality"] == "Portland"
    assert place["telephone"] == "+15035550100"
    assert (place["geo"]["latitude"], place["geo"]["longitude"]) == (45.5152, -122.6784)


def test_an_announcement_is_news_with_the_end_that_it_shows() -> None:
    news = told(by_hand.ANNOUNCEMENT, "NewsArticle")
    assert (news["datePublished"], news["expires"]) == ("2026-11-16", "2026-11-27")
    assert "expires" not in told(replace(by_hand.ANNOUNCEMENT, until=""), "NewsArticle")


def test_addresses_are_full_and_the_sites_own() -> None:
    page = replace(
        by_hand.CONDITION, related=(LinkTo(text="A", href="/a/"), LinkTo(text="B", href="https://b.example/"))
    )
    assert told(page, "MedicalWebPage")["relatedLink"] == ["https://clinic.example.com/a/", "https://b.example/"]


HARM = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "-->",
    "a\u2028b\u2029c",
    "&lt;/script&gt;",
    '"}]}</SCRIPT >',
    "\\u003c",
]


@pytest.mark.parametrize("text", HARM)
@pytest.mark.parametrize("name", sorted(by_hand.FULL))
def test_no_text_can_leave_the_block_and_every_text_comes_back_whole(name: str, text: str) -> None:
    page = by_hand.FULL[name]
    page = retold(page, text)
    made = str(structured_data(page))
    if not made:
        return
    (inside,) = BLOCK.findall(made)
    assert not set(inside) & set("<>&\u2028\u2029")
    assert made.lower().count("</script") == 1
    read = json.loads(inside)["@graph"]
    assert read == json.loads(json.dumps(graph_of(page)))
    assert text in json.dumps(read, ensure_ascii=False) or json.dumps(text)[1:-1] in json.dumps(read)


def test_what_a_page_tells_is_on_the_page_once() -> None:
    html = renderer().render(by_hand.FULL["location.html"]).decode()
    assert things(html) == json.loads(json.dumps(graph_of(by_hand.FULL["location.html"])))
    assert dt.date(2026, 12, 25).isoformat() in html
