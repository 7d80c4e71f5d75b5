"""Between two moments that `due` names, a site is the same to the byte: over many sites made by chance."""

import datetime as dt
import random
import re
from pathlib import Path

import pytest

from clinic.cache import Cache
from clinic.commands.coming import SOMETHING, coming, events
from clinic.content import read_content
from clinic.library.audience import Audience
from clinic.output import BUILD, MANIFEST
from clinic.signing.record import SignOff, read_review, record_path, with_sign_off
from tests.laws.clockwork import CLINICIAN, news, page
from tests.laws.world import SEED, World, share, small_world

CASES = 200
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2029, 12, 31)
ZONES = ("America/Los_Angeles", "America/New_York", "America/Santiago", "Asia/Tokyo", "Australia/Lord_Howe")
SIGNED = ("conditions/low-back-pain.md", "conditions/heel-pain.md", "procedures/nerve-block.md")


def day(chance: random.Random, first: dt.date = FIRST, last: dt.date = LAST) -> dt.date:
    return first + dt.timedelta(days=chance.randrange((last - first).days))


def moment(chance: random.Random) -> str:
    """A day, or a day and time that no clock skips or shows twice."""
    return f"{day(chance)}{chance.choice(['', ' 05:30', ' 12:00', ' 23:59'])}"


def by_chance(root: Path, number: int) -> World:
    """A site in which all that time changes is where chance put it."""
    chance = random.Random(SEED * 1000 + number)
    world = small_world(root, audience=Audience.PATIENTS)
    world.change("clinic.yaml", "timezone: America/Los_Angeles", f"timezone: {chance.choice(ZONES)}")
    rule = chance.choice(["shown", "required"])
    world.change("clinic.yaml", "clinical_review: shown", f"clinical_review: {rule}")
    special = "".join(f"      - date: {day(chance)}\n        hours: closed\n" for _ in range(chance.randrange(4)))
    world.change("clinic.yaml", "        why: A half day\n", f"        why: A half day\n{special}")
    announce(world, chance)
    for index in range(chance.randrange(4)):
        body = f"See [another](plan-{index - 1}.md)." if index else "Some words."
        world.write(f"pages/plan-{index}.md", page(moment(chance), title=f"Plan {index}", body=body))
    for index in range(chance.randrange(3)):
        world.write(f"clinicians/dr-{index}.md", CLINICIAN.format(name=f"Dr. Number {index}", left=day(chance)))
    for path in SIGNED:
        text = world.page(path).read_bytes().decode()
        text = re.sub(r"accessed: .*", lambda _: f"accessed: {day(chance, last=dt.date(2027, 1, 1))}", text)
        if chance.random() < 0.5:
            text = text.replace("author:", f"review_every: {chance.randrange(1, 37)} months\nauthor:", 1)
        if chance.random() < 0.3:
            text = text.replace("author:", f"publish: {moment(chance)}\nauthor:", 1)
        world.write(path, text)
    sign_some(world, chance)
    return world


def announce(world: World, chance: random.Random) -> None:
    """Writes announcements that come, go, replace each other and close the clinic."""
    for index in range(chance.randrange(6)):
        more = {"level": "banner"} if chance.random() < 0.3 else {}
        if chance.random() < 0.3:
            more["publish"] = moment(chance)
        if index and chance.random() < 0.4:
            more["supersedes"] = f"news-{chance.randrange(index)}"
        if chance.random() < 0.3:
            more["closed"] = f"[{day(chance)}]"
        if chance.random() < 0.2:
            more["status"] = "draft"
        ends = chance.choice([moment(chance), moment(chance), "unknown"])
        world.write(f"announcements/news-{index}.md", news(str(day(chance)), ends, title=f"News {index}", **more))


def sign_some(world: World, chance: random.Random) -> None:
    """Signs some pages, once or more, and changes some of them afterwards."""
    documents = {each.path: each for each in read_content(world.content, Cache(None)).documents}
    for path in SIGNED:
        document, record = documents[path], None
        file = world.page(record_path(document.id))
        file.unlink(missing_ok=True)
        if chance.random() < 0.2:
            continue
        for signed in sorted(day(chance, last=dt.date(2027, 6, 1)) for _ in range(chance.randrange(1, 3))):
            sign_off = SignOff(by="dr-example", date=signed, fingerprint=document.fingerprint)
            file.write_bytes(with_sign_off(record, sign_off, document.signed_text))
            record, _ = read_review(record_path(document.id), file.read_bytes())
        if chance.random() < 0.2:
            world.write(path, document.text.replace("\nsummary: ", "\nsummary: Changed. ", 1))


@pytest.mark.parametrize("number", share(CASES, CASES // 10))
def test_between_two_moments_that_due_names_every_moment_gives_the_same_bytes(number: int, tmp_path: Path) -> None:
    world = by_chance(tmp_path, number)
    chance = random.Random(number)
    now = dt.datetime.combine(day(chance), dt.time(chance.randrange(24), 17), dt.UTC)
    built = world.at(now.isoformat()).build()
    library = built.site.library
    named = coming(library)
    assert SOMETHING not in {event for happening in named.values() for event in happening}
    gone = [each for each in (*events(library), library.timeline.last) if each is not None and each <= now]
    first, following = max(gone, default=now), next(iter(named), now + dt.timedelta(days=900))
    files = [(world.output / name).read_bytes() for name in (MANIFEST, BUILD)]
    inside = first + (following - first) * chance.random()
    for other in (first, inside.replace(microsecond=0), following - dt.timedelta(seconds=1)):
        again = world.at(other.isoformat()).build()
        assert (again.rendered, again.written.written, again.written.removed) == ([], (), ()), (now, other)
        assert [(world.output / name).read_bytes() for name in (MANIFEST, BUILD)] == files
        assert coming(again.site.library) == named


def test_chance_makes_what_time_can_change(tmp_path: Path) -> None:
    """Reviews that come due, grow late and are void, sources that grow old: each is in the first cases somewhere."""
    found: set[str] = set()
    for number in range(12):
        world = by_chance(tmp_path / str(number), number)
        for year in (2026, 2027, 2028, 2029):
            found.update(problem.code for problem in world.at(f"{year}-10-10T12:00:00").problems())
    assert {"GOV001", "GOV002", "GOV003", "GOV005", "GOV011"} <= found
