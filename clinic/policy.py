"""The Content-Security-Policy, from one place: as a page states it itself, and as a server sends it.

Nothing may come from anywhere but the site; nothing unsafe is allowed, ever. What a `<meta>` cannot say
(`frame-ancestors`, HTML 4.2.5.3) only the header has.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit


def policy(*, form: str = "", redirects: Iterable[str] = (), script: bool = False) -> str:
    """The policy for a page's own `<meta http-equiv>`.

    Args:
        form: the https endpoint to which the form of the page posts, or empty.
        redirects: the origins to which that endpoint may send people on (browsers check them as well).
        script: whether the page brings a script of the site's own, which may fetch the site's own files.
    """
    return "; ".join(_directives(form, redirects, script=script))


def header_policy(*, form: str = "", redirects: Iterable[str] = (), script: bool = False) -> str:
    """The policy as a header, for all pages at once: as `policy`, and no other site may frame a page."""
    return "; ".join([*_directives(form, redirects, script=script), "frame-ancestors 'none'"])


def origin(address: str) -> str:
    """The origin of a full address (RFC 6454): what a policy names. A port is kept, a path is not.

    Raises:
        ValueError: the address is not an https address, or holds what a policy cannot.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or set(parts.netloc) & set(" ;,'\"@*"):
        raise ValueError(address)
    return f"https://{parts.netloc.lower()}"


def _directives(form: str, redirects: Iterable[str], *, script: bool) -> list[str]:
    own = ["script-src 'self'"] if script else []
    posts = sorted({origin(address) for address in [form, *redirects]}) if form else []
    return [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        *own,
        "connect-src 'self'",  # Lighthouse reads robots.txt through the page; without a script nothing else can
        "base-uri 'none'",
        "form-action " + (" ".join(posts) or "'self'"),
    ]
