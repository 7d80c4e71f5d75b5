"""Fingerprints that another process worked out are those that this one would have worked out."""

from pathlib import Path

import pytest

from clinic.cache import Cache
from clinic.content import read_content
from clinic.library import document
from clinic.library.fingerprints import recall_fingerprints
from clinic.library.library import Material
from clinic.model.kinds import Common
from clinic.prose.body import Body
from clinic.signing.wording import signed_text
from tests.harness import good_site

PAGE = "conditions/low-back-pain.md"


def material_of(content: Path) -> Material:
    material = read_content(content, Cache(None)).material
    assert material is not None
    return material


def prints(material: Material) -> dict[str, str]:
    return {each.path: each.fingerprint for each in material.documents}


def recall(material: Material, cache: Cache) -> None:
    recall_fingerprints(material.documents, material.lists.headings, cache)


def test_they_come_back_as_they_were_and_nothing_is_worked_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = good_site(tmp_path)
    want = prints(material_of(content))
    assert len({one for one in want.values() if one}) > 1
    with Cache(tmp_path / "cache") as cache:
        recall(material_of(content), cache)
    worked: list[Common] = []

    def counted(header: Common, body: Body) -> tuple[str, ...]:
        worked.append(header)
        return signed_text(header, body)

    monkeypatch.setattr(document, "signed_text", counted)
    with Cache(tmp_path / "cache") as cache:
        again = material_of(content)
        worked.clear()  # what a record of sign-offs is compared with is worked out where it is read
        recall(again, cache)
        assert prints(again) == want
        assert worked == []
        page = content / PAGE
        page.write_text(page.read_text(encoding="utf-8") + "\nOne sentence more.\n", encoding="utf-8")
        changed = material_of(content)
        worked.clear()
        recall(changed, cache)
        assert len(worked) == 1
    assert {path for path, one in prints(changed).items() if one != want[path]} == {PAGE}


def test_a_scribbled_cache_costs_time_alone(tmp_path: Path) -> None:
    content = good_site(tmp_path)
    with Cache(tmp_path / "cache") as cache:
        recall(material_of(content), cache)
    for file in (tmp_path / "cache").glob("values.sqlite*"):
        data = file.read_bytes()
        file.write_bytes(data[: len(data) // 2] + bytes(len(data) - len(data) // 2))
    with Cache(tmp_path / "cache") as cache:
        material = material_of(content)
        recall(material, cache)
        assert prints(material) == prints(material_of(content))


def test_bytes_of_a_cache_that_are_no_fingerprint_are_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, put = good_site(tmp_path), dict[bytes, bytes]()
    want, material = prints(material_of(content)), material_of(content)
    clinical = [each for each in material.documents if each.kind.clinical and each.header]
    asked = [each.path for each in clinical if "fingerprint" not in vars(each)]
    with Cache(tmp_path / "cache") as cache:
        monkeypatch.setattr(cache, "get_all", lambda keys: [b"\xc1"] * len(keys))
        monkeypatch.setattr(cache, "put", put.__setitem__)
        recall(material, cache)
    assert asked
    assert sorted(put.values()) == sorted(want[path].encode() for path in asked)
    assert prints(material) == want
