"""Pictures: their descriptions, where they are looked for, and what their files hold."""

import io
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from clinic.problems import Severity
from tests.harness import Checked, checked, good_site

PAGE = "conditions/low-back-pain.md"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
PICTURE = "![A person walks on a flat path.](../images/walk.png)"


def with_picture(tmp_path: Path, written: str) -> Checked:
    site = good_site(tmp_path)
    text = (site / PAGE).read_text()
    (site / PAGE).write_text(text.replace(PICTURE, written))
    return checked(site)


def replacing(tmp_path: Path, data: bytes, name: str = "walk.png") -> Checked:
    site = good_site(tmp_path)
    (site / "images" / name).write_bytes(data)
    if name != "walk.png":
        (site / "images" / "walk.png").unlink()
        text = (site / PAGE).read_text()
        (site / PAGE).write_text(text.replace("walk.png", name))
    return checked(site)


def drawn(width: int, height: int, **how: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (width, height)).save(buffer, "PNG", **how)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "written", ["![](../images/walk.png){.decorative}", "![A hill](../images/walk.png)", "![walk](../images/walk.png)"]
)
def test_what_is_described_or_decoration_passes(written: str, tmp_path: Path) -> None:
    assert with_picture(tmp_path, written).problems == ()


@pytest.mark.parametrize(
    "alt",
    ["walk.png", "IMG_2041", "DSC00017", "Screenshot 2026-11-02", "image1", "Photo of a hill", "image of a hill",
     "A picture of a hill", "An image showing a hill", "photo", "This chart shows how", "Drawing: a hill", "hill jpeg",
     "hill_final", "Path-v3", "Screen Shot 2026-01-02 at 9.41.07 AM"],
)  # fmt: skip
def test_a_poor_description_is_found(alt: str, tmp_path: Path) -> None:
    assert with_picture(tmp_path, f"![{alt}](../images/walk.png)").codes() == ["IMG006"]


@pytest.mark.parametrize(
    "alt",
    [
        "A photographer on a path",
        "Imaging room",
        "The image shows where the needle goes",
        "X-ray of a knee",
        "A well-kept path",
    ],
)
def test_a_description_that_only_looks_poor_passes(alt: str, tmp_path: Path) -> None:
    assert with_picture(tmp_path, f"![{alt}](../images/walk.png)").problems == ()


@pytest.mark.parametrize(
    ("target", "mended"),
    [
        ("../images/Walk.png", "../images/walk.png"),
        ("../images/walk.PNG", "../images/walk.png"),
        ("../Images/walk.png", "../images/walk.png"),
        ("images/walk.png", "../images/walk.png"),
        ("../images/wlak.png", None),
        ("../images/brain.png", None),
    ],
)
def test_a_missing_picture_is_mended_where_one_file_must_be_meant(
    target: str, mended: str | None, tmp_path: Path
) -> None:
    (problem,) = with_picture(tmp_path, f"![A path]({target})").problems
    assert (problem.code, problem.replacement, problem.span.line) == ("IMG002", mended, 43)
    assert problem.span.end_column - problem.span.column == len(target)


def test_the_nearest_name_is_offered(tmp_path: Path) -> None:
    (problem,) = with_picture(tmp_path, "![A path](../images/wlak.png)").problems
    assert problem.hint == 'Did you mean "../images/walk.png"?'


@pytest.mark.parametrize("data", [b"", b"This is not a picture.", drawn(8, 8)[:20]])
def test_a_file_that_is_no_picture_holds_the_page_that_shows_it(data: bytes, tmp_path: Path) -> None:
    (problem,) = replacing(tmp_path, data).problems
    assert (problem.code, problem.path) == ("IMG003", PAGE)


