"""Sentences that were cut off before a phone, an address or a link, and sentences that only look like it."""

import pytest

from clinic.rules import sentences
from tests.harness import page

CUT_OFF = [
    "If you have more questions, please contact him at",
    "He has called everybody, and asks those with concerns to contact him at\nWe have a new phone menu.",
    "You can get your records on our website at and they are handled by another company.",
    "Call us at.",
    "Call us at, and we will help.",
    "For refills, reach the nurse by phone at",
    "To change your visit, call Dr. Smith at",
    "Write to our billing company at .",
    "Forms can be found at",
    "The form is available at.",
    "Please e-mail the records team at and ask for a copy.",
    "You may contact our front desk directly at",
    "Reach us at for an appointment.",
    "See the list on our web site at",
    "To pay online, visit our portal at or send a check.",
    "To cancel, reach us by calling",
    "Fax the form to us and call us at if you do not hear from us.",
    "Visit our website at for more.",
    "Call Example Clinic at when you get home.",
    "With questions, get in touch with her under",
    "You can reach our nurses under We are there all day.",
    "To pay your bill, go to:",
    "For a map, please click",
    "Sign up for the class by phoning",
    "Ask for the form by calling or e-mailing",
]

WHOLE = [
    "Call us at {{ phone.main }}.",
    "Contact him at {{ email.office }} or at the desk.",
    "Call us at 503-555-0100.",
    "Visit our website at <https://www.example.com>.",
    "Call reception at the main office.",
    "We call you at home.",
    "Tell us which number we can reach you at.",
    "What number can we reach you at?",
    "Give us a phone number that we can call you at.",
    "Call us at or before 5 pm.",
    "Reach us at or after 8 am.",
    "Call us at any hour.",
    "We can reach you under your old number.",
    "You may hear a click.",
    "Your joint may click. That is fine.",
    "Log in to: {{ email.office }}.",
    "We start the day by calling everybody who is due.",
    "Call us at once.",
    "Look at the wound each day.",
    "Tell us what medicines you are on.",
    "Call us about the medicines that you are on.",
    "It is the place to be seen at.",
    "See a doctor at the emergency room.",
    "Call 911.",
    "Take the form with you, and call if you can't come.",
    "The nurse calls you at 8 am on the day before.",
    "We are on the second floor. Call from the door.",
    "Ask whom to call, and when.",
    "Visit us at Washington Square.",
    "Call us at:",
]


@pytest.mark.parametrize("text", CUT_OFF)
def test_a_cut_off_sentence_is_found(text: str) -> None:
    found = list(sentences.of(page(text)))
    assert [problem.code for problem in found] == ["STR010"]
    assert found[0].span.line in {9, 10}
    assert found[0].message.startswith('This sentence seems to be cut off: "…')


@pytest.mark.parametrize("text", WHOLE)
def test_a_whole_sentence_is_left_alone(text: str) -> None:
    assert list(sentences.of(page(text))) == []


@pytest.mark.parametrize("following", ["{{ phone.main }}", "503-555-0100", "<office@example.com>"])
def test_what_stands_in_the_next_paragraph_is_not_missing(following: str) -> None:
    assert list(sentences.of(page(f"Call us at\n\n{following}"))) == []


def test_the_place_is_that_of_the_missing_words() -> None:
    found = list(sentences.of(page("We are open. You can **contact him** at")))
    assert (found[0].span.line, found[0].span.column) == (9, 24)
    assert found[0].message == (
        'This sentence seems to be cut off: "…contact him at". Where to call, write or look is missing.'
    )


def test_a_summary_is_read_too() -> None:
    text = "---\ntitle: A title\nsummary: With questions, call us at\n---\n\nText.\n"
    assert [problem.span.line for problem in sentences.of(page(text, "pages/x.md"))] == [3]
