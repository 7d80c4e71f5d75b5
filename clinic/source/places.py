"""Which files belong where in the content folder, and where to put one that stands elsewhere."""

from clinic.problems import Problem, Rule, nearest
from clinic.problems.catalogue import files as rules
from clinic.source import names

KINDS = ("announcements", "clinicians", "conditions", "pages", "procedures")
"""The folders of pages: the folder says the kind."""

CLINIC = "clinic.yaml"
"""The file about the clinic itself."""

DEBT = "debt.yaml"
"""What pages that were brought in still lack: only `migrate` adds to it."""

_DOWNLOADS = {".pdf", ".docx", ".xlsx", ".odt", ".ods", ".rtf", ".txt", ".csv", ".ics", ".vcf", ".epub", ".mp3", ".mp4"}
_PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg"}
ENDINGS: dict[str, set[str]] = {
    **{kind: {".md"} for kind in KINDS},
    "images": _PICTURES,
    "files": _DOWNLOADS,
    "lists": {".toml"},
    "reviews": {".yaml"},
}
"""What the files in each folder may end in."""

_OTHER_PICTURES = {".heic", ".heif", ".tif", ".tiff", ".bmp", ".psd", ".ai", ".eps", ".ico", ".jfif", ".raw"}
_MARKDOWN = {".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn", ".mdtext", ".mdtxt"}
_MARKUP = {".mdx", ".rst", ".adoc", ".asciidoc", ".org", ".tex", ".textile", ".wiki"}
_DOCUMENTS = {".docx", ".doc", ".odt", ".rtf", ".pages", ".gdoc", ".wps", ".docm", ".dotx"}
_WEB = {".html", ".htm", ".xhtml", ".mht", ".mhtml"}
_SETTINGS = {".yaml", ".yml", ".toml", ".json", ".ini", ".cfg"}
_ALSO_KNOWN = {
    **dict.fromkeys(("posts", "articles", "news", "blog", "notices", "alerts", "updates", "events"), "announcements"),
    **dict.fromkeys(("treatments", "services", "injections", "surgeries", "therapies"), "procedures"),
    **dict.fromkeys(("diseases", "diagnoses", "symptoms", "problems"), "conditions"),
    **dict.fromkeys(("doctors", "providers", "physicians", "staff", "team", "people", "authors"), "clinicians"),
    **dict.fromkeys(("img", "pictures", "photos", "pics", "media", "assets", "picture", "photo"), "images"),
    **dict.fromkeys(("downloads", "documents", "docs", "pdf", "pdfs", "forms", "static", "extra"), "files"),
}
_LANGUAGES = {"hmn", "haw", "chr", "nav", "ilo", "mam", "yue", "cmn", "fil", "prs", "pes", "quc", "kjb", "arb", "sgn"}
_NO_LANGUAGES = {"js", "md", "my"}


