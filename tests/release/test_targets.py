"""Buckets as targets: what is understood, what is refused, and that nothing secret is asked for or shown."""

import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from clinic.release.apart import Apart
from clinic.release.aws_profile import profile
from clinic.release.objects import ObjectStore
from clinic.release.patience import Patient
from clinic.release.stops import NoCredentials, TargetError
from clinic.release.store import Store
from clinic.release.target import Target, open_target

HERE = Path("/")


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)


def opened(target: str) -> Target:
    return open_target(target, root=HERE)


def inside(target: Target) -> Store:
    assert isinstance(target.store, Patient)
    return target.store.inner


def path(store: Store, key: str) -> str:
    assert isinstance(store, ObjectStore)
    return store._path(key)


@pytest.mark.parametrize(
    ("written", "where", "prefix", "notes"),
    [
        ("s3://clinic-site", "s3://clinic-site/", "", ".state/head.json"),
        ("S3://clinic-site/", "s3://clinic-site/", "", ".state/head.json"),
        ("s3://clinic-site/a/b", "s3://clinic-site/a/b/", "a/b/", "a/b/.state/head.json"),
        (
            "s3://clinic-site?endpoint=https://store.example&region=eu-west-1",
            "s3://clinic-site/",
            "",
            ".state/head.json",
        ),
        ("s3://clinic-site/a?state=s3://clinic-site/notes", "s3://clinic-site/a/", "a/", "notes/head.json"),
        ("az://$web?account=clinic", "az://$web/", "", ".state/head.json"),
        ("gs://clinic-site/x/", "gs://clinic-site/x/", "x/", "x/.state/head.json"),
    ],
)
def test_buckets_that_are_understood(written: str, where: str, prefix: str, notes: str) -> None:
    target = opened(written)
    assert (target.where, target.prefix, target.public) == (where, prefix, True)
    assert path(inside(target), ".state/head.json") == notes
    assert path(inside(target), "a/index.html") == f"{prefix}a/index.html"


def test_notes_may_lie_elsewhere_and_visitors_have_an_address() -> None:
    elsewhere = quote("s3://clinic-notes/a?endpoint=https://other.example", safe="")
    target = opened(f"s3://clinic-site?public=https://clinic.example/&state={elsewhere}")
    assert target.address == "https://clinic.example"
    store = inside(target)
    assert isinstance(store, Apart)
    assert path(store.notes, ".state/head.json") == "a/.state/head.json"
    assert path(store.site, "index.html") == "index.html"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("s3://", "does not name a bucket"),
        ("s3:///x", "does not name a bucket"),
        ("s3://clinic-site/#x", "does not name a bucket"),
        ("s3://clinic-site?speed=1", "'speed' after its question mark"),
        ("s3://clinic-site?region", "after its question mark"),
        ("gs://clinic-site?region=x", "'region' after its question mark"),
        ("s3://clinic-site?endpoint=store.example", "endpoint of the target"),
        ("s3://clinic-site?public=clinic.example", "public of the target"),
        ("s3://clinic-site/../x", "can't be used"),
        ("s3://clinic-site/a//b", "can't be used"),
        ("s3://clinic-site:9000/a", "endpoint goes after the question mark"),
        ("s3://clinic-site?state=public/", "does not name a bucket"),
        ("s3://clinic-site/a?state=s3://clinic-site", "lie in one another"),
        ("s3://clinic-site/a/b?state=s3://clinic-site/a", "lie in one another"),
    ],
)
def test_buckets_that_are_refused(written: str, said: str) -> None:
    with pytest.raises(TargetError, match=said) as caught:
        opened(written)
    assert caught.value.exit_code == 2


def test_a_secret_in_a_target_is_refused_and_not_repeated() -> None:
    with pytest.raises(TargetError, match="never in a file") as caught:
        opened("s3://KEY:hunter2@clinic-site/a")
    assert "hunter2" not in str(caught.value)
    assert "KEY" not in str(caught.value)


def profiles(folder: Path, keys: str, settings: str = "") -> dict[str, str]:
    (folder / ".aws").mkdir()
    (folder / ".aws/credentials").write_text(keys)
    (folder / ".aws/config").write_text(settings)
    return {"HOME": str(folder)}


def test_a_profile_with_keys_is_read(tmp_path: Path) -> None:
    keys = "[default]\naws_access_key_id=A\naws_secret_access_key=B\n"
    keys += "[desk]\naws_access_key_id=C\naws_secret_access_key=D\n"
    home = profiles(tmp_path, keys + "aws_session_token=E\n", "[profile desk]\nregion=eu-west-1\n")
    assert profile(home).config == {"access_key_id": "A", "secret_access_key": "B"}
    assert profile({**home, "AWS_PROFILE": "desk"}).config == {
        "access_key_id": "C",
        "secret_access_key": "D",
        "session_token": "E",
        "region": "eu-west-1",
    }
    assert profile({**home, "AWS_ACCESS_KEY_ID": "X"}).config == {}
    assert profile({}).config == {}


def test_a_profile_that_signs_on_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)  # as where it is not installed
    home = profiles(tmp_path, "", "[profile desk]\nsso_session=x\n")
    with pytest.raises(NoCredentials, match="pip install boto3"):
        open_target("s3://clinic-site", root=HERE, environment={**home, "AWS_PROFILE": "desk"})
