"""`doctor`: what a target can and can't do, on stores that lack something and at addresses that answer wrongly."""

import functools
import http.server
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from pathlib import Path

import pytest

from clinic.commands.looking_after import doctor
from clinic.commands.running import run
from clinic.release.directory import DirectoryStore
from clinic.release.doctor import Patient, examine
from clinic.release.served_headers import security_headers
from clinic.release.stops import StoreForbidden, StoreUnreachable
from clinic.release.store import ANY, STATE, Expected, Headers, Listed, Store
from clinic.release.target import Target
from clinic.release.visible import Check
from clinic.release.visitor import Answer, visit
from clinic.release.wish import NoSeat
from clinic.release.wrapping import Faults, Request, Wrapping
from tests.laws.publishing import publisher
from tests.release.world import FakeClock, MemoryStore, Site, publish, small
from tests.servers.hosted import hosted

FACTS = b'name: Pain Clinic\nurl: https://pain.clinic/\nphones:\n  main:\n    number: "+12125551234"\n'


def patient(store: Store, clock: FakeClock | None = None, *, address: str = "", prefix: str | None = None) -> Patient:
    target = Target("s3://clinic-site/", store, NoSeat(), public=True, prefix=prefix)
    return Patient(
        target=target,
        clock=(clock or FakeClock()).clock,
        visit=visit,
        address=address,
        site="https://pain.clinic/",
        facts=FACTS,
    )


def found(checks: tuple[Check, ...]) -> dict[str, str]:
    assert len({check.name for check in checks}) == len(checks)
    return {check.name: check.found for check in checks}


def one(checks: tuple[Check, ...], name: str) -> Check:
    return next(check for check in checks if check.name == name)


