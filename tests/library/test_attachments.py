"""What is known of downloads from their bytes: whether they are what their name says, and nothing that runs."""

import logging
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.library.attachments import DOWNLOADS
from clinic.library.downloads import CARRIES, DAMAGED, EMPTY, LAUNCHES, LOCKED, MACROS, SCRIPTS, SENDS, flaw_of
from clinic.source.places import ENDINGS
from tests.forms import DOCX, EPUB, ODT, XLSX, good, packed, pdf

GOOD = good()


def test_every_file_that_the_folder_may_hold_has_a_media_type_and_is_looked_at() -> None:
    assert set(DOWNLOADS) == ENDINGS["files"] == set(GOOD)


@pytest.mark.parametrize("ending", sorted(GOOD))
def test_a_good_file_can_be_offered(ending: str) -> None:
    assert flaw_of(f"files/a{ending}", GOOD[ending]) == ""
    assert flaw_of(f"files/A{ending.upper()}", GOOD[ending]) == ""


@pytest.mark.parametrize("ending", sorted(GOOD))
def test_none_is_what_another_is(ending: str) -> None:
    """Every kind under every other name, but text that is text by any name."""
    plain = {".txt", ".csv", ".ics", ".vcf", ".rtf"}
    for other, data in GOOD.items():
        if other != ending and not (ending in {".txt", ".csv"} and other in {*plain, ".mp3"}):
            if ending in {".txt", ".csv"} and b"\0" not in data:
                continue
            assert flaw_of(f"files/a{ending}", data), f"{other} as {ending}"


@pytest.mark.parametrize("ending", sorted(GOOD))
@pytest.mark.parametrize("data", [b"MZ\x90\0", b"\x7fELF", b"#!/bin/sh\n", b"<!DOCTYPE html>", b" <script>x</script>"])
def test_none_is_a_program_in_disguise(ending: str, data: bytes) -> None:
    assert "a program or a web page" in flaw_of(f"files/a{ending}", data)
    assert flaw_of(f"files/a{ending}", b"") == EMPTY


PDFS = {
    "a script when it opens": SCRIPTS,
    "a script of a page": SCRIPTS,
    "a program that it starts": LAUNCHES,
    "a form that sends": SENDS,
    "a file inside": CARRIES,
    "a file on a page": CARRIES,
    "a film": SCRIPTS,
    "a form of one program": SCRIPTS,
    "a lock": LOCKED,
    "a link": "",
}


@pytest.mark.parametrize("what", PDFS)
def test_a_pdf_that_does_more_than_be_read_is_known(what: str) -> None:
    assert flaw_of("files/a.pdf", pdf(what)) == PDFS[what]


def test_a_script_in_packed_parts_of_a_pdf_is_found() -> None:
    """Parts may stand in a compressed stream (ISO 32000-2, 7.5.7), where no search of the bytes finds them."""
    parts = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
    packed_parts = zlib.compress(b"5 0 " + parts)
    body = b"%PDF-1.5\n"
    places = {}
    for number, text in {
        1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        4: b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
        % (len(packed_parts), packed_parts),
    }.items():
        places[number] = len(body)
        body += b"%d 0 obj%s\nendobj\n" % (number, text)
    start = len(body)
    rows = [b"\0\0\0\xff", *(b"\1" + places[n].to_bytes(2, "big") + b"\0" for n in (1, 2, 3, 4)), b"\2\0\4\0"]
    rows.append(b"\1" + start.to_bytes(2, "big") + b"\0")
    table = zlib.compress(b"".join(rows))
    body += (
        b"6 0 obj<</Type/XRef/Size 7/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\n"
        % (
            len(table),
            table,
        )
    )
    body += b"startxref\n%d\n%%%%EOF\n" % start
    assert b"JavaScript" not in body
    assert flaw_of("files/a.pdf", body) == SCRIPTS


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_pdf_that_was_cut_off_is_damaged(part: float) -> None:
    data = pdf()
    assert flaw_of("files/a.pdf", data[: int(len(data) * part)]) == DAMAGED


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_stands_in_a_pdf_the_answer_is_a_sentence(draw: st.DataObject) -> None:
    data = bytearray(pdf(draw.draw(st.sampled_from(["good", "a script when it opens", "a file inside"]))))
    for _ in range(draw.draw(st.integers(1, 30))):
        data[draw.draw(st.integers(8, len(data) - 1))] = draw.draw(st.integers(0, 255))
    assert isinstance(flaw_of("files/a.pdf", bytes(data)), str)


def test_what_the_reader_of_pdfs_says_to_programmers_is_not_heard(caplog: pytest.LogCaptureFixture) -> None:
    data = pdf().replace(b"startxref", b"startxref\n7", 1)
    with caplog.at_level(logging.DEBUG):
        flaw_of("files/a.pdf", data)
    assert caplog.records == []
    assert logging.getLogger("pypdf").propagate


OFFICE = [
    (".docx", packed({**DOCX, "word/vbaProject.bin": b"x"}), MACROS),
    (".docx", packed({**DOCX, "[Content_Types].xml": b"application/vnd.ms-word.macroEnabled+xml"}), MACROS),
    (".xlsx", packed({**XLSX, "xl/vbaProject.bin": b"x"}), MACROS),
    (".odt", packed({**ODT, "Basic/Standard/Module1.xml": b"x"}), MACROS),
    (".epub", packed({**EPUB, "OEBPS/run.js": b"x"}), MACROS),
    (".docx", packed({**DOCX, "word/embeddings/oleObject1.bin": b"x"}), CARRIES),
    (".docx", packed({**DOCX, "word/setup.exe": b"x"}), CARRIES),
    (".docx", packed(XLSX), "no document of the kind DOCX"),
    (".docx", packed({"a.txt": b"x"}), "no document of the kind DOCX"),
    (".docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "locked with a password, or of an older kind"),
    (".docx", packed(DOCX)[:60], DAMAGED),
    (".rtf", b"{\\rtf1 {\\object{\\*\\objdata 00}}}", CARRIES),
    (".txt", b"a\0b", "no plain text"),
]  # fmt: skip


@pytest.mark.parametrize(("ending", "data", "words"), OFFICE)
def test_a_document_that_does_more_than_be_read_is_known(ending: str, data: bytes, words: str) -> None:
    assert words in flaw_of(f"files/a{ending}", data)
