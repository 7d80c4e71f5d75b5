"""What people and machines do between two builds, as random edits. Each gives in words what it did."""

import io
import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from markupsafe import Markup
from PIL import Image

from clinic import salt
from clinic.filters import FILTERS
from tests.forms import pdf
from tests.laws.world import World, small_world

MOMENTS = (
    *("2026-07-15T12:00:00", "2026-10-31T23:59:59", "2026-11-02T00:00:00", "2026-11-15T23:59:59"),
    *(
        "2026-11-22T09:00:00",
        "2026-12-25T23:59:59",
        "2026-12-26T00:00:00",
        "2027-01-01T00:00:00",
        "2031-05-05T05:05:05",
    ),
)
URLS = (None, "https://clinic.example.com/", "https://preview.example.org/branch/", "http://127.0.0.1:8000")
WORDS = ("pain", "rest", "walk", "nerve", "spine", "sleep", "sitting", "help", "morning", "injection")


@dataclass
class Bench:
    """A world, and the generator that builds it: its code and its lock are copies that edits may change."""

    world: World
    chance: random.Random
    monkeypatch: pytest.MonkeyPatch
    made: int = 0

    def __post_init__(self) -> None:
        root = self.world.settings.content.parent
        self.code, self.lock = root / "package", root / "requirements.txt"
        self.world.write("pages/ayuda.md", "---\ntitle: Ayuda\nsummary: En su idioma.\nlang: es\n---\n\nPregunte.\n")
        self.code.mkdir()
        shutil.copyfile(salt.LOCK, self.lock)
        (self.code / "filters.py").write_text("1\n", encoding="utf-8")
        self.monkeypatch.setattr(salt, "PACKAGE", self.code)
        self.monkeypatch.setattr(salt, "LOCK", self.lock)
        self.forget()

    @staticmethod
    def forget() -> None:
        """Makes the next build read code and lock again, as a new process would."""
        for remembered in (salt.locked_versions, salt.code_digest, salt.code_of, salt.salt):
            remembered.cache_clear()

    def word(self) -> str:
        """A word that no other edit wrote."""
        self.made += 1
        return f"{self.chance.choice(WORDS)} {self.made}"

    def some(self, pattern: str = "*/*.md") -> Path:
        """A file of the content."""
        return self.chance.choice(sorted(self.world.content.glob(pattern)))

    def named(self, path: Path) -> str:
        """A file of the content, for people."""
        return path.relative_to(self.world.content).as_posix()

    def told(self, **settings: object) -> None:
        """Changes settings."""
        self.world = World(replace(self.world.settings, **settings))  # type: ignore[arg-type]


def edit_a_body(bench: Bench) -> str:
    page = bench.some()
    page.write_text(f"{page.read_text(encoding='utf-8')}\nAnd {bench.word()}.\n", encoding="utf-8")
    return f"body of {bench.named(page)}"


def cut_a_page_short(bench: Bench) -> str:
    page = bench.some()
    data = page.read_bytes()
    page.write_bytes(data[: bench.chance.randrange(len(data) + 1)])
    return f"half of {bench.named(page)}"


def break_a_page(bench: Bench) -> str:
    page = bench.some()
    slip = bench.chance.choice(["\n[gone](gone.md)\n", "\n{{ phone.gone }}\n", "\n> [!loud] Loud\n> a\n", "\n\0\n"])
    page.write_text(page.read_text(encoding="utf-8", errors="replace") + slip, encoding="utf-8")
    return f"slip {slip!r} in {bench.named(page)}"


def set_a_field(bench: Bench) -> str:
    page = bench.some()
    line = bench.chance.choice(
        [
            f"title: About {bench.word()}",
            f"summary: What is known of {bench.word()}.",
            "status: draft",
            "status: withdrawn\nwhy: We do not offer it.",
            "publish: 2026-12-01",
            "publish: 2026-11-02 00:00",
            f"aliases: [/old-{bench.made}/, /old.html]",
            "lang: es",
            "noindex: yes",
            "related: [low-back-pain, nerve-block, gone]",
            "symptoms: [stiffness, aches]",
            "level: banner",
        ]
    )
    names = {part.partition(":")[0] for part in line.split("\n")}
    header, fence, body = page.read_text(encoding="utf-8", errors="replace").removeprefix("---\n").partition("\n---\n")
    kept = [row for row in header.split("\n") if row.partition(":")[0] not in names]
    page.write_text("\n".join(["---", *kept, line]) + fence + body, encoding="utf-8")
    return f"{line!r} in {bench.named(page)}"