def ending_of(name: str) -> str:
    """The ending of a name with its dot, in small letters, or nothing."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem and len(ending) <= 12 else ""


def is_language(folder: str) -> bool:
    """Whether a folder is named like a language (BCP 47: es, zh-Hans, pt-BR)."""
    first, *rest = folder.split("-")
    if not first.isascii() or not first.islower() or any(not part.isalnum() or len(part) > 8 for part in rest):
        return False
    return (len(first) == 2 and first.isalpha() and first not in _NO_LANGUAGES) or first in _LANGUAGES


def known_folder(name: str) -> str | None:
    """The folder that was probably meant by this name, or None."""
    lower = name.lower().strip(" ._-")
    if lower in ENDINGS:
        return lower
    return _ALSO_KNOWN.get(lower) or nearest(lower, ENDINGS)


def unknown_folder(name: str, files: int) -> Problem:
    """The problem of a folder at the top that the generator has no use for, and which holds `files` files."""
    count = "one file" if files == 1 else f"{files} files"
    if is_language(name):
        return rules.TRANSLATION_FOLDER(name, folder=name, files=count)
    meant = known_folder(name)
    remedy = f"Rename it to {meant}, or move its files there." if meant else "Move it out of the content folder."
    folders = ", ".join(sorted(ENDINGS))
    return rules.UNKNOWN_FOLDER(
        names.shown(name), folder=names.shown(name), files=count, remedy=f"{remedy} These folders are known: {folders}."
    )


def misplaced(path: str) -> Problem | None:
    """The problem of a file whose ending, in capitals or small letters, does not belong in its folder; else None."""
    folder, _, name = path.rpartition("/")
    top = folder.split("/")[0]
    ending = ending_of(name)
    if not top:
        return None if name in {CLINIC, DEBT} else _at_the_top(name, ending)
    if ending in ENDINGS[top] and (top not in KINDS or name.endswith(".md")):
        return None
    stem = name[: len(name) - len(ending)] if ending else name
    rule, remedy = _in_kind(stem, ending) if top in KINDS else _in_other(top, ending)
    return rule(path, ending=name[len(stem) :] or "without an ending", remedy=remedy)


def _at_the_top(name: str, ending: str) -> Problem:
    stem = name.lower().split(".")[0]
    if stem == "clinic" and (ending in _SETTINGS or ending == ".txt"):
        return rules.WRONG_PLACE(name, remedy="Rename it to clinic.yaml, in small letters.")
    if ending in _MARKDOWN:
        kinds = ", ".join(KINDS)
        remedy = f"Move it into the folder of its kind: {kinds}. A file that is no page belongs outside this folder."
        return rules.WRONG_PLACE(name, remedy=remedy)
    return rules.WRONG_PLACE(name, remedy=_where(ending) or "Move it out of the content folder.")


def _where(ending: str) -> str | None:
    """Where a picture or a download belongs."""
    if ending in _PICTURES | _OTHER_PICTURES:
        return "Move it into the folder images."
    if ending in _DOWNLOADS - {".txt"}:
        return "Move it into the folder files, if patients should download it."
    return None


def _in_kind(stem: str, ending: str) -> tuple[Rule, str]:  # noqa: PLR0911 one return for each case
    """What to do with a file that stands among pages and is none."""
    inner = ending_of(stem)
    if inner in _MARKDOWN:
        right = names.suggestion(stem[: -len(inner)])
        return (
            rules.WRONG_ENDING,
            f"Rename it to {right}. Windows may hide the second ending.",
        )
    right = names.suggestion(stem)
    if ending in _MARKDOWN:
        return rules.WRONG_ENDING, f"Rename it to {right}: pages end in .md, in small letters."
    if ending in _DOCUMENTS:
        return rules.WRONG_ENDING, (
            f"This is a word processor's document. Make a page ({right}) and copy the text into it. "
            "If patients should download it, move it into the folder files."
        )
    if ending in _WEB:
        return rules.WRONG_ENDING, f"Copy the text of it into a page ({right})."
    if ending in _MARKUP:
        return rules.WRONG_ENDING, f"Write the page as Markdown, in a file called {right}."
    if ending in {"", ".txt", ".text"}:
        return rules.WRONG_ENDING, f"If it is a page, rename it to {right}. If not, move it out of the content folder."
    place = _where(ending)
    if place:
        return rules.WRONG_PLACE, place
    if ending in _SETTINGS:
        return rules.WRONG_PLACE, "Facts about the clinic belong in clinic.yaml, at the top of the content folder."
    return rules.WRONG_ENDING, "Pages end in .md. Move anything else out of the content folder."


def _in_other(top: str, ending: str) -> tuple[Rule, str]:
    """What to do with a file that does not belong among pictures, downloads, lists or reviews."""
    if top == "reviews":
        return rules.WRONG_PLACE, "This folder is kept for clinicians' sign-offs. Move the file elsewhere."
    if ending in _MARKDOWN:
        return rules.WRONG_PLACE, f"Move it into the folder of its kind: {', '.join(KINDS)}."
    if top == "images" and ending in _OTHER_PICTURES:
        return rules.WRONG_ENDING, "Save the picture as .jpg, .png or .webp: browsers don't show this sort."
    place = _where(ending)
    if place and top not in place:
        return rules.WRONG_PLACE, place
    if top == "files":
        return rules.WRONG_ENDING, "Save it as a PDF, which opens everywhere."
    known = ", ".join(sorted(ENDINGS[top]))
    return rules.WRONG_ENDING, f"Files in this folder end in {known}. Move anything else out of the content folder."
