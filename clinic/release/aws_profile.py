"""Who asks Amazon S3, where a profile of the AWS command line says it: the client library can't read those files."""

import configparser
import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clinic.release.stops import NoCredentials

if TYPE_CHECKING:
    from obstore.store import S3Config, S3CredentialProvider

_SAID: Final = ("AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
"""Variables that say who asks without a profile; the library reads them itself."""


@dataclass(frozen=True, slots=True)
class Who:
    """What a profile gives: settings, and what is asked for keys where they are not in its files."""

    config: "S3Config"
    provider: "S3CredentialProvider | None" = None


def profile(environment: Mapping[str, str]) -> Who:
    """The profile that AWS_PROFILE names, or the default one where nothing else in `environment` says who asks.

    Raises:
        NoCredentials: the one that is named has no keys, and what could get some is not installed.
    """
    named = environment.get("AWS_PROFILE", "")
    if not environment or (not named and any(environment.get(name) for name in _SAID)):
        return Who({})
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or "~").expanduser()
    keys = Path(environment.get("AWS_SHARED_CREDENTIALS_FILE") or home / ".aws" / "credentials")
    settings = Path(environment.get("AWS_CONFIG_FILE") or home / ".aws" / "config")
    name = named or "default"
    found = {**_section(settings, name if name == "default" else f"profile {name}"), **_section(keys, name)}
    config: S3Config = {}
    if "region" in found and not environment.get("AWS_REGION") and not environment.get("AWS_DEFAULT_REGION"):
        config["region"] = found["region"]
    if "aws_access_key_id" in found and "aws_secret_access_key" in found:
        config["access_key_id"] = found["aws_access_key_id"]
        config["secret_access_key"] = found["aws_secret_access_key"]
        if "aws_session_token" in found:
            config["session_token"] = found["aws_session_token"]
        return Who(config)
    return Who(config, _signed_on(named) if named else None)


def _section(path: Path, name: str) -> dict[str, str]:
    parser = configparser.RawConfigParser()
    try:
        parser.read(path, encoding="utf-8")
    except (configparser.Error, OSError, UnicodeDecodeError):
        return {}
    return dict(parser[name]) if parser.has_section(name) else {}


def _signed_on(name: str) -> "S3CredentialProvider":
    """Keys that come by a sign-on or a role: boto3 knows all the ways, and need not be installed for the others."""
    try:
        session = importlib.import_module("boto3").Session(profile_name=name)
        provider: S3CredentialProvider = importlib.import_module("obstore.auth.boto3").Boto3CredentialProvider(session)
    except ImportError:
        raise NoCredentials(
            f"The profile {name} has no keys of its own in this computer's AWS settings. For one that signs on or "
            "takes a role, install boto3 (pip install boto3), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        ) from None
    except Exception:  # noqa: BLE001 - boto3's own many ways to say that the profile isn't there or gives no keys
        raise NoCredentials(
            f"The profile {name} gives no keys: it isn't in this computer's AWS settings, or its sign-on has run out "
            f"(aws sso login --profile {name})."
        ) from None
    return provider