def rename_a_source(bench: Bench) -> str:
    """The text stays as it is, and what it cites is there no more, or is there again."""
    page = bench.world.page("conditions/low-back-pain.md")
    if not page.is_file():
        return "no page with sources"
    text = page.read_text(encoding="utf-8", errors="replace")
    one, other = ("  - id: medlineplus\n", "  - id: another\n")
    page.write_text(text.replace(one, other) if one in text else text.replace(other, one), encoding="utf-8")
    return "a source renamed"


def rename_a_page(bench: Bench) -> str:
    page = bench.some()
    other = page.with_name(f"{bench.word().replace(' ', '-')}.md")
    page.rename(other)
    return f"{bench.named(page)} renamed to {other.name}"


def delete_a_page(bench: Bench) -> str:
    page = bench.some()
    page.unlink()
    return f"{bench.named(page)} deleted"


def add_a_page(bench: Bench) -> str:
    page = bench.some()
    folder = bench.chance.choice([page.parent, page.parent / "more"])
    folder.mkdir(exist_ok=True)
    other = folder / f"{bench.word().replace(' ', '-')}.md"
    shutil.copyfile(page, other)
    return f"{bench.named(other)} copied from {bench.named(page)}"


def change_a_template(bench: Bench) -> str:
    theme = bench.world.settings.theme
    template = bench.chance.choice(sorted((theme / "templates").rglob("*.html")))
    template.write_text(template.read_text(encoding="utf-8") + f"<p>{bench.word()}</p>\n", encoding="utf-8")
    return f"template {template.name}"


def change_a_stylesheet(bench: Bench) -> str:
    sheet = bench.chance.choice(sorted((bench.world.settings.theme / "static").rglob("*.css")))
    sheet.write_text(f"{sheet.read_text(encoding='utf-8')}p {{ --x{bench.made}: {bench.made} }}\n", encoding="utf-8")
    bench.made += 1
    return f"stylesheet {sheet.name}"


def change_a_filter(bench: Bench) -> str:
    said = bench.word()
    before = FILTERS["call_links"]
    (bench.code / "filters.py").write_text(said, encoding="utf-8")
    bench.monkeypatch.setitem(FILTERS, "call_links", lambda text: before(text) + Markup("<i>{}</i>").format(said))
    bench.forget()
    return f"filter says {said}"


def change_a_catalogue(bench: Bench) -> str:
    texts = bench.world.settings.theme / "locale" / "es" / "messages.po"
    text = texts.read_text(encoding="utf-8")
    said = f'msgid "Home"\nmsgstr "{bench.word()}"\n'
    texts.write_text(text[: text.index('msgid "Home"')] + said, encoding="utf-8")
    return f"catalogue: {said!r}"


def change_a_locked_version(bench: Bench) -> str:
    text = bench.lock.read_text(encoding="utf-8")
    library = bench.chance.choice(["jinja2", "markdown", "tzdata", "msgspec"])
    bench.made += 1
    mark = f"{library}=="
    start = text.index(f"\n{mark}") + 1 + len(mark)
    end = min(at for at in (text.find(" ", start), text.find("\n", start), text.find("\\", start)) if at > 0)
    bench.lock.write_text(f"{text[:start]}9.{bench.made}{text[end:]}", encoding="utf-8")
    bench.forget()
    return f"{library} {bench.made}"