@pytest.fixture(params=["memory", "folder"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return MemoryStore() if request.param == "memory" else DirectoryStore(tmp_path / "public")


def everything(store: Store) -> set[str]:
    return {one.key for prefix in ("", STATE) for one in store.list(prefix)}


def test_a_good_target_has_nothing_to_mend_and_keeps_nothing_of_the_trial(store: Store) -> None:
    publish(store, small(), FakeClock())
    before = {key: store.get(key) for key in everything(store)}
    told = found(examine(patient(store, prefix="")))
    assert set(told.values()) == {"good", "unknown"}
    for name in ("reached", "writable", "whole", "listing", "create only", "replace only", "copies", "clock", "folder"):
        assert told[name] == "good", name
    assert told["public address"] == "unknown"
    kept = {key for key in everything(store) if not key.endswith("attributes.jsonl")}  # a log of a folder's headers
    assert kept == before.keys() - {f"{STATE}attributes.jsonl"}
    assert all(store.get(key) == before[key] for key in kept)


class Racy(Wrapping):
    """A store that takes every write, whatever was there."""

    def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
        del expect
        return super().put(key, body, headers)


class Forgetful(Wrapping):
    """A store whose copies lose their headers, and that keeps none itself."""

    def put(self, key: str, body: bytes, headers: Headers, expect: Expected = ANY) -> str:
        return super().put(key, body, replace(headers, cache_control=""), expect)


class Shown(Wrapping):
    """A store that lists the notes among the site's files."""

    def list(self, prefix: str) -> Iterator[Listed]:
        yield from super().list(prefix)
        if not prefix:
            yield from super().list(STATE)


def test_a_store_that_keeps_no_rivals_apart_is_found_out() -> None:
    checks = examine(patient(Racy(MemoryStore())))
    assert found(checks)["create only"] == "wrong"
    assert found(checks)["replace only"] == "wrong"
    assert "--only-deployer" in one(checks, "create only").do


def test_lost_headers_and_shown_notes_are_found_out() -> None:
    lost = found(examine(patient(Forgetful(MemoryStore()))))
    assert lost["whole"] == lost["copies"] == "wrong"
    assert lost["writable"] == "good"
    checks = examine(patient(Shown(MemoryStore())))
    assert found(checks)["listing"] == "wrong"
    assert "state=" in one(checks, "listing").do


class ReadOnly(Wrapping):
    def before(self, request: Request) -> None:
        if request.mutating:
            raise StoreForbidden("This computer may not put anything: the permission s3:PutObject is missing.")


def test_what_may_only_be_read_is_said_with_what_to_do() -> None:
    checks = examine(patient(ReadOnly(MemoryStore())))
    assert found(checks)["writable"] == "wrong"
    assert "s3:PutObject" in one(checks, "writable").says
    assert "smallest policy" in one(checks, "writable").do
    assert found(checks)["rivals"] == "unknown"


def test_what_can_not_be_reached_is_one_line_and_the_rest_goes_on() -> None:
    def gone(_request: Request) -> None:
        raise StoreUnreachable("Amazon S3 can't be reached. Look whether this computer is online.")

    checks = examine(patient(Faults(MemoryStore(), 1, "before", gone)))
    assert found(checks) == {
        "reached": "wrong",
        "clock": "unknown",
        "public address": "unknown",
        "placeholders": "good",
    }


def test_a_trial_that_breaks_off_leaves_nothing_if_it_can(store: Store) -> None:
    def broken(_request: Request) -> None:
        raise StoreUnreachable("gone")

    examine(patient(Faults(store, 3, "before", broken, dead=False)))
    assert not [key for key in everything(store) if key.startswith(f"{STATE}probe/")]


def test_an_interrupted_release_and_a_clock_that_is_behind_are_said() -> None:
    store, clock = MemoryStore(), FakeClock()
    publish(store, small(), clock)
    clock.move(-3600)
    assert found(examine(patient(store, clock)))["clock"] == "wrong"
    clock.move(3600)

    class Ending(Wrapping):
        def before(self, request: Request) -> None:
            if request.mutating and not request.key.startswith(STATE):
                raise StoreUnreachable("gone")

    with pytest.raises(StoreUnreachable):
        publish(Ending(store), small("2"), clock)
    clock.move(300)
    checks = examine(patient(store, clock))
    assert one(checks, "at work").found == "wrong"
    assert "publish" in one(checks, "at work").do


@pytest.mark.parametrize(
    ("facts", "people", "wrong"),
    [
        (FACTS, (), False),
        (FACTS.replace(b"2125551234", b"2125550123").replace(b"+1212555", b"212-555-"), (), True),
        (FACTS + b"emails:\n  office: office@example.com\n", (), True),
        (FACTS + b"staff:\n  a: Example Clinician A\n", ("Example Clinician A",), True),
    ],
)
def test_placeholders_on_a_public_target(facts: bytes, people: tuple[str, ...], wrong: bool) -> None:  # noqa: FBT001
    asked = replace(patient(MemoryStore()), facts=facts, people=people)
    assert (found(examine(asked))["placeholders"] == "wrong") is wrong
    private = replace(asked, target=replace(asked.target, public=False))
    assert "placeholders" not in found(examine(private))


@pytest.mark.parametrize(
    ("prefix", "site", "state"),
    [
        ("", "https://pain.clinic/", "good"),
        ("clinic/", "https://pain.clinic/clinic/", "good"),
        ("clinic/", "https://pain.clinic/", "wrong"),
        ("", "https://pain.clinic/clinic/", "wrong"),
    ],
)
def test_the_folder_in_the_bucket_is_the_one_of_the_address(prefix: str, site: str, state: str) -> None:
    asked = replace(patient(MemoryStore(), prefix=prefix), site=site)
    assert found(examine(asked))["folder"] == state


# What strangers get


@dataclass
class Ways:
    """How the server of a test answers."""

    root: Path
    state: Path
    index: bool = True
    status: int = 404
    own_page: bool = True
    leak: bool = False
    add: dict[str, str] = field(default_factory=dict)
    late: float = 0.0
    cache: str = "public, max-age=60, must-revalidate"


class Handler(http.server.BaseHTTPRequestHandler):
    def __init__(self, ways: Ways, *args: object, **kwargs: object) -> None:
        self.ways = ways
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        ways, path = self.ways, self.path.lstrip("/")
        if path.startswith(".state/") and ways.leak:
            self.answer(200, (ways.state / path.removeprefix(".state/")).read_bytes())
            return
        if path.endswith("/") or not path:
            path += "index.html" if ways.index or not path else ""
        file = ways.root / path
        if file.is_file():
            self.answer(200, file.read_bytes())
            return
        own = (ways.root / "404.html").read_bytes() if ways.own_page else b"NoSuchKey"
        self.answer(ways.status, own)

    def answer(self, status: int, body: bytes) -> None:
        self.send_response_only(status)
        self.send_header("Date", formatdate(1_790_000_000.0 + self.ways.late, usegmt=True))
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Cache-Control", self.ways.cache)
        for name, value in self.ways.add.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


@contextmanager
def serving(ways: Ways) -> Iterator[str]:
    with hosted(http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, ways))) as address:
        yield address


