"""Details that a patient can be known by, in the forms in which people type them, and what only looks like them."""

import pytest

from clinic.privacy import Sort, decoded, find, masked_path

RECORDS = [
    "MRN: 00482913",
    "MRN00482913",
    'mrn: "00482913"',
    "M.R.N. 482-913-77",
    "**MRN:** 00482913",
    "MRN&nbsp;00482913",
    "MRN&#58; 00482913",
    "<b>MRN</b> 00482913",
    "[MRN 00482913](https://www.example.com)",
    "[chart](https://portal.example.com/view?patient_id=7741902)",
    "<!-- Patient ID 7741902 -->",
    "Medical Record Number: E-1029384",
    "El número de expediente 4455667 es suyo.",
    "MR# 448812",
    "patient account number: 88127734",
    "Member ID: XYZ123456789",
    "Her number is 1EG4-TE5-MK73.",
    "patient no. 123456",
    "| Name | MRN |\n| --- | --- |\n| Jane | 00482913 |",
    "Jane Example\nMRN:\n00482913",
    "images/mrn-00482913.png",
    "pages/patient_id_7741902.md",
]
BIRTHS = [
    "DOB: 03/14/1961",
    "DOB 3-14-61",
    "DOB 03141961",
    "date of birth: March 14, 1961",
    "Birthdate 1961-03-14",
    "Fecha de nacimiento: 14/03/1961",
    "Jane Example was born on March 14, 1961.",
    "Born March 14, 1961, Jane Example came to us.",
    "Jane Example (03/14/1961)",
    "Example, Jane 1961-03-14",
    "Example, Xiomara / 7-4-1958 / female",
    "Mrs. Example, born 14 March 1961",
    "| Name | Date of birth |\n|---|---|\n| Jane Example | 03/14/1961 |",
    "Name: Jane Example\nDOB: 03/14/1961",
    "images/jane-example-dob-1961-03-14.jpg",
    "Happy birthday on March 14, 1936 to our John Sample",
]
SECURITIES = [
    "123-45-6789",
    "123\u201145\u20116789",
    "123\u201345\u20136789",
    "123\\-45\\-6789",
    "123-**45**-6789",
    "123&#45;45&#45;6789",
    "\uff11\uff12\uff13-\uff14\uff15-\uff16\uff17\uff18\uff19",
    "12\u200b3-45-6789",
    "SSN 123456789",
    "SSN 123.45.6789",
    "social security number 123 45 6789",
    "SSN xxx-xx-6789",
    "| SSN |\n|---|\n| 123 45 6789 |",
]
PLANTED = [(Sort.RECORD, text) for text in RECORDS]
PLANTED += [(Sort.BIRTH, text) for text in BIRTHS] + [(Sort.SECURITY, text) for text in SECURITIES]

CLEAN = [
    "Have your medical record number ready. It stands on top of your bill.",
    "Medical records: 503-555-0130",
    "Call the Medicare number 1-800-633-4227.",
    "Bring your member ID. 2026 forms differ.",
    "Bring your member ID card by 2026-12-01.",
    "Your chart shows 2024 data of 4500 patients.",
    "They account for 12345 visits. Visit 1200 Example Street.",
    "The medical records of 2026 are in one patient file of 2 MB.",
    "Our NPI is 1234567893 and our ZIP code 97201-0100.",
    "Use form SSA-827 or 12-34-5678-B, and billing code 99213.",
    "Ask the social worker for form 100200300.",
    "Write 000-00-0000 or xxx-xx-xxxx.",
    "The clinic was born in 1998 from two offices.",
    "We opened on March 14, 1998. Dr. Balog cut the ribbon.",
    "Babies born before 2010-01-01 may need it.",
    "Our clinic's 25th birthday, December 5, 2026, with Example Clinician",
    "Your date of birth (MM/DD/YYYY), for instance in this form.",
    "Please have your date of birth ready. December 1, 2026 is the last day.",
    "Johns Hopkins Medicine, 03/14/2009; George Street, 03/14/2009; Washington Building 12/01/2026",
    "accessed: 2026-11-02\nurl: https://pubmed.ncbi.nlm.nih.gov/12345678/",
    "ISBN 978-3-16-148410-0, doi:10.1001/jama.2016.1464, NDC 0071-1013-68",
    "geo: [45.5152, -122.6784]",
]


@pytest.mark.parametrize(("sort", "text"), PLANTED)
def test_a_detail_is_found_and_told_without_its_value(sort: Sort, text: str) -> None:
    found = find(text)
    assert [one.sort for one in found] == [sort]
    assert not any(sign.isdigit() for sign in found[0].shown)
    assert not {"Jane", "John", "Example", "Sample", "Xiomara"} & set(found[0].shown.replace(",", " ").split())


@pytest.mark.parametrize("text", CLEAN)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert find(text) == ()


def test_the_place_is_that_of_the_file_whatever_was_made_plain_before_it() -> None:
    text = "Some **bold**&nbsp;words\u200b, <b>then</b> 12\u200b3-45-6789."
    (found,) = find(text)
    assert text[found.start : found.end] == "12\u200b3-45-6789"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_no_encoding_hides_it(encoding: str) -> None:
    assert find(decoded("caf\u00e9\r\nMRN 00482913\r\n".encode(encoding)))


def test_a_path_is_shown_without_the_names_that_tell() -> None:
    assert masked_path("images/2026/jane-example-dob-1961-03-14.jpg") == "images/2026/••••-•••••••-•••-••••-••-••.jpg"
    assert masked_path("mrn-00482913/a.md") == "•••-••••••••/a.md"
    assert masked_path("images/2026/spine-12345.jpg") == "images/2026/spine-12345.jpg"
