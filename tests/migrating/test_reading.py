"""What is read of an old site, bit by bit: days, headers, links, settings, slugs, kinds."""

import datetime as dt

import pytest
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import slugify

from clinic.migrating.addresses import Known, addresses, listings, slugified
from clinic.migrating.conf import DEFAULTS, read_conf
from clinic.migrating.header import day_of, read_header
from clinic.migrating.kinds import clinical_kind, topic_of
from clinic.migrating.links import relinked
from clinic.migrating.notes import Note, report
from clinic.model.kinds import Kind

STOCK = read_conf([])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-05", "2024-03-05"),
        ("2024-3-5 10:00", "2024-03-05"),
        ("2024/03/05", "2024-03-05"),
        ("2024-03-05T10:00:00-07:00", "2024-03-05"),
        ("2024-03-05 10:00 PST", "2024-03-05"),
        ("25/12/2023", "2023-12-25"),
        ("12/25/2023", "2023-12-25"),
        ("04/04/2024", "2024-04-04"),
        ("5 May 2024", "2024-05-05"),
        ("May 5th, 2024", "2024-05-05"),
        ("Sept. 3, 2023", "2023-09-03"),
        ("Tue, 5 Mar 2024 10:00", "2024-03-05"),
    ],
)
def test_a_day_that_can_be_read_in_one_way(text: str, day: str) -> None:
    found = day_of(text)
    assert found.sure
    assert found.read == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["May", "12", "2024", "2024-02-31", "next week", "5 Mai 2024", "", "20240305", "May 2024"]
)
def test_no_day_is_made_up(text: str) -> None:
    assert day_of(text).read is None


def test_two_readings_are_both_told() -> None:
    found = day_of("03/04/2024 09:30")
    assert (found.sure, found.read, found.other) == (False, dt.date(2024, 3, 4), dt.date(2024, 4, 3))


@pytest.mark.parametrize(
    ("text", "fields", "body"),
    [
        ("Title: A\nTAGS: a\n    b\n\nText: here\n", {"title": "A", "tags": "a b"}, "Text: here\n"),
        ("---\nTitle: A\n---\nText.\n", {"title": "A"}, "Text.\n"),
        ("Title: A\n\nSummary: an own sentence.\n", {"title": "A"}, "Summary: an own sentence.\n"),
        ("Title: A\n\nStatus: draft\n\nText.\n", {"title": "A", "status": "draft"}, "Text.\n"),
        ("Title: A\nhttp://a.example/ is a link.\n", {"title": "A"}, "http://a.example/ is a link.\n"),
        ("\n\nTitle: A\n\nText.\n", {"title": "A"}, "Text.\n"),
        (
            "\u201cTitle\u201d: A\n\u201cDate\u201d: 2024-01-01\n\nText.\n",
            {"title": "A", "date": "2024-01-01"},
            "Text.\n",
        ),
        ("No header at all.\n", {}, "No header at all.\n"),
        ("", {}, ""),
    ],
)
def test_headers(text: str, fields: dict[str, str], body: str) -> None:
    found = read_header(text)
    assert {key: found.text(key) for key in found.fields} == fields
    assert found.body == body
    assert not body or text.split("\n")[found.body_line - 1 :] == body.split("\n")


def test_a_header_tells_what_pelican_did_not_see() -> None:
    found = read_header("Title: A\n\nStatus: draft\n")
    assert found.seen == {"title"}
    assert [line for line, _ in found.lost] == [3]


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ("[a]({filename}b.md)", ["filename b.md"]),
        ("[a](|filename|b.md#c)", ["filename b.md#c"]),
        ('![a]({static}/b_(1).png "Title")', ["static /b_(1).png"]),
        ("[a](<{filename}b c.md>)", ["filename b c.md"]),
        ("[a]: {tag}b", ["tag b"]),
        ('<a href="{author}Ann Example">', ["author Ann Example"]),
        ("[a]({index})", ["index "]),
        ("[a](/pages/b.html)", [" /pages/b.html"]),
        ("`[a]({filename}b.md)`", []),
        ("```\n[a]({filename}b.md)\n```\n", []),
        ("~~~\n[a]({filename}b.md)\n", []),
        ("|tag|author|\n|---|---|\n|filename|static|", []),
        ("Write {filename} before the name.", []),
        ("[a](https://example.org/b)", [" https://example.org/b"]),
        ('![k]({static}/images/Knee Photo.jpg "K") (b)', ["static /images/Knee Photo.jpg"]),
    ],
)
def test_links(body: str, links: list[str]) -> None:
    seen = []

    def resolve(what: str, value: str) -> str | None:
        seen.append(f"{what} {value}")
        return None

    assert relinked(body, resolve)[0] == body
    assert seen == links


