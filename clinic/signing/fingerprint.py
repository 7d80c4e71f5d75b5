"""The fingerprint of a signed text, and the short code by which a clinician says which text she has read."""

import hashlib
import re
from collections.abc import Sequence

FORM = 1
"""The version of the form in which texts are signed (clinic/signing/wording.py)."""

SIGNS = "23456789BCDFGHJKLMNPQRSTVWXYZ"
"""What codes are made of: no 0 and O, 1 and I, which are misread and misheard; no vowels, so that none is a word."""

_CODE = re.compile(f"[{SIGNS}]{{2}}-[{SIGNS}]{{3}}")


def fingerprint(lines: Sequence[str]) -> str:
    """The fingerprint of a signed text: 64 digits and letters (SHA-256), another for any other text."""
    return hashlib.sha256(f"clinic signed text {FORM}\n{chr(10).join(lines)}\n".encode()).hexdigest()


def review_code(mark: str) -> str:
    """The code that stands for a fingerprint, such as `7K-Q2F`: short enough for a phone call or a text message.

    There are 20 million codes. They tell apart the versions of a page that people read; nothing secret hangs on them.
    """
    number = int(mark, 16)
    signs = []
    for _ in range(5):
        number, sign = divmod(number, len(SIGNS))
        signs.append(SIGNS[sign])
    return f"{''.join(signs[:2])}-{''.join(signs[2:])}"


def code_meant(text: str) -> str | None:
    """The code that somebody typed, in capitals or not, with or without its hyphen; None if it can't be one."""
    signs = re.sub(r"[\s\u2010-\u2015-]", "", text).upper()
    code = f"{signs[:2]}-{signs[2:]}"
    return code if _CODE.fullmatch(code) else None
