"""What is known of pictures and downloads from their bytes."""

import io

import pytest
from PIL import Image

from clinic.cache import Cache
from clinic.library.attachments import DOWNLOADS, PICTURE_TYPES, look_at
from clinic.projections.pictures import WIDTHS, publish_picture
from clinic.source.places import ENDINGS


def test_every_file_that_the_folder_may_hold_has_a_media_type() -> None:
    assert set(DOWNLOADS) == ENDINGS["files"]


def drawn(form: str, size: tuple[int, int]) -> bytes:
    body = io.BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (45.0, 31.0, 0.0)}
    image = Image.new("RGB", size, (30, 90, 100))
    image.save(body, form, **({"exif": exif} if form in {"JPEG", "PNG", "WEBP"} else {}))
    return body.getvalue()


@pytest.mark.parametrize("form", sorted(PICTURE_TYPES))
def test_a_picture_is_published_in_a_few_widths_without_hidden_data(form: str) -> None:
    data = drawn(form, (900, 300))
    picture = look_at("images/hills.x", "d", data)
    assert (picture.format, picture.width, picture.height) == (form, 900, 300)
    sizes, files = publish_picture(picture, data, Cache(None))
    assert [width for width, _, _ in sizes.sizes] == [*(width for width in WIDTHS if width < 900), 900]
    for file in files:
        again = look_at("images/again.x", "d", file.body)
        assert again.format == form
        assert not again.located


def test_a_photo_that_says_where_it_was_taken_is_noticed_and_one_lying_on_its_side_is_set_upright() -> None:
    assert look_at("images/a.jpg", "d", drawn("JPEG", (40, 20))).located
    body = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20)).save(body, "JPEG", exif=exif)
    lying = look_at("images/b.jpg", "d", body.getvalue())
    assert (lying.width, lying.height) == (20, 40)


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\nbroken", b"<svg/>"])
def test_what_is_no_picture_is_known_to_be_none(data: bytes) -> None:
    assert not look_at("images/x.png", "d", data).readable
