"""A stock Pelican site of 200 articles, in every form of header that Pelican accepts, is public on its first day."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from clinic.commands.migrating import migrate
from clinic.commands.running import run
from clinic.commands.settings import Settings
from clinic.library.addresses import key_of
from clinic.library.audience import Audience
from clinic.owed import read_debts
from tests.harness import checked
from tests.laws.publishing import Publisher
from tests.laws.world import NOW, SEED, World, plain_theme
from tests.migrating.oldsite import clinic_folder
from tests.migrating.test_migrate import published_by_pelican

ARTICLES = 200
CONF = """
AUTHOR = 'Front desk team'
SITENAME = 'Example Clinic'
SITEURL = 'https://old.example.com'
PATH = 'content'
TIMEZONE = 'America/Los_Angeles'
DEFAULT_LANG = 'en'
ARTICLE_PATHS = ['news', 'conditions', 'procedures']
DEFAULT_PAGINATION = 10
"""
DATES = (
    *("2024-03-{day:02}", "2024-03-{day:02} 10:00", "2024-03-{day:02}T10:00:00", "2024-03-{day:02} 10:00:30"),
    *("{day} March 2024", "March {day}, 2024", "{day} Mar 2024 10:00", "2024/03/{day:02}"),
)
"""Ways to write a date that Pelican reads and that can be read in one way alone."""

KEYS: tuple[Callable[[str], str], ...] = (str.capitalize, str.upper, str.lower, str.title)


def folder_of(number: int) -> str:
    """Where an article lies below the content folder."""
    return random.Random(SEED + number).choice(["news", "news", "news/2024", "conditions", "procedures"])


SOMETIMES: tuple[tuple[float, tuple[str, ...]], ...] = (
    (0.5, ("tags: pain", "tags: pain, sleep", "tags: pain; sleep, and rest")),
    (0.4, ("summary: One sentence on it.",)),
    (0.3, ("slug: chosen-{number}",)),
    (0.3, ("author: Ann Example", "authors: Ann Example; Bo Example")),
    (0.3, ("status: published", "status: Published", "status: hidden")),
    (0.2, ("category: Office", "category: Billing and forms")),
    (0.2, ("save_as: kept/{number}.html\nurl: kept/{number}.html",)),
    (0.1, ("lang: en",)),
)
"""Fields of a header in all their forms, and how often an article has one."""


def article(number: int) -> bytes:
    """The bytes of one article."""
    chance = random.Random(SEED * 1000 + number)
    key, gap = chance.choice(KEYS), chance.choice([" ", "", "  ", "\t"])
    fields = [f"title: Told as number {number}", f"date: {chance.choice(DATES).format(day=chance.randint(1, 28))}"]
    for often, forms in SOMETIMES:
        if chance.random() < often:
            fields += chance.choice(forms).format(number=number).split("\n")
    chance.shuffle(fields)
    lines = [f"{key(name)}:{gap}{value}" for name, _, value in (field.partition(": ") for field in fields)]
    if chance.random() < 0.2:
        lines = ["---", *lines, chance.choice(["---", "..."])]
    other = chance.randrange(ARTICLES)
    link = f"[another one]({{filename}}/{folder_of(other)}/item-{other}.md)"
    text = "\n".join([*lines, "", f"This is text t{number}t of many. See {link}.", ""])
    if chance.random() < 0.2:
        text = text.replace("\n", "\r\n")
    return (b"\xef\xbb\xbf" if chance.random() < 0.1 else b"") + text.encode()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    root = tmp_path / "old"
    for number in range(ARTICLES):
        file = root / "content" / folder_of(number) / f"item-{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(article(number))
    (root / "pelicanconf.py").write_text(CONF, encoding="utf-8")
    return root


def test_all_of_them_are_public_on_the_first_day(old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stood = [path for path in published_by_pelican(old) if path.endswith((".html", ".xml"))]
    content = clinic_folder(tmp_path / "new")
    target = tmp_path / "public"
    settings = Settings(
        content=content,
        output=tmp_path / "output",
        cache=tmp_path / "cache",
        theme=plain_theme(tmp_path / "theme"),
        audience=Audience.PATIENTS,
        target=str(target),
        now=NOW,
    )
    assert run(lambda: migrate(settings, old)) == 0, (tmp_path / "new" / "migrate-report.md").read_text()

    found = checked(content)
    assert found.library is not None
    ours = {key_of(item.address) for item in found.library.items.values()} | set(found.library.aliases)
    assert len(stood) > ARTICLES
    assert [path for path in stood if path not in ours] == [], "every address stands or leads on"

    released = Publisher(World(replace(settings)), capsys).publish()
    assert released.code == 0, released.errors
    shown = "\n".join(data.decode() for path, data in released.live.items() if path.endswith(".html"))
    told = {int(each) for each in re.findall(r"This is text t(\d+)t of many", shown)}
    assert told == set(range(ARTICLES))
    assert [path for path in stood if path not in released.live] == []

    debts, _ = read_debts((content / "debt.yaml").read_bytes())
    assert debts.problems == ()
    assert len(debts.pages) > ARTICLES // 4, "what they lack is listed"
