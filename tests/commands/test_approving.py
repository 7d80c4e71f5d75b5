"""`approve`: one answer by phone becomes a record, and nothing else does."""

import re
from pathlib import Path

import pytest

from clinic.cache import Cache
from clinic.commands.approving import approve
from clinic.commands.publishing import Asked, plan
from clinic.commands.running import run
from clinic.content import read_content
from clinic.library.audience import Audience
from clinic.signing.fingerprint import review_code
from clinic.signing.record import read_review, record_path
from tests.laws.publishing import Publisher, publisher
from tests.laws.world import NOW, World, small_world

PAIN, HEEL, BLOCK = "conditions/low-back-pain.md", "conditions/heel-pain.md", "procedures/nerve-block.md"
PAIN_KEY = "conditions/low-back-pain/index.html"
BLOCK_KEY = "procedures/nerve-block/index.html"
DOCTOR = "dr-example"


def code_of(world: World, page: str) -> str:
    """The code that the preview of a page shows."""
    view = world.told(audience=Audience.EDITORS).views()
    found = next(each for address, each in view.items() if address.endswith(f"/{page}/"))
    return str(getattr(found, "trust").review.code)  # noqa: B009 - a view of any class


@pytest.fixture
def world(tmp_path: Path) -> World:
    return small_world(tmp_path)


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Publisher:
    return publisher(tmp_path, capsys)


def signing(
    world: World,
    capsys: pytest.CaptureFixture[str],
    page: str = "low-back-pain",
    *,
    by: str = DOCTOR,
    code: str = "",
    now: str = NOW,
) -> tuple[int, str, str]:
    code = code or code_of(world, page.rpartition("/")[2].removesuffix(".md"))
    capsys.readouterr()
    ended = run(lambda: approve(world.at(now).settings, page, clinician=by, code=code))
    said, errors = capsys.readouterr()
    return ended, said, errors


def record(world: World, page: str = "low-back-pain") -> Path:
    return world.page(record_path(page))


