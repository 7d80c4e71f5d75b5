"""GOV001 to GOV019: who signed which text and when, and how old that is."""

from clinic.problems.problem import Example, Rule, Severity

_RECORD = "reviews/heel-pain.yaml"
_PAGE = "conditions/heel-pain.md"
_SEAL = "a21d7d7101a5050be6c9310bfd1098db7e67647dd0ea6c7fa277c5d076d8e331"
_SIGNED = f"signed:\n  - by: dr-example\n    date: 2026-10-05\n    fingerprint: {_SEAL}\n"
_OTHER_SOURCE = """  - id: nhs
    title: Back pain
    publisher: NHS
    url: https://www.nhs.uk/conditions/back-pain/
    accessed: 2026-11-02
"""
_BY = "  - by: dr-example\n"
_DATE = "    date: 2026-10-05\n"

OVERDUE = Rule(
    "GOV001",
    Severity.WARNING,
    "sign-off",
    'The review of "{title}" was due on {due}. It was last signed on {day}.',
    "Ask a clinician to read the page again, and record the answer: see docs/editing.md on signing off.",
    Example(_RECORD, "    date: 2024-10-05\n", _DATE),
    why="The page goes on being shown, and says that its review is late.",
)
DUE_SOON = Rule(
    "GOV002",
    Severity.INFO,
    "sign-off",
    'The next review of "{title}" is due on {due}.',
    "Ask a clinician now to read the page again.",
    Example(_RECORD, "    date: 2024-12-20\n", _DATE),
)
CHANGED_SINCE = Rule(
    "GOV003",
    Severity.ERROR,
    "condition and procedure",
    '"{title}" has changed since {clinician} signed it on {day}.',
    "Ask a clinician to read it in the preview, or take the change back. Until then patients see the version that was "
    "released before. The command plan shows line by line what changed.",
    Example(_PAGE, "Rest your foot for a month.\n", "Rest your foot for a week.\n"),
    why="Nobody with a license stands behind the new words. Line breaks, blanks and notes to yourself don't count.",
)
OWN_REVIEW = Rule(
    "GOV004",
    Severity.WARNING,
    "sign-off",
    '"{title}" was signed by {clinician}, who also wrote it.',
    "Ask another clinician to sign as well, or name in author who else wrote it.",
    Example(_PAGE, "author: dr-example\n", "author: front-desk\n", at=_RECORD),
    why="Nobody sees the own mistakes.",
)
OLD_SOURCE = Rule(
    "GOV005",
    Severity.WARNING,
    "condition and procedure",
    "Nobody has looked at this source since {day}, more than two years ago.",
    "Open it, compare it with your text, and write the day on which you did so.",
    Example(_PAGE, "    accessed: 2024-11-02\n", "    accessed: 2026-11-02\n"),
    why="Sources change, and what a page says by them with it. A new day alone makes no signature void.",
)
SIGNED_AFTER_LEAVING = Rule(
    "GOV006",
    Severity.WARNING,
    "sign-off",
    "{clinician} had left by then: the last day here was {left}.",
    "Ask a clinician who works here to read the page and sign it.",
    Example("clinicians/dr-example.md", "role: Physician\nleft: 2026-09-30\n", "role: Physician\n", at=_RECORD),
    why="Patients should be able to ask whoever stands behind the page.",
)
OTHER_FINGERPRINT = Rule(
    "GOV007",
    Severity.ERROR,
    "sign-off",
    "This fingerprint is not that of the text below: the record was changed by hand.",
    "Take the file back from an earlier version, or delete it and ask a clinician to sign the page again.",
    Example(_RECORD, f"    fingerprint: {_SEAL[::-1]}\n", f"    fingerprint: {_SEAL}\n"),
    why="A record is worth nothing if it can say that somebody signed what she never read.",
)
NO_FINGERPRINT = Rule(
    "GOV008",
    Severity.ERROR,
    "sign-off",
    '"{value}" is no fingerprint.',
    "Take the file back from an earlier version, or delete it and ask a clinician to sign the page again.",
    Example(_RECORD, "    fingerprint: dr-example-said-yes\n", f"    fingerprint: {_SEAL}\n"),
    why="Only a clinician's code makes a record: approve writes it.",
)
UNKNOWN_SIGNER = Rule(
    "GOV009",
    Severity.ERROR,
    "sign-off",
    'There is no clinician called "{name}".',
    "{advice}",
    Example(_RECORD, "  - by: dr-exampel\n", _BY),
)
NO_SUCH_PAGE_TO_SIGN = Rule(
    "GOV010",
    Severity.ERROR,
    "sign-off",
    'This is the record of a page called "{name}", and there is none.',
    "{advice}",
    Example("reviews/heel-pane.yaml", _SIGNED),
)
SIGNED_IN_FUTURE = Rule(
    "GOV011",
    Severity.ERROR,
    "sign-off",
    "This was signed on {day}, which is still to come.",
    "Take the file back from an earlier version, or delete it and ask a clinician to sign the page again.",
    Example(_RECORD, "    date: 2027-10-05\n", _DATE),
)
DATES_IN_DISORDER = Rule(
    "GOV012",
    Severity.ERROR,
    "sign-off",
    "This was signed on {day}, but stands below what was signed on {before}.",
    "Sign-offs stand oldest first. Take the file back from an earlier version.",
    Example(_RECORD, f"{_DATE}    fingerprint: {_SEAL}\n  - by: dr-example\n    date: 2025-10-05\n", _DATE, line=4),
)
NOTHING_TO_SIGN = Rule(
    "GOV013",
    Severity.ERROR,
    "sign-off",
    '"{title}" is {kind}: nobody needs to sign it.',
    "Delete this record. Only conditions and procedures are signed.",
    Example("reviews/plans.yaml", _SIGNED),
)
UNSIGNED_RECORD = Rule(
    "GOV014",
    Severity.ERROR,
    "sign-off",
    "This record names nobody who signed.",
    "Delete the file, and ask a clinician to sign the page.",
    Example(_RECORD, "signed: []\n", _SIGNED),
)
NEVER_CITED = Rule(
    "GOV015",
    Severity.INFO,
    "condition and procedure",
    'Nothing in the text cites the source "{name}".',
    "Write [^{name}] behind the sentence that it bears out, or take the source out.",
    Example("procedures/nerve-block.md", f"{_OTHER_SOURCE}  - id: medlineplus\n", "  - id: medlineplus\n"),
    why="Readers and reviewers can't tell which sentence a source stands for.",
)