def change_the_clinic(bench: Bench) -> str:
    before, after = bench.chance.choice(
        [
            ("name: Example Clinic\n", f"name: Clinic of {bench.word()}\n"),
            ('number: "+15035550100"', 'number: "+15035550142"'),
            ("accent: ", f'accent: "#0{bench.chance.randrange(10)}5f6b" # '),
            ("navigation: [conditions, ", "navigation: ["),
            ("  lower-back: Lower back", f"  lower-back: {bench.word().capitalize()}"),
            ("timezone: America/Los_Angeles", "timezone: Asia/Tokyo"),
            ("language: en\n", "language: es\n"),
            ("clinical_review: shown", "clinical_review: required"),
            ("      monday: 08:00-17:00", f"      tuesday: 08:00-1{bench.chance.randrange(10)}:00"),
        ]
    )
    file = bench.world.page("clinic.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    return f"clinic.yaml: {after!r}"


def change_the_address(bench: Bench) -> str:
    bench.told(url=bench.chance.choice(URLS))
    return f"the setting SITEURL: {bench.world.settings.url}"


def let_time_pass(bench: Bench) -> str:
    bench.told(now=bench.chance.choice(MOMENTS))
    return f"now is {bench.world.settings.now}"


def change_a_picture(bench: Bench) -> str:
    colour = tuple(bench.chance.randrange(256) for _ in range(3))
    picture = io.BytesIO()
    Image.new("RGB", (bench.chance.choice([20, 400]), 10), colour).save(picture, "PNG")
    name = bench.chance.choice(["images/walk.png", "images/walk.png", "images/new.png"])
    data = picture.getvalue()
    if bench.chance.random() < 0.2:
        data = data[: bench.chance.randrange(len(data))]
    bench.world.page(name).write_bytes(data)
    return f"{name} is {len(data)} bytes of {colour}"


def change_a_download(bench: Bench) -> str:
    """Another form, or one that can't be offered any more."""
    what = bench.chance.choice(["good", "a link", "a script of a page"])
    bench.world.page("files/language-card.pdf").write_bytes(pdf(what) + f"%{bench.word()}\n".encode())
    return f"download with {what}"


def touch_everything(bench: Bench) -> str:
    moment = bench.chance.choice([0, 1_000_000_000, 4_000_000_000])
    for path in (*bench.world.content.rglob("*"), *bench.world.output.rglob("*")):
        os.utime(path, (moment, moment))
    return f"every file is of {moment}"


def delete_the_cache(bench: Bench) -> str:
    shutil.rmtree(bench.world.settings.cache, ignore_errors=True)
    return "no cache"


def spoil_the_cache(bench: Bench) -> str:
    files = [path for path in sorted(bench.world.settings.cache.rglob("*")) if path.is_file()]
    if not files:
        return "no cache to spoil"
    file = bench.chance.choice(files)
    data = bytearray(file.read_bytes())
    how = bench.chance.choice(["cut", "emptied", "scribbled over", "random"])
    if how == "cut":
        data = data[: bench.chance.randrange(len(data) + 1)]
    elif how == "emptied":
        data = bytearray()
    elif how == "random":
        data = bytearray(bench.chance.randbytes(len(data) or 10))
    else:
        for _ in range(20 if data else 0):
            data[bench.chance.randrange(len(data))] ^= 1 << bench.chance.randrange(8)
    file.write_bytes(data)
    return f"cache: {file.name} {how}"


def take_a_foreign_cache(bench: Bench) -> str:
    """A cache that another site filled, and what it remembers of its own output, in the place of ours."""
    root = bench.world.settings.content.parent / f"elsewhere-{bench.made}"
    bench.made += 1
    other = small_world(root)
    other.change("pages/home.md", "We treat back pain.", "We treat your neck.")
    other.told(now=bench.chance.choice(MOMENTS)).build()
    own = [path.name for path in sorted((bench.world.settings.cache / "outputs").glob("*.msgpack"))]
    shutil.rmtree(bench.world.settings.cache, ignore_errors=True)
    shutil.copytree(other.settings.cache, bench.world.settings.cache)
    for path in sorted((bench.world.settings.cache / "outputs").glob("*.msgpack")):
        path.rename(path.with_name(own[0] if own else path.name))
    return "a cache from another site"


def spoil_the_output(bench: Bench) -> str:
    files = [path for path in sorted(bench.world.output.rglob("*")) if path.is_file()]
    if not files:
        return "no output to spoil"
    file = bench.chance.choice(files)
    how = bench.chance.choice(["deleted", "cut", "same size, other bytes", "longer", "a folder now"])
    data = file.read_bytes()
    if how == "deleted":
        file.unlink()
    elif how == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif how == "same size, other bytes":
        file.write_bytes(bytes(byte ^ 1 for byte in data))
    elif how == "longer":
        file.write_bytes(data + b" ")
    else:
        file.unlink()
        (file / "inner").mkdir(parents=True)
    return f"output: {file.relative_to(bench.world.output)} {how}"


def lose_the_output(bench: Bench) -> str:
    """As on a runner of CI, which brings the cache along and nothing else."""
    shutil.rmtree(bench.world.output, ignore_errors=True)
    return "no output"


def spoil_the_manifest(bench: Bench) -> str:
    file = bench.world.output / bench.chance.choice(["manifest.json", "build.json"])
    if not file.is_file():
        return "no manifest to spoil"
    text = bench.chance.choice([None, b"", b"{}", b"\xff\xfe", b'{"site": "https://x.example/", "files": {'])
    if text is None:
        file.unlink()
    else:
        file.write_bytes(text)
    return f"{file.name} is {text!r}"


EDITS: tuple[Callable[[Bench], str], ...] = (
    *(
        edit_a_body,
        cut_a_page_short,
        break_a_page,
        set_a_field,
        set_a_field,
        rename_a_source,
        rename_a_page,
        delete_a_page,
    ),
    *(add_a_page, change_a_template, change_a_stylesheet, change_a_filter, change_a_catalogue),
    *(change_a_locked_version, change_the_clinic, change_the_address, let_time_pass, let_time_pass),
    *(change_a_picture, change_a_download, touch_everything, delete_the_cache, spoil_the_cache),
    *(take_a_foreign_cache, spoil_the_output, lose_the_output, spoil_the_manifest),
)
"""All that can happen between two builds; what happens most stands here twice."""
