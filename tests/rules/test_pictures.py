"""Pictures: their descriptions, where they are looked for, and what their files hold."""

import io
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from tests.harness import Checked, checked, good_site

PAGE = "conditions/low-back-pain.md"
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
     "A picture of a hill", "An image showing a hill", "photo"],
)  # fmt: skip
def test_a_poor_description_is_found(alt: str, tmp_path: Path) -> None:
    assert with_picture(tmp_path, f"![{alt}](../images/walk.png)").codes() == ["IMG006"]


@pytest.mark.parametrize("alt", ["A photographer on a path", "Imaging room", "The image shows where the needle goes"])
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


def test_a_file_that_no_page_shows_may_be_anything(tmp_path: Path) -> None:
    site = good_site(tmp_path)
    (site / "images" / "notes.png").write_bytes(b"This is not a picture.")
    assert checked(site).problems == ()


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
