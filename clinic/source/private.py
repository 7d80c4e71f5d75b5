"""Patient data in a file, looked for in its bytes before anything is made of them."""

from clinic import privacy
from clinic.privacy import Sort
from clinic.problems import Problem
from clinic.problems.catalogue import privacy as rules
from clinic.source.place import Places

TEXTS = (".md", ".yaml", ".yml", ".toml", ".json", ".txt", ".csv", ".ics", ".vcf", ".rtf", ".svg", ".html", ".xml")
"""The endings of files that are text through and through."""

_RULES = {Sort.RECORD: rules.RECORD_NUMBER, Sort.BIRTH: rules.BIRTH_DATE, Sort.SECURITY: rules.SECURITY_NUMBER}


def patient_data(path: str, data: bytes) -> tuple[Problem, ...]:
    """A problem for each detail of a patient that a file of text seems to hold; their values are masked.

    Whatever the encoding: a file that can't be read otherwise is looked into as well.
    """
    if not path.lower().endswith(TEXTS):
        return ()
    text = privacy.decoded(data)
    details = privacy.find(text)
    if not details:
        return ()
    places = Places(text)
    return tuple(_RULES[one.sort](path, places.span(one.start, one.end), shown=one.shown) for one in details)


def without_patient_data(data: bytes) -> bytes:
    """The file with a dot for every letter and digit of such details, to look for `status: withdrawn` in its header."""
    text = privacy.decoded(data)
    pieces: list[str] = []
    done = 0
    for one in privacy.find(text):
        pieces += [text[done : one.start], privacy.masked(text[one.start : one.end])]
        done = one.end
    return "".join([*pieces, text[done:]]).encode()


def private_name(path: str, what: str) -> Problem | None:
    """The problem of a file or folder whose name holds such details; its path is masked."""
    seen = privacy.masked_path(path)
    return None if seen == path else rules.PRIVATE_NAME(seen, what=what)