def test_only_the_target_of_a_link_changes() -> None:
    body = 'A [b]({filename}b.md "T") and <img src="{static}c.png" alt="d">.'
    changed, lost = relinked(body, lambda _, value: f"new/{value}")
    assert changed == 'A [b](new/b.md "T") and <img src="new/c.png" alt="d">.'
    assert lost == []


def test_defaults_are_those_of_pelican() -> None:
    own = {"SITEURL", "AUTHOR", "PATH", "DEFAULT_DATE"}
    for name, value in DEFAULTS.items():
        if name in DEFAULT_CONFIG and name not in own:
            assert DEFAULT_CONFIG[name] == value, name
        else:
            assert not value, name


@pytest.mark.parametrize(
    "title",
    [
        "Low back pain",
        "Caf\u00e9 & more!",
        "\u8170\u75db",
        "A  -- b_c",
        "<b>Bold</b> &amp; so",
        "  Dr. O\u2019Neil  ",
        "100% \u00fcber",
    ],
)
def test_slugs_are_those_of_pelican(title: str) -> None:
    theirs = slugify(title, regex_subs=DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"])
    assert slugified(title, STOCK) == theirs


def test_settings_that_are_code_are_named_and_not_run() -> None:
    conf = read_conf([("pelicanconf.py", "A = 1\nARTICLE_URL = 'x/' + A\nif A:\n    PAGE_URL = 'y'\nTAG_URL = 'z'\n")])
    assert (conf["ARTICLE_URL"], conf["PAGE_URL"], conf["TAG_URL"]) == ("{slug}.html", "pages/{slug}.html", "z")
    assert [note.line for note in conf.notes] == [2, 3]
    assert read_conf([("pelicanconf.py", "PATH = (")]).notes[0].says == "These settings can't be read."


def test_addresses_follow_the_patterns() -> None:
    conf = read_conf(
        [("c", "ARTICLE_URL = '{date:%Y/%m}/{slug}/'\nARTICLE_SAVE_AS = '{date:%Y/%m}/{slug}/index.html'\n")]
    )
    known = Known("x", "en", dt.datetime(2024, 3, 5), "news", "ann", "news/x", {})  # noqa: DTZ001 - as Pelican's
    assert addresses(conf, known, "ARTICLE", save_as="", url="") == (("/2024/03/x/",), True)
    undated = Known("x", "en", None, "news", "ann", "news/x", {})
    assert addresses(conf, undated, "ARTICLE", save_as="", url="") == ((), False)
    assert addresses(conf, undated, "ARTICLE", save_as="../../x.html", url="") == ((), False)
    spanish = Known("x", "es", None, "news", "ann", "news/x", {})
    assert addresses(STOCK, spanish, "PAGE", save_as="", url="") == (("/pages/x-es.html",), True)


def test_lists_have_as_many_pages_as_they_had() -> None:
    conf = read_conf([("c", "DEFAULT_PAGINATION = 10\nDIRECT_TEMPLATES = ['index', 'archives']\n")])
    found = [address for address, _ in listings(conf, {"tag": {"pain": 11}}, [], 25)]
    assert found == [
        "index.html",
        "index2.html",
        "index3.html",
        "archives.html",
        "tag/pain.html",
        "tag/pain2.html",
        "feeds/all.atom.xml",
    ]


@pytest.mark.parametrize(
    ("places", "body", "kind"),
    [
        (["treatments"], "", Kind.PROCEDURE),
        (["conditions", "misc"], "", Kind.CONDITION),
        (["news"], "## What it is\n\n## Causes\n\nSymptoms\n--------\n", Kind.CONDITION),
        (["news"], "## What it is\n\n## Causes\n", None),
        (["news"], "Just text.", None),
    ],
)
def test_kinds(places: list[str], body: str, kind: Kind | None) -> None:
    assert clinical_kind(places, body)[0] is kind


def test_topics() -> None:
    assert topic_of(["misc", "holidays"]) == "closure"
    assert topic_of(["billing"]) == "billing"
    assert topic_of(["misc"]) == ""


def test_a_report_masks_what_a_patient_can_be_known_by() -> None:
    told = report([], [Note("a.md", 3, "left out: MRN 00482913", "Look\nat it.")])
    assert "00482913" not in told
    assert "- line 3: left out: MRN •••••••• Look at it." in told
