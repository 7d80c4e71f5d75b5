"""The header files against the servers that read them: nginx and Caddy run with theirs, the others as documented.

`headers` writes four files from one source. nginx and Caddy are asked whether they take their file, then serve a page
with it on this computer, and what arrives is compared with what the file of Cloudflare says. The file for CloudFront is
read against the shape of a response headers policy (API reference, `ResponseHeadersPolicyConfig`), the one for
Cloudflare against the documented limits of `_headers`.
"""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

PAGE = b"<!doctype html><title>A page</title>"
MISSING = b"<!doctype html><title>Not here</title>"
LONGEST_LINE = 2000
"""Characters that Cloudflare reads of a line of `_headers`."""

PATIENCE = 20.0
"""Seconds that a server gets to answer first."""

_NOTES = re.compile(r"location \^~ /(\S*\.state)/ ")
_POLICY: Mapping[str, type] = {
    "Name": str,
    "Comment": str,
    "SecurityHeadersConfig": dict,
    "CustomHeadersConfig": dict,
}
_SECURITY: Mapping[str, Mapping[str, type]] = {
    "ContentSecurityPolicy": {"Override": bool, "ContentSecurityPolicy": str},
    "StrictTransportSecurity": {
        "Override": bool,
        "IncludeSubdomains": bool,
        "Preload": bool,
        "AccessControlMaxAgeSec": int,
    },
    "ContentTypeOptions": {"Override": bool},
    "FrameOptions": {"Override": bool, "FrameOption": str},
    "ReferrerPolicy": {"Override": bool, "ReferrerPolicy": str},
}


def faults(folder: Path) -> list[str]:
    """What is wrong with the header files in a folder, a line for each fault; empty where all is well.

    Raises:
        OSError: a file is missing.
    """
    wanted = _cloudflare_headers((folder / "_headers").read_text(encoding="utf-8"))
    if not wanted:
        return ["_headers: no header for all pages"]
    found = _unsafe(wanted) + _cloudflare(folder / "_headers") + _cloudfront(folder / "cloudfront.json", wanted)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)  # a server that gives up its rights must still read it
        site = place / "site"
        notes = _NOTES.search((folder / "nginx.conf").read_text(encoding="utf-8"))
        (site / (state := notes[1] if notes else ".state")).mkdir(parents=True)
        (site / "index.html").write_bytes(PAGE)
        (site / "404.html").write_bytes(MISSING)
        (site / state / "head.json").write_bytes(b"{}")
        for server, file, prepare in (("nginx", "nginx.conf", _nginx), ("caddy", "Caddyfile", _caddy)):
            found += _served(server, folder / file, place, wanted, prepare, state)
    return found


def _unsafe(headers: Mapping[str, str]) -> list[str]:
    policy = headers.get("Content-Security-Policy", "")
    weak = [word for word in ("unsafe-", "'wasm", "data:", "*", "http:") if word in policy]
    return [f"Content-Security-Policy allows {word}" for word in weak] or (
        []
        if policy.startswith("default-src 'none'")
        else ["Content-Security-Policy does not begin with nothing allowed"]
    )


def _cloudflare_headers(text: str) -> dict[str, str]:
    """The headers that `_headers` adds to every page."""
    rules, _, lines = text.partition("/*\n")
    pairs = [line.strip().partition(": ") for line in lines.splitlines()]
    return {name: value for name, _, value in pairs} if not rules.strip() else {}


