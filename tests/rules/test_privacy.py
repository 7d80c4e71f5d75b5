"""People told of with their illness, links that follow their reader, mailboxes of one person."""

import re
from pathlib import Path

import pytest

from clinic.privacy import find
from clinic.problems.forms import as_text
from clinic.rules import privacy
from clinic.rules.privacy import personal, without_tracking
from clinic.views.framing import problem_view
from clinic.words import builtin_lists
from tests.harness import checked, good_site, page

LISTS = builtin_lists()
STAFF = frozenset({"Example Clinician A", "Mary Nurse"})

TELLS = [
    "Jane Example had an injection last year.",
    "Mr. Sample, a teacher, was treated here for sciatica.",
    "Our patient Jane Example walks again.",
    "Jane Example, 54, tells of her back pain.",
    "This is John Sample's MRI.",
    "We thank Example, Jane, our patient of the month.",
    "Mrs. Sample is recovering from surgery.",
    "Peter S. was diagnosed with cancer.",
    "Sarah O'Neil fought her cancer for years.",
    "Robert Sample came in with a herniated disc and left smiling.",
]
TELLS_NOTHING = [
    "Dr. Jane Example treats back pain.",
    "Jane Example, MD, had surgery on her mind as a student.",
    "Mary Nurse has helped people with pain for ten years.",
    "Example Clinician A treats sciatica.",
    "Parkinson's disease and Bell's palsy are other causes.",
    "Charles Bonnet syndrome has other causes.",
    "Jane Example joined our front desk in May.",
    "Jane Example had an injection last year. Shared with permission.",
    "One woman in her fifties had an injection.",
    "Ask for Jane Example at the front desk.",
    "Johns Hopkins Medicine has a page about pain.",
    "George Street has a bus stop near the pain clinic.",
    "Jane Example answers questions about bills. You may have pain after an injection.",
]


@pytest.mark.parametrize("text", TELLS)
def test_a_name_with_a_detail_of_health_is_told_without_the_name(text: str) -> None:
    (found,) = privacy.named(page(text, "pages/x.md"), LISTS.patients, STAFF)
    assert found.code == "PRV005"
    assert not [name for name in ("Jane", "Sample", "Sarah", "Peter") if name in found.message + found.hint]
    assert find(text) == ()


@pytest.mark.parametrize("text", TELLS_NOTHING)
def test_names_alone_and_illnesses_alone_are_fine(text: str) -> None:
    assert list(privacy.named(page(text, "pages/x.md"), LISTS.patients, STAFF)) == []


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("https://a.example/?utm_source=x&utm_medium=y", "https://a.example/"),
        ("https://a.example/b?id=7&fbclid=x#part", "https://a.example/b?id=7#part"),
        ("https://a.example/b?gclid=x&lang=es", "https://a.example/b?lang=es"),
        ("https://a.example/b?UTM_Campaign=x", "https://a.example/b"),
        ("https://a.example/b?id=7&mc_eid=x&q=a%20b&q=c", "https://a.example/b?id=7&q=a%20b&q=c"),
    ],
)
def test_what_follows_a_reader_is_taken_off_and_nothing_else(address: str, clean: str) -> None:
    assert without_tracking(address, LISTS.contacts.tracking)[0] == clean
    (found,) = privacy.followed(page(f"See [more]({address}) here.", "pages/x.md"), LISTS.contacts)
    assert (found.code, found.replacement) == ("PRV006", clean)
    assert list(privacy.followed(page(f"See [more]({clean}) here.", "pages/x.md"), LISTS.contacts)) == []


@pytest.mark.parametrize(
    "address", ["https://a.example/?utm=1", "https://a.example/utm_source=x", "mailto:a@b.example?subject=gclid"]
)
def test_what_only_looks_like_it_stays(address: str) -> None:
    assert without_tracking(address, LISTS.contacts.tracking) == (address, [])


@pytest.mark.parametrize("address", ["a@gmail.com", "A.B@Yahoo.co.uk", "x@outlook.com", "x@hotmail.de", "x@icloud.com"])
def test_a_mailbox_of_one_person(address: str) -> None:
    assert personal(address, LISTS.contacts.mailboxes)
    (found,) = privacy.mailboxes(page(f"Write to [us](mailto:{address}).", "pages/x.md"), LISTS.contacts)
    assert (found.code, found.span.column) == ("PRV007", 22)


@pytest.mark.parametrize("address", ["a@example.com", "gmail@clinic.example", "a@mygmail.com", "a@outlook-clinic.com"])
def test_a_mailbox_of_a_firm(address: str) -> None:
    assert not personal(address, LISTS.contacts.mailboxes)


def test_no_excerpt_shows_who_it_is(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    file = site / "pages" / "plans.md"
    file.write_text(f"{file.read_text()}\nJane Example had an injection.\n\nWrite to <jane.example@gmail.com>.\n")
    found = checked(site)
    told = [each for each in found.problems if each.path == "pages/plans.md"]
    assert [each.code for each in told if each.hides] == ["PRV005", "PRV007"]
    shown = as_text(told, found.content.texts, colour=False)
    shown += "".join(str(problem_view(each, found.content.texts[each.path])) for each in told)
    assert "•••• •••••••" in shown
    assert not re.search("jane|example@", shown, re.IGNORECASE)
