"""The Content-Security-Policy: strict, from one place."""

import pytest

from clinic.policy import header_policy, origin, policy


def directives(text: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in text.split("; "))}


def test_nothing_is_allowed_but_the_sites_own_files() -> None:
    assert directives(policy()) == {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }


def test_a_form_may_post_to_its_endpoint_and_be_sent_on_to_named_origins_only() -> None:
    said = policy(form="https://Forms.example.com:8443/appointment?x=1", redirects=["https://clinic.example.com/"])
    assert directives(said)["form-action"] == ["https://clinic.example.com", "https://forms.example.com:8443"]
    assert directives(policy(redirects=["https://clinic.example.com"]))["form-action"] == ["'self'"]


def test_a_script_of_the_sites_own_may_fetch_the_sites_own_files() -> None:
    said = directives(policy(script=True))
    assert (said["script-src"], said["connect-src"]) == (["'self'"], ["'self'"])


@pytest.mark.parametrize("script", [True, False])
def test_the_header_says_the_same_and_forbids_frames(*, script: bool) -> None:
    page = policy(form="https://forms.example.com/a", script=script)
    header = header_policy(form="https://forms.example.com/a", script=script)
    assert header == f"{page}; frame-ancestors 'none'"
    assert "unsafe" not in header


@pytest.mark.parametrize(
    "address",
    [
        "http://forms.example.com",
        "https://",
        "https://a.example; script-src *",
        "https://u@a.example",
        "https://*.example",
    ],
)
def test_an_address_that_could_loosen_the_policy_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        origin(address)
