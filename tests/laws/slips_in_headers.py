"""What editors, their tools and the world hand in, with what `check` says of it: bytes and headers.

A line says what it is, the file, what is in it, and the problems: E (error), W (warning) or I (advice), the code, the
line and column, and F where `check --fix` mends it. OK is no problem at all.
"""

from tests.harness import SITE

PROCEDURE = (SITE / "procedures/nerve-block.md").read_text(encoding="utf-8")


def page(
    *, head: str = "title: New page\nsummary: One sentence.\n", body: str = "Some words.\n", opened: str = "---\n"
) -> str:
    """A page; its header is on lines 2 and 3, its text on line 6."""
    return f"{opened}{head}---\n\n{body}"


def titled(title: str) -> str:
    """A page with this after "title: ", so from column 8 of line 2."""
    return page(head=f"title: {title}\nsummary: One sentence.\n")


def with_line(line: str) -> str:
    """A page with a line more, line 3 of the file."""
    return page(head=f"title: New page\n{line}\nsummary: One sentence.\n")


def notice(**fields: str | None) -> str:
    """An announcement; `date` is on line 4, `expires` on line 5, further fields from line 7."""
    said: dict[str, str | None] = {"title": "A notice", "summary": "One sentence.", "date": "2026-11-20"}
    said |= {"expires": "2026-12-20", "topic": "hours"} | fields
    lines = "".join(f"{key}: {value}\n" for key, value in said.items() if value is not None)
    return f"---\n{lines}---\n\nSome words.\n"


def block(before: str, after: str) -> str:
    """The nerve block of the small good site, with a change."""
    assert before in PROCEDURE
    return PROCEDURE.replace(before, after)


Slip = tuple[str, str, str | bytes, str]

G, A, X = "pages/it.md", "announcements/it.md", "procedures/it.md"

ENCODING: list[Slip] = [
    ("a byte order mark", G, b"\xef\xbb\xbf" + page().encode(), "W FM016 1:1 F"),
    ("Windows letters", G, page(body="It isn\x92t far.\n").encode("latin-1"), "E FM010 6:7"),
    ("Latin-1 letters", G, page(body="The café.\n").encode("latin-1"), "E FM010 6:8"),
    ("UTF-16", G, page().encode("utf-16"), "E FM012 1:1"),
    ("a zero byte", G, page(body="Some\0words.\n"), "E FM013 6:5"),
    ("a zero byte in the header", G, titled("New\0 page"), "E FM013 2:11"),
    ("Windows line ends", G, page().replace("\n", "\r\n"), "OK"),
    ("old Mac line ends", G, page().replace("\n", "\r"), "OK"),
    ("two sorts of line ends", G, page(body="One.\r\nTwo.\n\nThree.\r\n"), "W FM017 6:5 F"),
    ("an empty file", G, b"", "E FM014 1:1"),
    ("only spaces", G, b" \n\n", "E FM014 1:1"),
    ("a little over a megabyte", G, page(body="word \n" * 175_000), "E FM015 1:1"),
    ("half a letter at the end", G, page(body="The caf\u00e9").encode()[:-1], "E FM011 6:8"),
    ("half a pair", G, page(body="A \ud83d b").encode("utf-8", "surrogatepass"), "E FM010 6:3"),
    ("a line separator", G, page(body="One\u2028two.\n"), "W FM018 6:4 F"),
    ("a paragraph separator", G, page(body="One\u2029two.\n"), "W FM018 6:4 F"),
    ("a next-line character", G, page(body="One\x85two.\n"), "W FM018 6:4 F"),
    ("a hidden character in a field's name", G, with_line("no\u200bindex: yes"), "E SEC005 3:3 F"),
    ("a hidden character in the text", G, page(body="Some\u200bwords.\n"), "E SEC005 6:5 F"),
    (
        "Arabic that says so",
        G,
        page(head="title: مرحبا\nsummary: مرحبا بكم.\nlang: ar\n", body="مرحبا بكم في العيادة.\n"),
        "OK",
    ),
    ("a character that turns the text", G, page(body="pay\u202egnp.exe\n"), "E SEC006 6:4 F"),
    ("a title in Japanese", G, titled("診療時間"), "OK"),
    ("a bone for a title", G, titled("🦴"), "OK"),
    ("a code of HTML in a title", G, titled("Knees &amp; hips"), "W FM047 2:14"),
    ("a number of HTML in a title", G, titled("Knees &#38; hips"), "W FM047 2:14"),
]
"""Bytes and characters."""

