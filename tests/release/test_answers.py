"""What a cloud answers, in a sentence that says what to do: tried on a real connection, with canned answers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clinic.release.answers import Place, fault
from clinic.release.stops import (
    NoBucket,
    NoCredentials,
    StoreBusy,
    StoreFault,
    StoreForbidden,
    StoreFull,
    StoreUnreachable,
    WrongClock,
    WrongRegion,
)
from clinic.release.store import Headers, Store
from clinic.release.target import open_target
from tests.release.conftest import at_once
from tests.release.test_faults import LIBRARY, told
from tests.servers.proxy import Proxy, between
from tests.servers.running import SECRET, Server, free_ports

HTML = Headers("text/html")


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """A cloud that answers what a test tells it; there is nothing behind it."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    with between("http://127.0.0.1:9") as proxy:
        yield proxy


def bucket(endpoint: str) -> Store:
    return at_once(f"s3://clinic-site/a?endpoint={endpoint}&region=us-east-1").store


VERBS: dict[str, Callable[[Store], object]] = {
    "get": lambda store: store.get("index.html"),
    "put": lambda store: store.put("index.html", b"x", HTML),
    "copy": lambda store: store.copy("index.html", "b.html"),
    "delete": lambda store: store.delete("index.html"),
    "list": lambda store: list(store.list("")),
}

ANSWERS: list[tuple[int, str, str, type[StoreFault], str]] = [
    (404, "NoSuchBucket", "", NoBucket, "no bucket named clinic-site"),
    (301, "PermanentRedirect", "", WrongRegion, "region="),
    (400, "AuthorizationHeaderMalformed", "<Region>eu-west-1</Region>", WrongRegion, r"\?region=eu-west-1"),
    (403, "InvalidAccessKeyId", "", NoCredentials, "is not accepted"),
    (403, "SignatureDoesNotMatch", f"<Key>{SECRET}</Key>", NoCredentials, "AWS_ACCESS_KEY_ID"),
    (400, "ExpiredToken", "", NoCredentials, "has run out"),
    (403, "RequestTimeTooSkewed", "", WrongClock, "Set the clock"),
    (507, "InsufficientStorage", "", StoreFull, "Make room"),
    (503, "SlowDown", "", StoreBusy, "more slowly"),
    (500, "InternalError", "", StoreBusy, "trouble of its own"),
    (501, "NotImplemented", "", StoreFault, "answered NotImplemented"),
    (400, "InvalidArgument", "", StoreFault, "answered InvalidArgument"),
]


@pytest.mark.parametrize("verb", sorted(VERBS))
@pytest.mark.parametrize(("status", "code", "more", "stop", "said"), ANSWERS, ids=[answer[1] for answer in ANSWERS])
def test_an_answer_is_one_sentence_for_people(
    cloud: Proxy, verb: str, status: int, code: str, more: str, stop: type[StoreFault], said: str
) -> None:
    cloud.fault = told(status, code, more)
    with pytest.raises(stop, match=said) as caught:
        VERBS[verb](bucket(cloud.endpoint))
    sentence = str(caught.value)
    assert SECRET not in sentence
    assert not LIBRARY.search(sentence.replace(cloud.endpoint, "")), sentence
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert len(cloud.log) == (6 if stop is StoreBusy and verb in {"get", "list"} else 1)


@pytest.mark.parametrize(
    ("verb", "permission"),
    [
        ("get", "s3:GetObject or s3:ListBucket"),
        ("put", "s3:PutObject"),
        ("copy", "s3:GetObject and s3:PutObject"),
        ("delete", "s3:DeleteObject"),
        ("list", "s3:ListBucket"),
    ],
)
def test_which_permission_is_missing_is_named(cloud: Proxy, verb: str, permission: str) -> None:
    cloud.fault = told(403, "AccessDenied")
    with pytest.raises(StoreForbidden, match=permission):
        VERBS[verb](bucket(cloud.endpoint))


@pytest.mark.parametrize(
    ("scheme", "text", "stop", "said"),
    [
        ("az", "status code: 404 Not Found: <Code>ContainerNotFound</Code>", NoBucket, "no container named"),
        ("az", "status code: 403 <Code>AuthenticationFailed</Code> Request date header too old", WrongClock, "clock"),
        ("az", "status code: 403 <Code>AuthenticationFailed</Code>", NoCredentials, "AZURE_STORAGE_ACCOUNT_KEY"),
        (
            "az",
            "status code: 403 <Code>AuthorizationPermissionMismatch</Code>",
            StoreForbidden,
            "Blob Data Contributor",
        ),
        (
            "az",
            "performing token request: GET http://169.254.169.254/x: status code: 403",
            NoCredentials,
            "AZURE_CLIENT",
        ),
        ("az", "status code: 503 <Code>ServerBusy</Code>", StoreBusy, "more slowly"),
        ("gs", "status code: 404 <Code>NoSuchBucket</Code>", NoBucket, "no bucket named"),
        ("gs", "status code: 403 <Code>AccessDenied</Code>", StoreForbidden, "storage.objects.create"),
        ("gs", "status code: 401 Unauthorized", NoCredentials, "GOOGLE_APPLICATION_CREDENTIALS"),
        ("gs", "status code: 429 Too Many Requests", StoreBusy, "more slowly"),
    ],
)
def test_the_other_clouds_have_codes_of_their_own(scheme: str, text: str, stop: type[StoreFault], said: str) -> None:
    place = Place(scheme, "clinic-site", f"{scheme}://clinic-site/", "the cloud")
    with pytest.raises(stop, match=said):
        raise fault(Exception(text), "put", "index.html", place)


@pytest.mark.usefixtures("cloud")
def test_a_cloud_that_is_not_there() -> None:
    with pytest.raises(StoreUnreachable, match=r"can't be reached.*endpoint of the target"):
        bucket(f"http://127.0.0.1:{free_ports(1)[0]}").get("index.html")


def test_a_computer_that_nobody_told_who_asks(monkeypatch: pytest.MonkeyPatch, cloud: Proxy) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_METADATA_ENDPOINT", f"http://127.0.0.1:{free_ports(1)[0]}")
    with pytest.raises(NoCredentials, match=r"Nobody told this computer who asks.*AWS_ACCESS_KEY_ID"):
        bucket(cloud.endpoint).get("index.html")
    assert cloud.log == []


def test_a_real_server_that_knows_somebody_else(weed: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = {"AWS_ACCESS_KEY_ID": "reader", "AWS_SECRET_ACCESS_KEY": SECRET}
    for variables, stop, said in (
        ({**weed.variables, "AWS_SECRET_ACCESS_KEY": "wrong"}, NoCredentials, "is not accepted"),
        ({**weed.variables, "AWS_ACCESS_KEY_ID": "nobody"}, NoCredentials, "is not accepted"),
        (reader, StoreForbidden, "s3:PutObject is missing"),
    ):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        store = open_target(weed.target("x"), root=Path("/")).store
        with pytest.raises(stop, match=said):
            store.put("index.html", b"x", HTML)
    monkeypatch.undo()
    with pytest.raises(NoBucket, match="There is no bucket named not-there"):
        open_target(weed.target("x", bucket="not-there"), root=Path("/")).store.get("index.html")
