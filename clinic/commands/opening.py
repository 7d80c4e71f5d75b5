"""How a file is opened in the editor that its user has."""

from clinic.commands.ends import Misuse
from clinic.preview.given import DEFAULT_EDITOR

_UNSAFE = ("javascript:", "data:", "vbscript:")


def editor_form(said: str) -> str:
    """The form of links that open a place of a file, as `--editor` says it; that of the usual editor where it is empty.

    Raises:
        Misuse: it names no file, or would run a script.
    """
    link = said or DEFAULT_EDITOR
    if "{path}" not in link or ":" not in link or link.strip().lower().startswith(_UNSAFE):
        raise Misuse(f'--editor is "{said}": write a link with {{path}} in it, such as {DEFAULT_EDITOR}')
    return link