HEADER: list[Slip] = [
    ("no header", G, "# New page\n\nSome words.\n", "E STR026 1:1 F; E FM001 1:1"),
    ("an empty line before the header", G, "\n" + page(), "W FM005 1:1 F"),
    ("spaces before the header", G, "   \n\n" + page(), "W FM005 1:1 F"),
    ("a header of stock Pelican", G, "Title: New page\nDate: 2024-01-01\n\nSome words.\n", "E FM002 1:1"),
    ("fields without lines around them", G, "title: New page\nsummary: x\n\nSome words.\n", "E FM002 1:1"),
    ("a second colon", G, titled("Knees: what helps"), "E FM026 2:8 F"),
    ("a colon inside a word", G, titled("Knees:what helps"), "OK"),
    ("an unclosed double quote", G, titled('"New page'), "E FM028 2:8 F"),
    ("an unclosed single quote", G, titled("'New page"), "E FM028 2:8"),
    ("curly quotes", G, titled("“New page”"), "W FM031 2:8 F"),
    ("one curly quote", G, titled("“New page"), "OK"),
    ("a leading %", G, titled("% of people"), "E FM033 2:8 F"),
    ("a leading @", G, titled("@home"), "E FM033 2:8 F"),
    ("a leading *", G, titled("*New* page"), "E FM033 2:8 F"),
    ("a leading &", G, titled("& more"), "E FM033 2:8 F"),
    ("a leading !", G, titled("!New page"), "E FM033 2:8 F"),
    ("a leading fact", G, titled("{{ clinic.name }}"), "E FM033 2:8 F"),
    ("a leading backtick", G, titled("`New` page"), "E FM033 2:8 F"),
    ("a pipe alone", G, titled("|"), "E FM052 2:1"),
    ("a leading >", G, titled("> New"), "E FM033 2:8 F"),
    ("an unclosed bracket", G, titled("[New page"), "E FM040 2:8 F"),
    ("curly brackets", G, titled("{New}"), "E FM042 2:8"),
    ("a field twice", G, with_line("title: Another"), "E FM044 3:1"),
    (
        "a field twice, far apart",
        G,
        page(head="title: New page\nsummary: One.\nnoindex: no\ntitle: Another\n"),
        "E FM044 5:1",
    ),
    ("a field misspelt", G, with_line("titel: Another"), "E FM051 3:1"),
    ("a field that is none", G, with_line("zzz: Another"), "E FM051 3:1"),
    ("a field in capitals", G, page(head="Title: New page\nsummary: One sentence.\n"), "E FM051 2:1 F"),
    ("a text for a list", G, with_line("aliases: /old/"), "E FM055 3:10 F"),
    ("two texts for a list", G, with_line("aliases: /old/, /older/"), "E FM055 3:10"),
    ("a list for a text", G, with_line("why: [a, b]"), "E FM054 3:6"),
    ("an anchor and its alias", G, page(head="title: &a New page\nsummary: *a\n"), "E FM043 2:8; E FM043 3:10"),
    ("a complex field's name", G, with_line("? complex"), "E FM043 3:1"),
    ("a group on one line", G, with_line("why: {a: b}"), "E FM042 3:6"),
    ("dots at the end of the header", G, page(head="title: New page\nsummary: One.\n...\n"), "E FM004 4:1 F"),
    ("true for yes", G, with_line("noindex: true"), "E FM057 3:10 F"),
    ("on for yes", G, with_line("noindex: on"), "E FM057 3:10 F"),
    ("1 for yes", G, with_line("noindex: 1"), "E FM057 3:10 F"),
    ("true in quotes", G, with_line('noindex: "true"'), "E FM057 3:10 F"),
    ("Yes for yes", G, with_line("noindex: Yes"), "E FM057 3:10 F"),
    (
        "ten thousand fields",
        G,
        page(head="title: New page\nsummary: One.\n" + "".join(f"k{i}: v\n" for i in range(10000))),
        "E FM045 2:1",
    ),
    ("brackets, 200 deep", G, with_line("why: " + "[" * 200 + "]" * 200), "E FM041 3:7"),
    (
        "groups, 200 deep",
        G,
        with_line("why:\n" + "".join("  " * (i + 1) + "a:\n" for i in range(200))),
        "E FM045 13:21",
    ),
    ("a merge", G, with_line("<<: [a]"), "E FM043 3:1"),
    ("a header of notes", G, "---\n# nothing\n---\n\nSome words.\n", "E FM006 1:1"),
    ("a header of nothing", G, "---\n---\n\nSome words.\n", "E FM006 1:1"),
    ("a title on two lines", G, page(head="title: |\n  New\n  page\nsummary: One.\n"), "E FM066 2:8"),
    ("a title folded to one line", G, page(head="title: >\n  New\n  page\nsummary: One.\n"), "OK"),
    ("a tab to indent", G, page(head="title: New page\nsummary: One.\naliases:\n\t- /old/\n"), "E FM025 5:1 F"),
    ("a tab after a colon", G, titled("\tNew page"), "OK"),
    ("no space after a colon", G, page(head="title:New page\nsummary: One.\n"), "E FM027 2:6 F"),
    ("a # that swallows text", G, titled("New page #1 of 2"), "W FM032 2:17"),
    ("a title left blank", G, titled(""), "E FM052 2:1"),
    ("a title that says null", G, titled("null"), "OK"),
    ("a title that says ~", G, titled("~"), "OK"),
    ("no title", G, page(head="summary: One sentence.\n"), "E FM050 2:1"),
    ("no summary", G, page(head="title: New page\n"), "E FM050 2:1"),
    ("a title of 301 letters", G, titled("x" * 301), "E FM065 2:8"),
    (
        "a summary of 393 letters",
        G,
        page(head="title: New page\nsummary: " + "ten fingers. Two hands. " * 16 + "Two feet." + "\n"),
        "E FM065 3:10",
    ),
    ("a status misspelt", G, with_line("status: publised"), "E FM056 3:9 F"),
    ("withdrawn without a reason", G, with_line("status: withdrawn"), "E FM077 3:9"),
    ("a header that never ends", G, "---\ntitle: New page\nsummary: One.\n\nSome words.\n", "E FM003 1:1"),
    ("four hyphens", G, "----\ntitle: New page\nsummary: One.\n----\n\nSome words.\n", "E FM004 1:1 F; E FM004 4:1 F"),
    ("another program's header", G, "+++\ntitle = 'x'\n+++\n\nSome words.\n", "E FM009 1:1"),
]
"""What stands between the two lines of hyphens."""