def test_a_file_that_no_page_shows_is_told_of_and_holds_nothing_back(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    (site / "images" / "notes.png").write_bytes(b"This is not a picture.")
    (site / "images" / "cut.png").write_bytes(drawn(80, 80)[:40])
    (site / "images" / "spine.svg").write_text(f"{SVG}\n<path/>\n<script/></svg>")
    (site / "images" / "fine.png").write_bytes(drawn(8, 8))
    found = [(problem.code, problem.path, problem.severity, problem.span.line) for problem in checked(site).problems]
    assert found == [
        ("IMG003", "images/cut.png", Severity.WARNING, 1),
        ("IMG009", "images/fine.png", Severity.INFO, 1),
        ("IMG003", "images/notes.png", Severity.WARNING, 1),
        ("IMG007", "images/spine.svg", Severity.WARNING, 3),
    ]


def test_what_a_draft_shows_is_not_unused(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    (site / "images" / "draft.png").write_bytes(drawn(8, 8))
    page = site / "pages" / "plans.md"
    assert "status: draft" in page.read_text()
    page.write_text(f"{page.read_text()}\n![What we plan](../images/draft.png)\n")
    assert checked(site).problems == ()


DISGUISES = [
    (b"<!doctype html><script>alert(1)</script>", "walk.png", "IMG003", "a web page"),
    (b"#!/bin/sh\n", "walk.jpg", "IMG003", "a program"),
    (f"{SVG}<script>alert(1)</script></svg>".encode(), "walk.jpg", "IMG003", "SVG under another name"),
    (f"{SVG}<script>alert(1)</script></svg>".encode(), "walk.svg", "IMG007", "a script (line 1)"),
    (f"{SVG}<image href='https://example.org/x.png'/></svg>".encode(), "walk.svg", "IMG007", "another picture"),
    (drawn(80, 80), "walk.svg", "IMG007", "let it end in .png"),
    (b"%PDF-1.4", "walk.png", "IMG003", "a PDF"),
]


@pytest.mark.parametrize(("data", "name", "code", "words"), DISGUISES)
def test_what_is_in_disguise_holds_the_page_that_shows_it(
    data: bytes, name: str, code: str, words: str, tmp_path: Path
) -> None:
    (problem,) = replacing(tmp_path, data, name).problems
    assert (problem.code, problem.path, problem.span.line) == (code, PAGE, 43)
    assert problem.severity is Severity.ERROR
    assert words in problem.message


def test_a_good_picture_with_the_ending_of_another_and_a_plain_drawing_are_shown(tmp_path: Path) -> None:
    assert replacing(tmp_path / "a", drawn(8, 8), "walk.jpg").problems == ()
    assert replacing(tmp_path / "b", f"{SVG}<path d='M0 0h9'/></svg>".encode(), "walk.svg").problems == ()


@pytest.mark.parametrize("name", ["walk.png", "spine.svg"])
def test_a_logo_that_can_not_be_shown_is_an_error_of_clinic_yaml(name: str, tmp_path: Path) -> None:
    site = good_site(tmp_path)
    (site / "images" / "spine.svg").write_text(f"{SVG}<script/></svg>")
    (site / "images" / "walk.png").write_bytes(b"<script>")
    file = site / "clinic.yaml"
    file.write_text(f"{file.read_text()}logo: {name}\n")
    found = [problem for problem in checked(site).problems if problem.path == "clinic.yaml"]
    assert [problem.code for problem in found] == ["IMG007" if name.endswith("svg") else "IMG003"]
    assert found[0].span.line == len(file.read_text().splitlines())


def test_a_huge_file_is_never_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.library.pictures.LARGEST", 5_000)
    (problem,) = replacing(tmp_path, drawn(80, 80) + b"\0" * 6_000).problems
    assert (problem.code, problem.path) == ("IMG003", PAGE)
    assert "far too large" in problem.message


def test_a_picture_that_moves_is_told_of(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("L", (8, 8)).save(buffer, "GIF", save_all=True, append_images=[Image.new("L", (8, 8), 255)])
    (problem,) = replacing(tmp_path, buffer.getvalue(), "walk.gif").problems
    assert (problem.code, problem.path) == ("IMG010", "images/walk.gif")


def test_a_large_file_is_found(tmp_path: Path) -> None:
    (problem,) = replacing(tmp_path, drawn(8, 8) + b"\0" * 2_000_000).problems
    assert (problem.code, problem.path) == ("IMG004", "images/walk.png")
    assert "2.0 MB" in problem.message


@pytest.mark.parametrize(("width", "height", "codes"), [(4001, 2, ["IMG004"]), (2, 4001, ["IMG004"]), (4000, 2, [])])
def test_a_wide_or_high_picture_is_found(width: int, height: int, codes: list[str], tmp_path: Path) -> None:
    assert replacing(tmp_path, drawn(width, height)).codes() == codes


def test_a_picture_that_says_where_it_was_taken_is_found(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    exif[ExifTags.Base.GPSInfo] = {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (45.0, 31.0, 0.0)}
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "JPEG", exif=exif)
    (problem,) = replacing(tmp_path, buffer.getvalue(), "walk.jpg").problems
    assert (problem.code, problem.path) == ("IMG005", "images/walk.jpg")


def clinician(tmp_path: Path, photo: str) -> Checked:
    site = good_site(tmp_path)
    file = site / "clinicians" / "dr-example.md"
    file.write_text(file.read_text().replace("role: Physician\n", f"role: Physician\n{photo}"))
    return checked(site)


@pytest.mark.parametrize("name", ["walk.png", "images/walk.png", "../images/walk.png"])
def test_a_photo_may_be_named_with_or_without_its_folder(name: str, tmp_path: Path) -> None:
    assert clinician(tmp_path, f"photo:\n  file: {name}\n  alt: Dr. Example\n").problems == ()


def test_a_photo_that_is_not_there_is_found(tmp_path: Path) -> None:
    (problem,) = clinician(tmp_path, "photo:\n  file: images/Walk.png\n  alt: Dr. Example\n").problems
    assert (problem.code, problem.span.line, problem.replacement) == ("IMG002", 7, "images/walk.png")


def test_a_photo_s_description_is_judged(tmp_path: Path) -> None:
    (problem,) = clinician(tmp_path, "photo:\n  file: walk.png\n  alt: Photo of Dr. Example\n").problems
    assert (problem.code, problem.span.line) == ("IMG006", 8)


def test_a_logo_that_is_not_there_is_found(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    file = site / "clinic.yaml"
    file.write_text(file.read_text() + "logo: log.png\n")
    (problem,) = checked(site).problems
    assert (problem.code, problem.path) == ("IMG002", "clinic.yaml")
    file.write_text(file.read_text().replace("log.png", "walk.png"))
    assert checked(site).problems == ()
