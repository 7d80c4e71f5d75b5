"""What a bucket can't send: the headers that a server or CDN in front has to add, in the forms of four of them.

They come from the source of the pages' own policies (`clinic.policy`). A browser obeys both, so what is said here for
the whole site must allow all that any page's own policy allows; each page is stricter by itself.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final

from clinic.policy import header_policy, policy

YEAR: Final = 31_536_000
"""Seconds for which a browser remembers that the site is only served encrypted (RFC 6797)."""

_POWERS: Final = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "payment",
    "usb",
)
"""What no page of a clinic needs of a browser (W3C, Permissions Policy)."""

_SAFE = re.compile(r"[A-Za-z0-9 ;:/'(),=._\[\]-]+")
"""What a value may be made of: nothing that any of the four forms gives a meaning to."""


def security_headers(*, form: str = "", redirects: Iterable[str] = ()) -> dict[str, str]:
    """The headers by name.

    Args:
        form: the https endpoint to which the appointment form posts, or empty.
        redirects: the origins that it may send people on to.

    Raises:
        ValueError: an address holds what a header can't.
    """
    ways = tuple(redirects)
    forms = [policy(form=form, redirects=ways), policy(script=True), header_policy(form=form, redirects=ways)]
    headers = {
        "Content-Security-Policy": _union(forms),
        "Strict-Transport-Security": f"max-age={YEAR}",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": ", ".join(f"{power}=()" for power in _POWERS),
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    for name, value in headers.items():
        if not _SAFE.fullmatch(value):
            raise ValueError(f"{name}: {value}")
    return headers


def written(headers: Mapping[str, str], prefix: str = "") -> dict[str, str]:
    """The same headers as files: the name of each with its text.

    Args:
        headers: by name, as `security_headers` gives them.
        prefix: the path of the site's address without a slash at its end: some servers keep the notes of releases from
            strangers, and show the site's own page for what is not there.

    Raises:
        ValueError: the path holds what a file can't.
    """
    if not re.fullmatch(r"(?:/[A-Za-z0-9._~-]+)*", prefix):
        raise ValueError(f"the path of the site: {prefix}")
    return {
        "cloudfront.json": _cloudfront(headers),
        "_headers": _cloudflare(headers),
        "nginx.conf": _nginx(headers, prefix),
        "Caddyfile": _caddy(headers, prefix),
    }


def _union(policies: Iterable[str]) -> str:
    """One policy that allows what any of these does."""
    sources: dict[str, list[str]] = {}
    for one in policies:
        for directive in one.split("; "):
            name, *allowed = directive.split(" ")
            sources.setdefault(name, []).extend(each for each in allowed if each not in sources.get(name, ()))
    told = []
    for name, allowed in sources.items():
        some = [each for each in allowed if each != "'none'"]
        told.append(" ".join([name, *(some or ["'none'"])]))
    return "; ".join(told)


def _cloudfront(headers: Mapping[str, str]) -> str:
    """The configuration of a response headers policy, as `aws cloudfront create-response-headers-policy` takes it."""
    security: dict[str, dict[str, object]] = {
        "ContentSecurityPolicy": {
            "Override": True,
            "ContentSecurityPolicy": headers["Content-Security-Policy"],
        },
        "StrictTransportSecurity": {
            "Override": True,
            "IncludeSubdomains": False,
            "Preload": False,
            "AccessControlMaxAgeSec": YEAR,
        },
        "ContentTypeOptions": {"Override": True},
        "FrameOptions": {"Override": True, "FrameOption": headers["X-Frame-Options"]},
        "ReferrerPolicy": {"Override": True, "ReferrerPolicy": headers["Referrer-Policy"]},
    }
    own = ("Permissions-Policy", "Cross-Origin-Opener-Policy")
    custom = [{"Header": name, "Value": headers[name], "Override": True} for name in own]
    made = {
        "Name": "clinic-site",
        "Comment": "What a bucket can't send. Made by the task headers.",
        "SecurityHeadersConfig": security,
        "CustomHeadersConfig": {"Quantity": len(custom), "Items": custom},
    }
    return json.dumps(made, indent=2) + "\n"


def _cloudflare(headers: Mapping[str, str]) -> str:
    lines = [f"  {name}: {value}" for name, value in headers.items()]
    return "\n".join(["/*", *lines]) + "\n"


def _nginx(headers: Mapping[str, str], prefix: str) -> str:
    lines = [f'add_header {name} "{value}" always;' for name, value in headers.items()]
    return "\n".join(
        [
            "# Goes into the server block: include this file.",
            "# nginx takes none of these where a location has an add_header of its own: include it there too.",
            *lines,
            "",
            f"location ^~ {prefix}/.state/ {{ return 404; }}",
            f"error_page 404 {prefix}/404.html;",
            "index index.html;",
            "",
        ]
    )


def _caddy(headers: Mapping[str, str], prefix: str) -> str:
    lines = [f'\t\t{name} "{value}"' for name, value in headers.items()]
    return "\n".join(
        [
            "# Import this file, then write: import clinic_site",
            "(clinic_site) {",
            "\theader {",
            *lines,
            "\t}",
            f"\t@notes path {prefix}/.state/*",
            "\trespond @notes 404",
            "}",
            "",
        ]
    )
