"""Real servers on this computer, each in a folder of its own and on ports that are free."""

import base64
import contextlib
import hashlib
import hmac
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import obstore
import pytest
from obstore.exceptions import BaseError
from obstore.store import AzureStore, S3Store

HERE = Path(__file__).parent
ACCESS, SECRET, REGION = "test", "testsecret", "us-east-1"
ACCOUNT = "devstoreaccount1"
ACCOUNT_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
"""The account that every Azurite has and that everybody knows: it opens nothing else."""
BUCKET = "clinic-site"
OPEN = "open-site"
"""A bucket that anybody can read."""


@dataclass(frozen=True)
class Server:
    """A running server. `variables` are what a process needs in its environment to be let in."""

    kind: str
    endpoint: str
    variables: dict[str, str]
    pid: int

    def target(self, prefix: str, *, endpoint: str = "", more: str = "", bucket: str = BUCKET) -> str:
        at = endpoint or self.endpoint
        if self.kind == "az":
            return f"az://{bucket}/{prefix}?account={ACCOUNT}&endpoint={at}/{ACCOUNT}{more}"
        return f"s3://{bucket}/{prefix}?endpoint={at}&region={REGION}{more}"


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]


@contextlib.contextmanager
def kept(command: Callable[[Path], list[str]], ready: Callable[[], bool]) -> Iterator[int]:
    """Runs a server until the block ends; it is given up when it isn't ready in a minute or has died."""
    folder = Path(tempfile.mkdtemp(prefix="clinic-server-"))
    keeper = subprocess.Popen(
        [sys.executable, str(HERE / "keeper.py"), str(folder), *command(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert keeper.stdin is not None
    assert keeper.stdout is not None
    try:
        pid = int(keeper.stdout.readline())
        end = time.monotonic() + 60
        while not ready():
            if time.monotonic() > end:
                pytest.fail(f"The server did not start:\n{(folder / 'log').read_text()[-3000:]}")
            time.sleep(0.1)
        yield pid
    finally:
        keeper.stdin.close()
        keeper.stdout.close()
        keeper.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def seaweed() -> Iterator[Server]:
    """SeaweedFS, which is made for production, as the S3 that the tests release to."""
    weed = Path(sys.executable).parent / "weed"
    if not weed.exists():
        pytest.fail("SeaweedFS is missing: install requirements-dev.txt.")
    names = ("master", "volume", "filer", "s3")
    ports = free_ports(2 * len(names))
    s3 = ports[6]
    endpoint = f"http://127.0.0.1:{s3}"

    def command(folder: Path) -> list[str]:
        actions = ["Admin", "Read", "Write", "List", "Tagging"]
        reader = {
            "name": "r",
            "credentials": [{"accessKey": "reader", "secretKey": SECRET}],
            "actions": ["Read", "List"],
        }
        user = {"name": "t", "credentials": [{"accessKey": ACCESS, "secretKey": SECRET}], "actions": actions}
        anybody = {"name": "anonymous", "actions": [f"Read:{OPEN}"]}
        (folder / "s3.json").write_text(json.dumps({"identities": [user, reader, anybody]}))
        (folder / "files").mkdir()
        numbers = [
            option
            for name, port, grpc in zip(names, ports[::2], ports[1::2], strict=True)
            for option in (f"-{name}.port={port}", f"-{name}.port.grpc={grpc}")
        ]
        return [
            str(weed), "server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={folder}/files", *numbers,
            "-filer", f"-filer.localSocket={folder}/filer.sock", "-s3", f"-s3.config={folder}/s3.json",
            f"-s3.localSocket={folder}/s3.sock", "-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.autoCreateBucket=false",
            "-s3.iam=false", "-master.telemetry=false", "-volume.max=100", "-master.volumeSizeLimitMB=64",
            "-master.volumePreallocate=false", "-volume.preStopSeconds=0",
        ]  # fmt: skip

    def ready() -> bool:
        try:
            for bucket in (BUCKET, OPEN):
                make_bucket(endpoint, bucket)
            obstore.put(s3_client(endpoint, BUCKET), "ready", b"")
            obstore.delete(s3_client(endpoint, BUCKET), "ready")
        except (BaseError, OSError):
            return False
        return True

    variables = {"AWS_ACCESS_KEY_ID": ACCESS, "AWS_SECRET_ACCESS_KEY": SECRET}
    with kept(command, ready) as pid:
        yield Server("s3", endpoint, variables, pid)


def s3_client(endpoint: str, bucket: str) -> S3Store:
    """A plain client of the tests' own."""
    return S3Store(
        bucket,
        config={
            "endpoint": endpoint, "access_key_id": ACCESS, "secret_access_key": SECRET, "region": REGION,
            "disable_bulk_delete": True,
        },
        client_options={"allow_http": True},
    )  # fmt: skip


def make_bucket(endpoint: str, bucket: str) -> None:
    """Makes a bucket: the library can't, but it can sign an address at which the bucket itself is put."""
    address = obstore.sign(s3_client(endpoint, bucket), "PUT", "", timedelta(minutes=1))
    with urllib.request.urlopen(urllib.request.Request(address, method="PUT", data=b""), timeout=10):
        pass


AZURITE = HERE.parents[1] / ".cache" / "azurite"
"""Where the task that runs the tests installs Azurite, from the lock beside this file."""


def azurite_is_there() -> bool:
    """Whether the version that the lock names is installed."""
    mark = AZURITE / "package-lock.json"
    lock = HERE / "azurite" / "package-lock.json"
    return mark.exists() and mark.read_bytes() == lock.read_bytes() and (AZURITE / "node_modules/.bin").is_dir()


@contextlib.contextmanager
def azurite() -> Iterator[Server]:
    """Azurite, Microsoft's own stand-in for Azure's storage."""
    (port,) = free_ports(1)
    endpoint = f"http://127.0.0.1:{port}"
    program = str(AZURITE / "node_modules" / "azurite" / "dist" / "src" / "blob" / "main.js")

    def command(_folder: Path) -> list[str]:
        return [
            str(shutil.which("node")), program, "--silent", "--blobHost", "127.0.0.1",
            "--blobPort", str(port), "--skipApiVersionCheck", "--disableTelemetry", "--inMemoryPersistence",
        ]  # fmt: skip

    def ready() -> bool:
        try:
            make_container(endpoint)
            obstore.put(azure_client(endpoint), "ready", b"")
            obstore.delete(azure_client(endpoint), "ready")
        except (BaseError, OSError):
            return False
        return True

    with kept(command, ready) as pid:
        yield Server("az", endpoint, {"AZURE_STORAGE_ACCOUNT_KEY": ACCOUNT_KEY}, pid)


def make_container(endpoint: str) -> None:
    """Makes the container, with a request signed as Azure's "shared key" asks for: the library can't."""
    when = format_datetime(datetime.now(UTC), usegmt=True)
    version = "2021-08-06"
    told = f"x-ms-date:{when}\nx-ms-version:{version}\n"
    what = f"/{ACCOUNT}/{ACCOUNT}/{BUCKET}\nrestype:container"
    text = "PUT\n\n\n\n\n\n\n\n\n\n\n\n" + told + what
    digest = hmac.new(base64.b64decode(ACCOUNT_KEY), text.encode(), hashlib.sha256).digest()
    headers = {
        "x-ms-date": when,
        "x-ms-version": version,
        "Authorization": f"SharedKey {ACCOUNT}:{base64.b64encode(digest).decode()}",
        "Content-Length": "0",
    }
    address = f"{endpoint}/{ACCOUNT}/{BUCKET}?restype=container"
    request = urllib.request.Request(address, method="PUT", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10):
            pass
    except urllib.error.HTTPError as why:
        if why.code != 409:  # it is there already
            raise


def azure_client(endpoint: str) -> AzureStore:
    """A plain client of the tests' own."""
    return AzureStore(
        BUCKET,
        config={"endpoint": f"{endpoint}/{ACCOUNT}", "account_name": ACCOUNT, "account_key": ACCOUNT_KEY},
        client_options={"allow_http": True},
    )
