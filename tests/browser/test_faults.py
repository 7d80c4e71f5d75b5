"""A proof that can't fail proves nothing: each is shown the faults of tests/browser/faults.py, and a good page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.faults import PLANTS, Plant
from tests.browser.proofs import PROOFS, faults
from tests.browser.server import answering, answers, page_answer
from tests.browser.sites import BuiltSite
from tests.browser.visit import open_page

pytestmark = pytest.mark.browser

ADDRESS = "/procedures/epidural-steroid-injection/"
"""The good page: an injection, with every sort of card that calls for help."""

Look = Callable[[str, str, str], list[str]]


@pytest.fixture
def look(sites: dict[str, BuiltSite], tab: Page) -> Look:
    """Gives what a proof finds on the good page, once something in it was replaced."""
    site = sites["sample"]
    at = next(page for page in site.pages if page.address == ADDRESS)
    files = answers(site)
    good = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", files[at.key].body.decode())

    def found(proof: str, before: str, after: str) -> list[str]:
        assert before in good, f"{before!r} is not on the good page"
        with answering({**files, at.key: page_answer(good.replace(before, after), {})}) as base:
            visit = open_page(tab, base, at)
            return list(faults([each for each in PROOFS if each.holds == proof], visit))

    return found


@pytest.mark.parametrize("proof", [each.holds for each in PROOFS])
def test_a_good_page_passes(look: Look, proof: str) -> None:
    assert look(proof, "</main>", "</main>") == []


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.proof}: {plant.says}")
def test_a_planted_fault_is_found(look: Look, plant: Plant) -> None:
    found = look(plant.proof, plant.instead_of, plant.html)
    assert any(plant.says in fault for fault in found), found


def test_every_proof_has_a_fault_that_it_must_find() -> None:
    assert {plant.proof for plant in PLANTS} == {proof.holds for proof in PROOFS}