def site() -> Site:
    return small().add("404.html", "nothing here")


@pytest.fixture
def ways(tmp_path: Path) -> Ways:
    store = DirectoryStore(tmp_path / "public")
    publish(store, site(), FakeClock())
    return Ways(store.root, store.state)


def seen(ways: Ways, expected: dict[str, str] | None = None) -> tuple[Check, ...]:
    with serving(ways) as address:
        asked = patient(DirectoryStore(ways.root), address=address)
        return examine(replace(asked, expected=expected or {}))


def test_a_good_address_is_good_but_for_the_open_line(ways: Ways) -> None:
    told = found(seen(ways))
    assert {name for name, state in told.items() if state == "wrong"} == {"encryption"}
    for name in ("public address", "index documents", "not found", "notes", "clock"):
        assert told[name] == "good", name


def test_an_encrypted_address_is_good(ways: Ways) -> None:
    def asks(address: str) -> Answer | None:
        with serving(ways) as own:
            return visit(address.replace("https://pain.clinic", own))

    asked = replace(patient(DirectoryStore(ways.root), address="https://pain.clinic"), visit=asks)
    told = found(examine(asked))
    assert "wrong" not in told.values()
    assert told["encryption"] == "good"


@pytest.mark.parametrize(
    ("change", "name", "says"),
    [
        ({"index": False}, "index documents", "answers 404"),
        ({"status": 200}, "not found", "search engines"),
        ({"status": 403}, "not found", "answers 403"),
        ({"own_page": False}, "not found", "own page"),
        ({"leak": True}, "notes", "Anybody can read"),
        ({"cache": "max-age=86400"}, "cache-control", "max-age=86400"),
        ({"late": 1200.0}, "clock", "20 minutes slow"),
        ({"late": -1200.0}, "clock", "20 minutes fast"),
        ({"late": -600.0, "add": {"Age": "600"}}, "clock", "agrees"),
    ],
)
def test_what_is_wrong_at_the_address_is_found_out(ways: Ways, change: dict[str, object], name: str, says: str) -> None:
    for attribute, value in change.items():
        setattr(ways, attribute, value)
    check = one(seen(ways), name)
    assert says in check.says
    assert (check.found == "good") is (says == "agrees")
    assert bool(check.do) is (check.found != "good")


def test_another_site_at_the_address_is_found_out(ways: Ways) -> None:
    (ways.root / "index.html").write_bytes(b"somebody else's")
    assert "something else" in one(seen(ways), "public address").says


def test_security_headers_that_do_not_arrive_are_named(ways: Ways) -> None:
    expected = security_headers()
    check = one(seen(ways, expected), "security headers")
    assert check.found == "wrong"
    assert "Content-Security-Policy" in check.says
    ways.add = dict(expected)
    assert one(seen(ways, expected), "security headers").found == "good"


def test_an_address_that_does_not_answer_is_said(ways: Ways) -> None:
    with serving(ways) as address:
        pass
    checks = examine(patient(DirectoryStore(ways.root), address=address))
    assert "does not answer" in one(checks, "public address").says
    assert one(checks, "public address").found == "wrong"


def test_a_visitor_follows_nothing_and_asks_web_addresses_only(tmp_path: Path) -> None:
    assert visit(f"file://{tmp_path}") is None
    assert visit("ftp://127.0.0.1/") is None
    assert visit("http://") is None


# The command


def test_the_command_says_all_and_ends_with_0_or_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = publisher(tmp_path, capsys)
    settings = office.world.settings
    assert office.publish().code == 0
    assert run(lambda: doctor(settings)) == 0
    said, _ = capsys.readouterr()
    assert "Nothing to mend in the folder" in said.splitlines()[-1]
    assert "nobody on the internet sees it" in said
    ways = Ways(office.target, office.target.parent / ".public-state", leak=True)
    with serving(ways) as address:
        assert run(lambda: doctor(settings, address=f"{address}/")) == 1
    said, _ = capsys.readouterr()
    assert "MEND   notes: Anybody can read" in said
    assert "MEND   security headers" in said
    assert run(lambda: doctor(settings, address="clinic.example.com")) == 2
