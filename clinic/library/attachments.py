"""Files of content/files: forms and sheets that pages offer to download."""

from dataclasses import dataclass
from pathlib import PurePosixPath

DOWNLOADS = {
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".ics": "text/calendar; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".rtf": "application/rtf",
    ".txt": "text/plain; charset=utf-8",
    ".vcf": "text/vcard; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The media type (IANA) of every ending that content/files may hold: forms and sheets, nothing that runs."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of content/files: offered as it is, unless it has a flaw."""

    path: str
    digest: str
    size: int
    flaw: str = ""
    """Why it can't be offered, in words that follow "it can't be offered:"."""

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.path).name

    @property
    def suffix(self) -> str:
        """Its ending, in small letters."""
        return PurePosixPath(self.path).suffix.lower()

    @property
    def type_name(self) -> str:
        """What people call its type: PDF, TXT."""
        return self.suffix.removeprefix(".").upper()