def test_what_was_read_is_recorded_in_one_line(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    code = code_of(world, "low-back-pain")
    ended, said, errors = signing(world, capsys)
    assert (ended, errors, said.count("\n")) == (0, "", 1)
    for words in ("Dr. Example", "Low back pain", code, "2026-11-22", "2028-11-22", "reviews/low-back-pain.yaml"):
        assert words in said
    made, _ = read_review("reviews/low-back-pain.yaml", record(world).read_bytes())
    documents = read_content(world.content, Cache(None)).documents
    document = next(each for each in documents if each.id == "low-back-pain")
    assert [(each.by, each.date.isoformat(), each.fingerprint) for each in made.signed] == [
        (DOCTOR, "2026-11-22", document.fingerprint)
    ]
    assert world.errors() == []
    assert [path.name for path in record(world).parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    "page", ["low-back-pain", "low-back-pain.md", "conditions/low-back-pain.md", " low-back-pain "]
)
def test_a_page_may_be_named_by_its_file(page: str, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert signing(world, capsys, page, code=code_of(world, "low-back-pain"))[0] == 0


def test_the_code_may_be_typed_as_it_was_heard(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    code = code_of(world, "low-back-pain").lower().replace("-", " ")
    assert signing(world, capsys, code=code)[0] == 0


def test_sign_offs_gather_oldest_first_and_the_same_one_is_written_once(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    signing(world, capsys)
    once = record(world).read_bytes()
    ended, said, _ = signing(world, capsys)
    assert (ended, record(world).read_bytes()) == (0, once)
    assert "already" in said
    world.change(PAIN, "Your back may hurt", "Your back can hurt")
    assert signing(world, capsys, now="2026-12-01T09:00:00")[0] == 0
    made, _ = read_review("reviews/low-back-pain.yaml", record(world).read_bytes())
    assert [each.date.isoformat() for each in made.signed] == ["2026-11-22", "2026-12-01"]
    assert len({each.fingerprint for each in made.signed}) == 2
    ended, _, errors = signing(world, capsys, now="2026-11-25T09:00:00")
    assert (ended, "GOV011" in errors) == (1, True), "nobody signs before the last one did"


@pytest.mark.parametrize(
    ("page", "by", "code", "ended", "words"),
    [
        ("low-back-pian", DOCTOR, "7K-Q2F", 2, "low-back-pain"),
        ("zzz", DOCTOR, "7K-Q2F", 2, "heel-pain"),
        ("plans", DOCTOR, "7K-Q2F", 2, "only conditions and procedures"),
        ("low-back-pain", "dr-exmaple", "7K-Q2F", 2, "dr-example"),
        ("low-back-pain", "front-desk", "7K-Q2F", 2, "no clinician"),
        ("low-back-pain", DOCTOR, "yes", 2, "7K-Q2F"),
        ("low-back-pain", DOCTOR, "7K-Q2F", 1, "newest preview"),
    ],
)
def test_what_is_wrong_is_refused_in_one_sentence(
    page: str, by: str, code: str, ended: int, words: str, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    right = code_of(world, "low-back-pain")
    found, said, errors = signing(world, capsys, page, by=by, code=code)
    assert (found, said) == (ended, "")
    assert words in errors
    assert right not in errors, "a code that is told could be typed without reading"
    assert not record(world).exists()


def test_the_code_of_an_older_text_is_refused(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    code = code_of(world, "low-back-pain")
    world.change(PAIN, "Your back may hurt", "Your back can hurt")
    assert signing(world, capsys, code=code)[0] == 1
    assert not record(world).exists()


def test_a_page_with_errors_is_refused_with_them(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    code = code_of(world, "low-back-pain")
    world.change(PAIN, "author: front-desk", "author: front-dsk")
    ended, _, errors = signing(world, capsys, code=code)
    assert ended == 1
    assert "front-desk" in errors
    assert not record(world).exists()


def test_a_header_that_cannot_be_read_is_refused(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.change(PAIN, "title: Low back pain", 'title: "Low back pain')
    assert signing(world, capsys, code="7K-Q2F")[0] == 1


def test_a_clinician_who_has_left_signs_nothing_more(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.change("clinicians/dr-example.md", "role: Physician\n", "role: Physician\nleft: 2026-11-22\n")
    ended, _, errors = signing(world, capsys, now="2026-11-23T00:00:00")
    assert (ended, "2026-11-22" in errors) == (1, True)
    assert not record(world).exists()
    assert signing(world, capsys, now="2026-11-22T23:59:59")[0] == 0, "the last day is a day of work"


def test_nothing_of_a_withdrawn_page_is_signed(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.change(PAIN, "author:", "status: withdrawn\nwhy: It was wrong.\nauthor:")
    assert signing(world, capsys, code="7K-Q2F")[0] == 2


def test_a_record_that_was_changed_by_hand_is_never_written_over(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.change("reviews/heel-pain.yaml", "for a week", "for a month")
    before = record(world, "heel-pain").read_bytes()
    ended, _, errors = signing(world, capsys, "heel-pain")
    assert (ended, "GOV007" in errors) == (1, True)
    assert record(world, "heel-pain").read_bytes() == before


def test_a_draft_may_be_signed_before_it_goes_out(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.change(PAIN, "author:", "status: draft\nauthor:")
    assert signing(world, capsys)[0] == 0
    world.change(PAIN, "status: draft\n", "")
    assert world.errors() == []


# What patients get


def test_the_page_says_who_signed_it_and_no_code(office: Publisher, capsys: pytest.CaptureFixture[str]) -> None:
    real = Publisher(office.world.told(theme=Path(__file__).parents[2] / "theme"), capsys)
    code = code_of(real.world, "low-back-pain")
    assert b"awaits clinical review" in real.publish().live[PAIN_KEY]
    signing(real.world, capsys)
    done = real.publish()
    page = done.live[PAIN_KEY].decode()
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))
    assert "Last reviewed by Dr. Example, Physician on 22 November 2026." in said
    assert "Next review due on 22 November 2028." in said
    assert '"lastReviewed":"2026-11-22"' in page
    assert '"reviewedBy":{' in page
    assert all(code.encode() not in body for body in done.live.values())
    assert "is late" not in said
    late = real.publish(now="2028-11-23T09:00:00")
    assert b"The next review of this page is late." in late.live[PAIN_KEY]
    assert late.code == 0, "time alone holds nothing back"


@pytest.mark.parametrize(
    ("path", "before", "after", "key"),
    [
        (BLOCK, "sore for a day.", "sore for 2 days.", BLOCK_KEY),
        (BLOCK, "duration: 20 minutes", "duration: 20 minutes\nfasting: nothing for 6 hours", BLOCK_KEY),
        (BLOCK, "duration: 20 minutes", "duration: 30 minutes", BLOCK_KEY),
    ],
)
@pytest.mark.parametrize("rule", ["shown", "required"])
def test_a_change_after_signing_leaves_the_signed_version_live(
    path: str, before: str, after: str, key: str, rule: str, office: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    world = office.world
    for page in ("low-back-pain", "nerve-block"):
        assert signing(world, capsys, page)[0] == 0
    world.change("clinic.yaml", "clinical_review: shown", f"clinical_review: {rule}")
    first = office.publish()
    assert first.code == 0, first.errors
    world.change(path, before, after)
    held = office.publish()
    assert held.code == 1
    assert "GOV003" in held.errors
    assert "Held back: Nerve block." in held.errors
    assert held.live[key] == first.live[key], "patients keep what was signed"

    capsys.readouterr()
    assert run(lambda: plan(world.settings, Asked())) == 1
    said = "".join(capsys.readouterr())
    old, new = (text.rpartition("\n")[2] for text in (before, after))
    assert f"+ {new}" in said if ": " in new else new in said
    assert "signed it on 2026-11-22" in said
    if old != new and "\n" not in after:
        assert re.search(rf"^\s*- .*{re.escape(old)}", said, re.MULTILINE)

    assert signing(world, capsys, "nerve-block")[0] == 0
    renewed = office.publish()
    assert renewed.code == 0, renewed.errors
    assert renewed.live[key] != first.live[key]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A nerve block is an injection near a nerve.", "A nerve block is\nan injection   near a nerve."),
        ("author: front-desk\ntype: injection\n", "# a note\ntype: injection\nauthor: front-desk\n"),
        ("accessed: 2026-11-02", "accessed: 2026-11-20"),
        ("\n", "\r\n"),
    ],
)
def test_layout_and_what_is_not_clinical_hold_nothing_back(
    before: str, after: str, office: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    signing(office.world, capsys, "nerve-block")
    assert office.publish().code == 0
    text = office.world.page(BLOCK).read_bytes().decode()
    office.world.write(BLOCK, text.replace(before, after))
    done = office.publish()
    assert done.code == 0, done.errors
    assert b"awaits" not in done.live[BLOCK_KEY] or b"state=&#39;reviewed&#39;" in done.live[BLOCK_KEY]


def test_where_a_review_is_required_only_signed_pages_go_out(
    office: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    office.world.change("clinic.yaml", "clinical_review: shown", "clinical_review: required")
    first = office.publish()
    assert {PAIN_KEY, BLOCK_KEY} & set(first.live) == set()
    assert "conditions/heel-pain/index.html" in first.live
    signing(office.world, capsys, "nerve-block")
    second = office.publish()
    assert (PAIN_KEY in second.live, BLOCK_KEY in second.live) == (False, True)
    signing(office.world, capsys)
    assert PAIN_KEY in office.publish().live


@pytest.mark.parametrize("rule", ["shown", "required"])
def test_a_record_that_is_broken_by_hand_leaves_the_signed_version_live(
    rule: str, office: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    for page in ("low-back-pain", "nerve-block"):
        signing(office.world, capsys, page)
    office.world.change("clinic.yaml", "clinical_review: shown", f"clinical_review: {rule}")
    key = "conditions/heel-pain/index.html"
    first = office.publish()
    office.world.change("reviews/heel-pain.yaml", "  - by: dr-example", "  - by: dr-nobody")
    office.world.change(HEEL, "for a week", "for a month")
    held = office.publish()
    assert held.code == 1
    assert "Held back: Heel pain." in held.errors
    assert held.live[key] == first.live[key]


def test_warnings_about_a_record_count_for_its_page_alone(
    office: Publisher,
) -> None:
    assert office.publish().code == 0
    late = office.publish(Asked(strict=True), now="2028-10-06T09:00:00")
    assert "Held back" in late.errors
    assert "Heel pain" in late.errors.partition("Held back")[2].partition(".")[0]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (("reviews/heel-pain.yaml", "2026-10-05", "2024-10-05"), "overdue"),
        ((HEEL, "for a week", "for a month"), "changed"),
        (None, ""),
    ],
)
def test_editors_see_where_a_review_stands(change: tuple[str, str, str] | None, kind: str, world: World) -> None:
    if change:
        world.change(*change)
    view = world.views()["/conditions/heel-pain/"]
    badges = [badge.kind for badge in getattr(view, "frame").badges]  # noqa: B009 - a view of any class
    assert badges == ([kind] if kind else [])
    state = getattr(view, "trust").review.state  # noqa: B009 - the same
    assert state == (kind or "reviewed")
    assert review_code("0" * 64) != code_of(world, "heel-pain")
