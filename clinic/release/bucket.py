"""A bucket, opened from what the user wrote: no request is made by opening it.

Who asks is never written in the target: the client library finds it in the environment, in the identity that CI gives a
job, or in the computer's own role; what it can't read, a profile of the AWS command line, is read here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, parse_qsl, urlsplit

from obstore.store import AzureStore, GCSStore, S3Store

from clinic.release.answers import Place
from clinic.release.apart import Apart
from clinic.release.aws_profile import Who, profile
from clinic.release.keys import refusal
from clinic.release.objects import Client, Clients, ObjectStore
from clinic.release.stops import NoCredentials, TargetError
from clinic.release.store import STATE, Expiring, Store, Stranger
from clinic.release.visitor import visit

if TYPE_CHECKING:
    from obstore.store import AzureConfig, ClientConfig, GCSConfig, RetryConfig, S3Config

SCHEMES: Final = {"s3": "Amazon S3 and stores like it", "gs": "Google Cloud Storage", "az": "Azure"}
_KNOWN: Final = {
    "s3": {"endpoint", "region", "state", "public"},
    "gs": {"endpoint", "state", "public"},
    "az": {"endpoint", "account", "state", "public"},
}
_HOSTS: Final = {"s3": "Amazon S3", "gs": "Google Cloud Storage", "az": "Azure"}

TIMEOUT: Final = timedelta(seconds=28)
"""For one request: begun in the first half of a lease (60 s), it ends in the second, whatever happens."""
_SLOW: Final = timedelta(minutes=10)
"""For one large file; meanwhile the lease is renewed."""
_CONNECT: Final = timedelta(seconds=5)
_ONCE: "Final[RetryConfig]" = {"max_retries": 0, "retry_timeout": TIMEOUT}
"""The library would repeat what may not be repeated: see `patience` for what is."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """An opened bucket. `prefix` is empty or ends in a slash; `public` is the address at which visitors see it.

    `expiring` is the store of the site's files by addresses that expire: see `ObjectStore.expiring`. `stranger` asks
    for a note as anybody could.
    """

    where: str
    store: Store
    prefix: str
    public: str
    expiring: Expiring
    stranger: Stranger


@dataclass(frozen=True, slots=True)
class _Written:
    """A target as it was written, taken apart."""

    scheme: str
    bucket: str
    prefix: str
    options: Mapping[str, str]

    @property
    def where(self) -> str:
        return f"{self.scheme}://{self.bucket}/{self.prefix}"

    @property
    def same_bucket(self) -> tuple[str, ...]:
        return (self.scheme, self.bucket, *(self.options.get(name, "") for name in ("endpoint", "region", "account")))


def open_bucket(target: str, environment: Mapping[str, str] = MappingProxyType({})) -> Bucket:
    """The bucket that `target` names: `s3://bucket/prefix?endpoint=…&region=…&state=…&public=…`, `gs://`, `az://`.

    Args:
        target: as the user wrote it.
        environment: variables in which a profile may be named.

    Raises:
        TargetError: it can't be used as it is written.
        NoCredentials: a profile was named, and it can't be read.
    """
    site = _read(target)
    notes = _read(site.options["state"]) if "state" in site.options else None
    place = _place(site)
    clients = _clients(site, environment)
    beside = site.prefix + STATE
    apart = notes is not None and notes.same_bucket != site.same_bucket
    if notes is not None and not apart:
        if not notes.prefix or site.prefix.startswith(notes.prefix):
            raise TargetError(f"The site and its notes lie in one another in {place.where}. Give the notes a folder.")
        beside = notes.prefix
    files = ObjectStore(clients, place, site.prefix, beside)
    store: Store = files
    kept, written = files, site
    if notes is not None and apart:
        kept, written = (
            ObjectStore(_clients(notes, environment), _place(notes), notes.prefix, notes.prefix + STATE),
            notes,
        )
        store = Apart(files, kept)
    public = site.options.get("public", "").rstrip("/")

    def stranger(key: str) -> bool:
        if kept.shown_to(_client(written, _options(written, TIMEOUT), environment, nameless=True), key):
            return True
        answer = visit(f"{public}/{key}") if public else None
        stored = kept.get(key) if answer is not None and answer.status == 200 else None
        return answer is not None and stored is not None and stored.body == answer.body

    return Bucket(place.where, store, site.prefix, public, files.expiring, stranger)


def _read(target: str) -> _Written:
    parts = _split(target)
    scheme = parts.scheme.lower()
    bare = f"{scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    if "@" in parts.netloc or ":" in parts.netloc:
        raise TargetError(
            f"The target {bare} has a name or a secret in it. Take it out: who asks is said in the environment, never "
            "in a file of the project. An endpoint goes after the question mark: ?endpoint=https://…"
        )
    if scheme not in SCHEMES or not parts.netloc or parts.fragment:
        raise TargetError(f"{bare} does not name a bucket. Write it as {scheme or 's3'}://bucket/folder.")
    try:
        options = dict(parse_qsl(parts.query, strict_parsing=True, keep_blank_values=True)) if parts.query else {}
    except ValueError:
        options = {"?": ""}
    if odd := sorted(options.keys() - _KNOWN[scheme]):
        known = ", ".join(sorted(_KNOWN[scheme]))
        raise TargetError(
            f"The target {bare} has {odd[0]!r} after its question mark; what can stand there is: {known}."
        )
    for name in ("endpoint", "public"):
        if name in options and not options[name].startswith(("https://", "http://")):
            raise TargetError(f"The {name} of the target {bare} is no address: it has to start with https://.")
    prefix = parts.path.strip("/")
    if prefix and (why := refusal(prefix)):
        raise TargetError(f"The folder of the target {bare} can't be used: {why}.")
    return _Written(scheme, parts.netloc, f"{prefix}/" if prefix else "", options)


def _split(target: str) -> SplitResult:
    try:
        return urlsplit(target)
    except ValueError:
        raise TargetError("The target is no address that can be read. Write it as s3://bucket/folder.") from None


def _place(written: _Written) -> Place:
    host = written.options.get("endpoint") or _HOSTS[written.scheme]
    return Place(written.scheme, written.bucket, written.where, host)


def _clients(written: _Written, environment: Mapping[str, str]) -> Clients:
    made: list[Client] = []
    for timeout in (TIMEOUT, _SLOW):
        try:
            made.append(_client(written, _options(written, timeout), environment))
        except (TargetError, NoCredentials):
            raise
        except Exception:  # noqa: BLE001 - the library has many ways to say that a setting can't be used, none for people
            raise TargetError(
                f"The target {written.where} can't be opened with the settings of this computer's environment: one of "
                "those that name the account, the key or the region is not as it should be."
            ) from None
    return Clients(*made)


def _options(written: _Written, timeout: timedelta) -> "ClientConfig":
    return {
        "timeout": timeout,
        "connect_timeout": _CONNECT,
        "allow_http": written.options.get("endpoint", "").startswith("http://"),
    }


def _client(
    written: _Written, options: "ClientConfig", environment: Mapping[str, str], *, nameless: bool = False
) -> Client:
    """The library's client; `nameless` asks as anybody could, whatever the environment says."""
    endpoint = written.options.get("endpoint")
    if written.scheme == "gs":
        google: GCSConfig = {"base_url": endpoint} if endpoint else {}
        if nameless:
            google["skip_signature"] = True
        return GCSStore(written.bucket, config=google, client_options=options, retry_config=_ONCE)
    if written.scheme == "az":
        azure: AzureConfig = {"endpoint": endpoint} if endpoint else {}
        if "account" in written.options:
            azure["account_name"] = written.options["account"]
        if nameless:
            azure["skip_signature"] = True
        return AzureStore(written.bucket, config=azure, client_options=options, retry_config=_ONCE)
    config: S3Config = {"checksum_algorithm": "sha256", "disable_bulk_delete": True}
    if nameless:
        config["skip_signature"] = True
    who = Who({}) if nameless else profile(environment)
    config.update(who.config)
    if endpoint:
        config["endpoint"] = endpoint
    if "region" in written.options:
        config["region"] = written.options["region"]
    return S3Store(
        written.bucket,
        config=config,
        client_options=options,
        retry_config=_ONCE,
        credential_provider=who.provider,
    )
