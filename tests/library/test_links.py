"""Links that are written alike are followed once: whoever links, each is told what it would be told alone."""

import dataclasses
import random
from pathlib import Path

import pytest

from clinic.library.audience import Audience
from clinic.library.library import Library, build_library, follow
from clinic.library.timeline import Timeline
from tests.harness import NOW, checked, good_site

STATES = {
    "live": "",
    "other": "",
    "draft": "status: draft\n",
    "second-draft": "status: draft\n",
    "gone": "status: withdrawn\nwhy: It was out of date.\n",
    "soon": "publish: 2026-12-01\n",
    "later": "publish: 2027-03-01\n",
    "unread": "stat\n",
}
"""The header of a page in each state, beside its title and summary."""

WAYS = [
    *(f"{name}.md" for name in STATES),
    *(f"../pages/{name}.md" for name in STATES),
    *("live.md#here", "other.md#here", "live.md#nowhere", "draft.md#here", "#here", "#nowhere", "nothing.md"),
    *("../announcements/october-hours.md", "../announcements/office-hours.md", "../announcements/summer-hours.md"),
    *("../conditions/heel-pain.md", "../procedures/nerve-block.md", "../clinicians/dr-example.md"),
    *("../conditions/notes.md", "../procedures/notes.md", "notes.md", "notes.md#here"),
    *("/live/", "/live", "/draft/", "/conditions/heel-pain/", "/search/", "/nothing/", "/live/#here"),
    *("https://elsewhere.example.org/", "mailto:a@example.org", "www.example.org", "//example.org/x"),
    *("https://clinic.example.com/live/", "https://clinic.example.com/draft/", "https://clinic.example.com/nothing/"),
    *("../files/language-card.pdf", "../files/none.pdf", "../../outside.md", "../conditions/", "live%2Emd", "?x=1"),
]
"""Every sort of target that a link can have."""

PLACES = [*(f"pages/{name}.md" for name in STATES), "conditions/notes.md", "procedures/notes.md"]


def text_of(extra: str) -> str:
    links = "\n".join(f"- [Read {number}]({way})" for number, way in enumerate(WAYS))
    return f"---\ntitle: A page\nsummary: What it says.\n{extra}---\n\n## Here {{#here}}\n\n{links}\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    site = good_site(tmp_path_factory.mktemp("links"))
    for place in PLACES:
        (site / place).write_text(text_of(STATES.get(Path(place).stem, "")))
    found = checked(site).library
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(6))
def test_every_page_is_told_what_it_would_be_told_alone(library: Library, seed: int) -> None:
    documents = list(library.material.documents)
    random.Random(seed).shuffle(documents)
    shuffled = dataclasses.replace(library.material, documents=tuple(documents))
    together = build_library(shuffled, Timeline(NOW), Audience.PATIENTS)
    followed = 0
    for document in documents:
        alone = dataclasses.replace(together)  # what others found is not in it
        assert not alone.ways
        assert together.followed[document.path] == follow(alone, document), document.path
        followed += len(document.body.links)
    assert followed > len(WAYS) * len(PLACES) * 0.8


def codes(library: Library, origin: str, way: str) -> set[str]:
    """The codes of the problems of the link that one page has with this target."""
    document = library.by_path[origin]
    spans = {link.span for link in document.body.links if link.target == way}
    assert spans
    return {problem.code for problem in library.followed[origin][1] if problem.span in spans}


@pytest.mark.parametrize(
    ("origin", "way", "expected"),
    [
        ("pages/live.md", "draft.md", {"LNK004"}),
        ("pages/other.md", "draft.md", {"LNK004"}),
        ("pages/draft.md", "draft.md", set()),
        ("pages/second-draft.md", "draft.md", set()),
        ("pages/soon.md", "later.md", {"LNK004"}),
        ("pages/later.md", "soon.md", set()),
        ("pages/later.md", "later.md", set()),
        ("pages/live.md", "gone.md", {"LNK009"}),
        ("pages/draft.md", "gone.md", {"LNK009"}),
        ("pages/gone.md", "gone.md", set()),
        ("pages/live.md", "../announcements/october-hours.md", {"LNK009"}),
        ("pages/live.md", "live.md#nowhere", {"LNK003"}),
        ("pages/other.md", "live.md#nowhere", {"LNK003"}),
        ("pages/live.md", "notes.md", {"LNK001"}),
        ("conditions/notes.md", "live.md", {"LNK001"}),
        ("conditions/notes.md", "notes.md", set()),
    ],
)
def test_what_is_wrong_with_a_link_depends_on_who_links(
    library: Library, origin: str, way: str, expected: set[str]
) -> None:
    assert codes(library, origin, way) == expected


@pytest.mark.parametrize("origin", ["pages/live.md", "pages/other.md"])
@pytest.mark.parametrize("way", ["live.md#here", "other.md#here", "../pages/live.md", "../pages/other.md"])
def test_only_a_page_itself_gets_the_way_within_it(library: Library, origin: str, way: str) -> None:
    ways, links = library.destinations[origin], library.by_path[origin].body.links
    (found,) = (found for found, link in zip(ways, links, strict=True) if link.target == way)
    assert found is not None
    name, own = way.split(".md", maxsplit=1)[0].rpartition("/")[2], way.partition("#")[2]
    anchor = f"#{own}" if own else ""
    itself = origin == f"pages/{name}.md"
    assert found.address == (anchor or f"/{name}/" if itself else f"/{name}/{anchor}")
    assert found.document is library.by_path[f"pages/{name}.md"]


def test_links_that_lead_alike_share_one_way(library: Library) -> None:
    firsts = [library.destinations[path][WAYS.index("other.md")] for path in ("pages/live.md", "pages/draft.md")]
    assert firsts[0] is firsts[1] is not None
