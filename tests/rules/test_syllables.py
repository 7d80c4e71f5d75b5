"""The counter of syllables, on words that were counted by hand, most of them not in its list of exceptions."""

from clinic.rules.grade import exceptions_of
from clinic.rules.syllables import syllables
from clinic.words import builtin_lists

BY_HAND = {
    1: "a pain back nerve leg spine walk numb the we you nurse knees joints moved called stopped looked ached "
    "ice face home side through strength scans shot blood bowl league tongue eyes sleep drive once pulse "
    "bruise cough",
    2: "doctor muscle muscles ankle needle needed started wanted rested body visit swelling fever tingling "
    "middle shoulder bladder number safely careful movement homeless something being doing trying quiet "
    "science client didn't couldn't spasm rhythm technique changes pages doses catches worries carries table "
    "tablet settled handled chronic little pressure injure damage vaccine forehead guideline Wednesday "
    "bandage surgeon",
    3: "arthritis injection medicine surgery prescription hospital condition physician several exercise family idea "
    "area period various medial radial easier heavier creation reaction calcium sedation usual manual disorder "
    "operate bandages allergic tendency apnea museum opioid beforehand anyone symptomless emergent cervical "
    "vertebra tomorrow",
    4: "information material society anxiety usually immediate evaluate inflammation medication "
    "emergency education biologic sciatica herniated experience everybody ability operation gradually "
    "temperature unusual ibuprofen January",
    5: "anesthesia university examination communication rehabilitate immediately evaluation degenerative "
    "accommodation international opportunity antibiotic",
    6: "osteoarthritis radiculopathy responsibility rehabilitation",
}
SAID = {word: count for count, words in BY_HAND.items() for word in words.split()}


def test_nine_words_in_ten_are_counted_right_even_without_the_exceptions() -> None:
    wrong = {word: (syllables(word, {}), count) for word, count in SAID.items() if syllables(word, {}) != count}
    assert len(SAID) > 150
    assert len(wrong) / len(SAID) < 0.1, wrong


def test_with_the_exceptions_nearly_all_are() -> None:
    known = exceptions_of(builtin_lists().reading)
    wrong = {word: (syllables(word, known), count) for word, count in SAID.items() if syllables(word, known) != count}
    assert len(wrong) / len(SAID) < 0.03, wrong


def test_an_exception_holds_for_the_forms_of_its_word() -> None:
    known = {"area": 3, "usual": 3}
    assert [syllables(word, known) for word in ("Area", "areas", "area's", "usually")] == [3, 3, 3, 4]


def test_a_word_with_a_hyphen_is_its_parts_and_a_number_is_one() -> None:
    assert syllables("follow-up", {}) == 3
    assert syllables("2026", {}) == 1
