"""What a page gets on its way to the browser. The bytes that `build` writes stay as they are; what is sent differs.

For our own output only: lower-case tags, double quotes, one `<head>` and one `<body>`.
"""

import re
from html import escape, unescape
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from clinic.preview.overlay import RESERVED

_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)')
_HREF = re.compile(rb'(<a\s(?:[^">]|"[^"]*")*?\bhref=")(/(?!/)[^"]*|\?[^"]*)(")')
_FORM = re.compile(rb'(<form\s(?:[^">]|"[^"]*")*?action="/(?:[^">]|"[^"]*")*>)')
_REFRESH = re.compile(rb'(<meta http-equiv="refresh" content="\d+; ?url=)(/[^"]*)(")')

SHELL = b"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Preview</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
</head>
<body>
<main>
<h1>%s</h1>
<p>%s</p>
</main>
</body>
</html>
"""


def shell(title: str, sentence: str) -> bytes:
    """A page for what the site itself has none for."""
    return SHELL % (escape(title).encode(), escape(sentence).encode())


def injected(body: bytes, *, inner: Markup, digest: str, host: str, prefix: str, on: str = "") -> bytes:
    """A page with the preview's scripts, bar and panel, under a policy that lets them in and nothing else.

    Args:
        body: the page.
        inner: what the shadow root holds.
        digest: what tells these bytes of the page from others: the script asks with it whether it is up to date.
        host: name and port under which the preview is called.
        prefix: the path of the site's address.
        on: the moment that is shown, which links keep; empty for now.
    """
    body = _POLICY.sub(lambda found: found[1] + _let_in(found[2], host) + found[3], body, count=1)
    if on:
        keep = f"on={quote(on, safe=':-T')}"
        body = _HREF.sub(lambda found: found[1] + _keeping(found[2], keep) + found[3], body)
        body = _REFRESH.sub(lambda found: found[1] + _keeping(found[2], keep) + found[3], body)
        hidden = f'<input type="hidden" name="on" value="{escape(on)}">'.encode()
        body = _FORM.sub(lambda found: found[1] + hidden, body)
    port = urlsplit(f"//{host}").port or 80
    head = (
        f'<link rel="stylesheet" href="{RESERVED}page.css"><script src="/livereload.js?port={port}" defer></script>'
        f'<script src="{RESERVED}preview.js" defer></script>'
    ).encode()
    tail = (
        Markup('<clinic-preview data-page="{}" data-prefix="{}" data-on="{}"><template shadowrootmode="open">')
        .format(digest, prefix, on)
        .encode()
        + inner.encode()
        + b"</template></clinic-preview>"
    )
    return _before(_before(body, b"</head>", head), b"</body>", tail)


def _before(body: bytes, mark: bytes, more: bytes) -> bytes:
    at = body.rfind(mark) if mark == b"</body>" else body.find(mark)
    return body + more if at < 0 else body[:at] + more + body[at:]


def _let_in(policy: bytes, host: str) -> bytes:
    """A policy that also lets in the preview's own script, stylesheet, socket and form, from this host alone."""
    directives = {}
    for part in unescape(policy.decode()).split(";"):
        name, *values = part.split()
        directives[name] = values
    more = {
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "connect-src": ["'self'", f"ws://{host}"],
        "form-action": ["'self'"],
    }
    for name, values in more.items():
        told = [value for value in directives.get(name, []) if value != "'none'"]
        directives[name] = [*told, *(value for value in values if value not in told)]
    return escape("; ".join(" ".join([name, *values]) for name, values in directives.items()), quote=False).encode()


def _keeping(address: bytes, keep: str) -> bytes:
    """An address of the site with the moment that is shown."""
    before, mark, fragment = unescape(address.decode()).partition("#")
    joined = f"{before}{'&' if '?' in before else '?'}{keep}{mark}{fragment}"
    return escape(joined).encode()
