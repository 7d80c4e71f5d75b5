"""A release looks whether it arrived: few files are read, many are told by their versions, and nothing wrong passes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from clinic.release.store import Headers, Listed
from clinic.release.verify import WHOLE, read_back
from clinic.release.wrapping import Counting, Wrapping
from tests.release.world import FakeClock, MemoryStore, Site, publish, small

MANY = 5 * WHOLE


def sent_to(store: MemoryStore, site: Site) -> dict[str, str]:
    """Puts a site there, and gives the versions."""
    headers = {key: Headers(file.content_type, file.cache_control) for key, file in site.files.items()}
    return {key: store.put(key, body, headers[key]) for key, body in site.bodies.items()}


def found(store: MemoryStore, site: Site, sent: dict[str, str], gone: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(finding.key, finding.what) for finding in read_back(store, site.files, gone, sent)]


class Silent(Wrapping):
    """Its listings tell no versions."""

    def list(self, prefix: str) -> Iterator[Listed]:
        return iter([replace(one, version="") for one in self.inner.list(prefix)])


def test_few_files_are_all_read() -> None:
    store, site = MemoryStore(), small("1", pages=WHOLE - 5)
    sent, counting = sent_to(store, site), Counting(store)
    assert read_back(counting, site.files, (), sent) == ()
    assert sorted(one.key for one in counting.requests) == sorted(site.files)


def test_of_many_files_one_listing_tells_the_versions_and_a_sample_is_read() -> None:
    store, site = MemoryStore(), small("1", pages=MANY)
    sent, counting = sent_to(store, site), Counting(store)
    assert read_back(counting, site.files, ("gone.html",), sent) == ()
    verbs = [one.verb for one in counting.requests]
    assert verbs.count("list") == 1
    assert WHOLE // 2 < verbs.count("get") < 2 * WHOLE
    read = {site.files[one.key].content_type for one in counting.requests if one.verb == "get"}
    assert read == {file.content_type for file in site.files.values()}, "one of each sort of headers"


@pytest.mark.parametrize("number", [0, 1, 7, MANY - 1])
def test_what_is_not_as_it_was_sent_is_found_wherever_it_is(number: int) -> None:
    key = f"conditions/c{number}/index.html"
    store, site = MemoryStore(), small("1", pages=MANY)
    sent = sent_to(store, site)
    file = site.files[key]
    store.put(key, b"somebody else's", Headers(file.content_type, file.cache_control))
    assert found(store, site, sent) == [(key, "changed")]
    store.put(key, site.bodies[key], Headers("text/plain", file.cache_control))
    assert found(store, site, sent) == [(key, "headers")]
    store.delete(key)
    assert found(store, site, sent) == [(key, "missing")]


def test_what_should_be_gone_and_is_there_is_found() -> None:
    store, site = MemoryStore(), small("1", pages=MANY)
    sent = sent_to(store, site)
    store.put("old/index.html", b"old", Headers())
    assert found(store, site, sent, gone=("old/index.html", "older/index.html")) == [("old/index.html", "left over")]


def test_where_a_listing_tells_no_versions_all_is_read() -> None:
    store, site = MemoryStore(), small("1", pages=MANY)
    sent, counting = sent_to(store, site), Counting(Silent(store))
    assert read_back(counting, site.files, (), sent) == ()
    assert [one.verb for one in counting.requests].count("get") == len(site.files)


def test_a_release_of_many_files_is_read_back_so() -> None:
    store, site = MemoryStore(), small("1", pages=MANY)
    counting = Counting(store)
    assert publish(counting, site, FakeClock()).findings == ()
    looks = [one for one in counting.requests if one.verb == "get" and one.key in site.files]
    assert 0 < len(looks) < 2 * WHOLE
