"""How details that a patient can be known by are written: the patterns that `clinic.privacy.looking` uses."""

import re

from clinic.expressions import expression
from clinic.privacy.people import SURNAME

DIGITS = expression(r"\d\w?[^\w\n]?\w?\d")
"""No detail is without them."""

_NUMBER = r"(?:#|№|(?:n[or°º]|num|number|n[uú]mero|id|identifi[a-z]+)(?![a-z])\.?)"
_S = r"[\s_-]{0,2}"
_WORD = r"(?<![a-z])"
RECORD_LABEL = expression(
    rf"(?:(?P<label>{_WORD}m\.?{_S}r\.?{_S}n\b\.?|{_WORD}mrn|{_WORD}mr{_S}{_NUMBER}|"
    rf"(?:medical|health|clinical|hospital|patient'?s?){_S}(?:record|chart|file){_S}{_NUMBER}|"
    rf"{_WORD}(?:record|chart|encounter|visit|admission|accession){_S}{_NUMBER}|"
    rf"{_WORD}patient'?s?{_S}(?:account{_S}|acct{_S}\.?{_S}|case{_S})?{_NUMBER}|patientid|"
    rf"{_WORD}(?:acct|account|a/c){_S}\.?{_S}{_NUMBER}|"
    rf"{_WORD}(?:member|subscriber|beneficiary|guarantor|medicare|medicaid){_S}{_NUMBER}|"
    rf"(?:historia{_S}cl[ií]nica|expediente|paciente){_S}{_NUMBER}|n[uú]mero{_S}de{_S}(?:expediente|historia|paciente))"
    r"(?:[^\w\n.!?;]|_|\n(?!\s*\n)|\b(?:is|was|es)\b){0,12}|"
    rf"(?P<bare>(?:medical|health|clinical|hospital|patient'?s?){_S}(?:record|chart|file)|expediente)[\s:#=|\"'_-]{{0,4}})"
    r"[a-z]{0,3}[-#:/]?\Z",
    re.IGNORECASE,
)
"""The words before a number that say whose it is; `bare` ones say it only of a long number."""

YEAR = expression(r"(?:19|20)\d\d")
RECORD_WORDS = (
    *("mrn", "mr#", "mr #", "mr no", "mr id", "mr_", "mr-", "m.r", "m r", "record", "chart", "patient", "acct"),
    *(
        "account",
        "a/c",
        "member",
        "subscriber",
        "benefici",
        "guarantor",
        "medica",
        "encounter",
        "visit",
        "admission",
        "accession",
    ),
    *("historia", "expediente", "paciente"),
)
RUN = expression(r"\d(?:[- ]?\d){3,}")
PHONE = expression(r"\+?1?[- ]?\d{3}[- ]\d{3}[- ]\d{4}|\d{3}[- ]\d{4}")
DAY_FIRST = expression(r"(?:19|20)\d\d-\d\d?-\d\d?|\d\d?-\d\d?-(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d \d\d")
MEDICARE = expression(
    r"[1-9](?<!\w[1-9])[AC-HJKMNP-RT-Y][\dAC-HJKMNP-RT-Y]\d-?[AC-HJKMNP-RT-Y][\dAC-HJKMNP-RT-Y]\d-?[AC-HJKMNP-RT-Y]{2}\d\d\b"
)
"""The form of a Medicare beneficiary's number (Centers for Medicare & Medicaid Services, "MBI format")."""

SECURITY = expression(r"(?P<number>\d(?<!\d\d)(?<!\d[-/._]\d)\d\d(?P<sign>[-_ .]?)\d{2}(?P=sign)\d{4})(?![-/._]?\d)")
SECURITY_LABEL = expression(
    r"(?<![a-z])(?:ssn|ss ?#|s\.s\.n|ss n[or]\b|social(?! ?work)|itin|seguro social)(?![a-z])", re.IGNORECASE
)
LAST_FOUR = expression(r"(?i:ssn|social security)(?:[^\n.;!?]){0,40}?(?P<number>(?:[x•#]{3}-?[x•#]{2}-?)\d{4})(?!\d)")

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-z]{0,6}\.?"
DATE = (
    rf"(?:\d{{1,2}}[-/. _]\d{{1,2}}[-/. _](?:(?:19|20)\d\d|\d\d)(?!\d)|"
    rf"(?:19|20)\d\d[-/._]\d{{1,2}}[-/._]\d{{1,2}}|"
    rf"{_MONTH}[- ]?\d{{1,2}}(?:st|nd|rd|th)?,?[- ](?:of )?(?:19|20)\d\d|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?[- ](?:of |de )?{_MONTH},?[- ](?:de )?'?(?:(?:19|20)\d\d|\d\d)(?!\d)|"
    r"(?<!\d)[01]\d[0-3]\d(?:19|20)\d\d(?!\d)|(?<!\d)(?:19|20)\d\d[01]\d[0-3]\d(?!\d))"
)
BIRTH_WORDS = ("dob", "d.o.b", "d o b", "birth", "born", "nacim", "nacid", "geboren")
_BIRTH_LABEL = (
    rf"(?:(?<![a-z])d\.?{_S}o\.?{_S}b\b\.?|(?<![a-z])dob(?=[-_\d])|dates?{_S}of{_S}birth|birth{_S}dates?|"
    r"fecha de nacimiento)"
)
LABELLED_BIRTH = expression(
    rf"(?P<label>{_BIRTH_LABEL})(?:[^\w\n.!?;]|_|\n(?!\s*\n)|\b(?:is|was|on|es)\b){{0,12}}(?P<date>{DATE})|"
    rf"(?P<date2>{DATE})[ ,]{{0,2}}[(\[/]? ?(?P<label2>{_BIRTH_LABEL})",
    re.IGNORECASE,
)
BORN = expression(
    rf"(?<![a-z])(?P<label>born|nacid[oa]|birthday|geboren)"
    rf"(?:[\s:,(]|\b(?:is|was|on|in|el|am)\b){{0,10}}(?P<date>{DATE})",
    re.IGNORECASE,
)
NAME = expression(
    rf"\b(?:(?:Mr|Mrs|Ms|Miss|Sr|Sra)\.? {SURNAME}|"
    rf"(?!Born|We|The|Our|He|She|They)[A-Z][a-zà-ÿ]+(?: [A-Z]\.?)? {SURNAME})"
)
NUMERIC = expression(r"\d+[-/.]\d\d?[-/.]\d+")
LIKELY = expression(r"\d{1,2}[-/.]\d{1,2}[-/.](?:19\d\d|20[01]\d)|(?:19\d\d|20[01]\d)[-/.]\d{1,2}[-/.]\d{1,2}")
"""A day on which somebody may be born who is a patient now, and of which nobody writes news any more."""

OF_A_LIFE = expression(r"(?<!\d)(?:19\d\d|20[01]\d)(?!\d)")
SEX = expression(r"[ ,;/|)]{1,4}(?:male|female|m|f)\b", re.IGNORECASE)
TURNED_NAME = expression(rf"\b{SURNAME}, ?[A-Z][a-zà-ÿ]+(?: [A-Z]\.?)?\Z")
CELL = expression(r"(?<!\\)\|")
COLUMN = expression(
    rf"\s*(?:(?P<record>mrn|m\.r\.n\.|(?:medical |patient )?(?:record|chart|account){_S}{_NUMBER}|"
    rf"patient{_S}{_NUMBER})|"
    rf"(?P<security>ssn|social security(?: {_NUMBER})?)|(?P<birth>{_BIRTH_LABEL}|born))\.?\s*",
    re.IGNORECASE,
)