def _cloudflare(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    found = [
        f"_headers:{number}: longer than {LONGEST_LINE}"
        for number, line in enumerate(lines, 1)
        if len(line) > LONGEST_LINE
    ]
    bare = [
        f"_headers:{number}: no header"
        for number, line in enumerate(lines[1:], 2)
        if line[:1] != " " or ": " not in line
    ]
    return found + bare


def _cloudfront(file: Path, wanted: Mapping[str, str]) -> list[str]:
    """Faults of the policy's shape, and values that differ from the other files."""
    try:
        made = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as mistake:
        return [f"cloudfront.json: {mistake}"]
    found = _shape("cloudfront.json", made, _POLICY)
    if found:
        return found
    security, custom = made["SecurityHeadersConfig"], made["CustomHeadersConfig"]
    found += [f"cloudfront.json: {name} is not known" for name in set(security) - set(_SECURITY)]
    for name, shape in _SECURITY.items():
        found += _shape(f"cloudfront.json: {name}", security.get(name), shape)
    items = custom.get("Items", [])
    if custom.get("Quantity") != len(items):
        found.append("cloudfront.json: Quantity is not the number of Items")
    for item in items:
        found += _shape("cloudfront.json: Items", item, {"Header": str, "Value": str, "Override": bool})
    if found:
        return found
    told = {
        "Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "Strict-Transport-Security": f"max-age={security['StrictTransportSecurity']['AccessControlMaxAgeSec']}",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": security["FrameOptions"]["FrameOption"],
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        **{item["Header"]: item["Value"] for item in items},
    }
    return _differences("cloudfront.json", told, wanted)


def _shape(where: str, value: Any, shape: Mapping[str, type]) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: missing"]
    wrong = [
        f"{where}: {name} is no {kind.__name__}" for name, kind in shape.items() if type(value.get(name)) is not kind
    ]
    return wrong + [f"{where}: {name} is not known" for name in set(value) - set(shape)]


def _differences(where: str, told: Mapping[str, str], wanted: Mapping[str, str]) -> list[str]:
    return [
        f"{where}: {name} is {told.get(name)!r}, and {wanted.get(name)!r} elsewhere"
        for name in sorted({*told, *wanted})
        if told.get(name) != wanted.get(name)
    ]


Prepare = Callable[[Path, Path, int], tuple[list[str], list[str]]]
"""Writes a server's own file: where to, the header file, the port. Gives how to ask if it is right, and how to run."""


def _nginx(place: Path, file: Path, port: int) -> tuple[list[str], list[str]]:
    program = _found("nginx")
    own = place / "nginx"
    own.mkdir()
    temporary = "\n".join(
        f"{kind}_temp_path {own}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (own / "nginx.conf").write_text(
        f"daemon off;\nmaster_process off;\npid {own}/pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}\n"
        f"server {{\nlisten 127.0.0.1:{port};\nroot {place}/site;\ninclude {file.resolve()};\n}}\n}}\n",
        encoding="utf-8",
    )
    command = [program, "-e", "stderr", "-p", str(own), "-c", str(own / "nginx.conf")]
    return [*command, "-t"], command


def _caddy(place: Path, file: Path, port: int) -> tuple[list[str], list[str]]:
    program = _found("caddy")
    own = place / "Caddyfile"
    own.write_text(
        f"{{\n\tadmin off\n\tauto_https off\n}}\nimport {file.resolve()}\n"
        f"http://127.0.0.1:{port} {{\n\troot * {place}/site\n\timport clinic_site\n\tfile_server\n}}\n",
        encoding="utf-8",
    )
    asked = ["--adapter", "caddyfile", "--config", str(own)]
    return [program, "validate", *asked], [program, "run", *asked]


def _found(program: str) -> str:
    """Where a server's program is; Debian keeps some where only the administrator looks.

    Raises:
        FileNotFoundError: it is not installed.
    """
    path = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if path is None:
        raise FileNotFoundError(program)
    return path


def _served(name: str, file: Path, place: Path, wanted: Mapping[str, str], prepare: Prepare, state: str) -> list[str]:
    """What a server says of its file, and what it sends with it."""
    try:
        check, run = prepare(place, file, port := _free_port())
    except FileNotFoundError:
        return [f"{file.name}: {name} is not installed, so nobody has read this file"]
    surroundings = {**os.environ, "HOME": str(place), "XDG_DATA_HOME": str(place), "XDG_CONFIG_HOME": str(place)}
    asked = subprocess.run(check, capture_output=True, text=True, env=surroundings, check=False)
    if asked.returncode:
        said = [line for line in (asked.stdout + asked.stderr).splitlines() if line.strip()]
        return [f"{file.name}: {name} refuses it: {said[-1] if said else asked.returncode}"]
    with _running(run, surroundings):
        address = f"http://127.0.0.1:{port}"
        first = _ask(f"{address}/", PATIENCE)
        if first is None:
            return [f"{file.name}: {name} does not answer"]
        found = [] if first[1] == PAGE else [f"{file.name}: {name} does not serve the page"]
        notes = _ask(f"{address}/{state}/head.json", 1)
    told = {key: first[2].get(key.lower(), "") for key in wanted}
    found += _differences(file.name, told, wanted)
    if notes is None or notes[0] != 404:
        found.append(f"{file.name}: {name} shows the notes of releases to strangers")
    return found


@contextlib.contextmanager
def _running(command: list[str], surroundings: Mapping[str, str]) -> Iterator[None]:
    process = subprocess.Popen(command, env=dict(surroundings), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _ask(address: str, patience: float) -> tuple[int, bytes, dict[str, str]] | None:
    """Status, body and headers (by small letters); None where nobody answers in time."""
    for _ in range(max(1, int(patience * 20))):
        try:
            with urllib.request.urlopen(address) as answer:
                return answer.status, answer.read(), {key.lower(): value for key, value in answer.headers.items()}
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read(), {}
        except OSError:
            time.sleep(0.05)
    return None


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


PLANTED = (
    ("a word that nginx does not know", "nginx.conf", "add_header X-Frame", "add_headr X-Frame"),
    ("a bracket that Caddy misses", "Caddyfile", "\theader {\n", "\theader\n"),
    ("a header that nginx leaves out", "nginx.conf", "add_header Referrer-Policy", "# add_header Referrer-Policy"),
    ("another value for Caddy", "Caddyfile", '"DENY"', '"SAMEORIGIN"'),
    ("notes that nginx shows", "nginx.conf", "{ return 404; }", "{ }"),
    ("notes that Caddy shows", "Caddyfile", "respond @notes 404", ""),
    ("a text for a number", "cloudfront.json", '"Quantity": 2', '"Quantity": "2"'),
    ("a name that CloudFront does not know", "cloudfront.json", '"FrameOption"', '"FrameOptions"'),
    ("a policy that is looser in one file", "cloudfront.json", "default-src 'none'", "default-src 'self'"),
    ("a policy that runs anything", "_headers", "script-src 'self'", "script-src 'self' 'unsafe-inline'"),
    ("a line without a header", "_headers", "X-Frame-Options: ", "X-Frame-Options "),
)
"""Faults as what, where, what to find and what to put there: each must be caught."""


def uncaught(folder: Path) -> list[str]:
    """The planted faults that `faults` does not find, one at a time in a copy of the files; empty if it finds all."""
    missed = []
    for what, file, good, bad in PLANTED:
        with tempfile.TemporaryDirectory() as name:
            copy = Path(shutil.copytree(folder, Path(name) / "headers"))
            text = (copy / file).read_text(encoding="utf-8")
            (copy / file).write_text(text.replace(good, bad), encoding="utf-8")
            if good not in text or not faults(copy):
                missed.append(what)
    return missed
