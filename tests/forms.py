"""Files to download for tests, made when they are needed: PDFs, office documents and others, good ones and bad ones."""

import io
import zipfile
from collections.abc import Callable

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject


def _with(**parts: str) -> DictionaryObject:
    """A dictionary of a PDF: values that begin with a slash are names, others are texts."""
    return DictionaryObject(
        {
            NameObject(f"/{key}"): NameObject(value) if value.startswith("/") else TextStringObject(value)
            for key, value in parts.items()
        }
    )


def _script(writer: PdfWriter, _: DictionaryObject) -> None:
    names = ArrayObject([TextStringObject("a"), _with(S="/JavaScript", JS="app.alert(1)")])
    tree = DictionaryObject({NameObject("/Names"): names})
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): tree})


def _page_script(_: PdfWriter, page: DictionaryObject) -> None:
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): _with(S="/JavaScript", JS="app.alert(1)")})


def _launch(writer: PdfWriter, _: DictionaryObject) -> None:
    writer.root_object[NameObject("/OpenAction")] = _with(S="/Launch", F="cmd.exe")


def _attached(writer: PdfWriter, _: DictionaryObject) -> None:
    writer.add_attachment("a.txt", b"Hidden")


def _xfa(writer: PdfWriter, _: DictionaryObject) -> None:
    writer.root_object[NameObject("/AcroForm")] = _with(XFA="<xdp/>")


def _lock(writer: PdfWriter, _: DictionaryObject) -> None:
    writer.encrypt("secret", algorithm="RC4-128")


def _on_page(annotation: DictionaryObject) -> Callable[[PdfWriter, DictionaryObject], None]:
    def put(writer: PdfWriter, page: DictionaryObject) -> None:
        page[NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])

    return put


def _does(**action: str) -> Callable[[PdfWriter, DictionaryObject], None]:
    return _on_page(DictionaryObject({NameObject("/A"): _with(**action)}))


SORTS: dict[str, Callable[[PdfWriter, DictionaryObject], None]] = {
    "good": lambda *_: None,
    "a script when it opens": _script,
    "a script of a page": _page_script,
    "a program that it starts": _launch,
    "a form that sends": _does(S="/SubmitForm", F="https://example.org/"),
    "a file inside": _attached,
    "a file on a page": _on_page(_with(Subtype="/FileAttachment")),
    "a film": _on_page(_with(Subtype="/RichMedia")),
    "a form of one program": _xfa,
    "a lock": _lock,
    "a link": _does(S="/URI", URI="https://example.org/"),
}
"""What is put into a PDF, by what people would call it."""


def pdf(what: str = "good") -> bytes:
    """A PDF of one page that holds what is named."""
    writer = PdfWriter()
    SORTS[what](writer, writer.add_blank_page(200, 100))
    body = io.BytesIO()
    writer.write(body)
    return body.getvalue()


def packed(files: dict[str, bytes]) -> bytes:
    """A ZIP file."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as pack:
        for name, data in files.items():
            pack.writestr(zipfile.ZipInfo(name), data)
    return body.getvalue()


DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
XLSX = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>"}
ODS = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<o/>"}
EPUB = {"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<c/>"}


def good() -> dict[str, bytes]:
    """A file of each kind that content/files may hold, by its ending."""
    return {
        ".csv": b"day,opens\nMonday,8:00\n",
        ".docx": packed(DOCX),
        ".epub": packed(EPUB),
        ".ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        ".mp3": b"ID3\x03\0\0\0\0\0\0",
        ".mp4": b"\0\0\0\x18ftypisom",
        ".ods": packed(ODS),
        ".odt": packed(ODT),
        ".pdf": pdf(),
        ".rtf": b"{\\rtf1 Words}",
        ".txt": "Wörter".encode(),
        ".vcf": b"BEGIN:VCARD\r\nEND:VCARD\r\n",
        ".xlsx": packed(XLSX),
    }
