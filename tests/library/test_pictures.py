"""What is known of a picture from its bytes."""

import io
import struct
import zlib

import pytest
from PIL import Image

from clinic.library.pictures import DAMAGED, EMPTY, MAX_PIXELS, look_at, opened
from tests.drawn import drawing, encoded, hiding, photo

FORMATS = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")


@pytest.mark.parametrize("form", FORMATS)
def test_a_picture_is_known_by_its_bytes_whatever_its_name(form: str) -> None:
    seen = look_at("images/hills.jpg", "d", encoded(photo(90, 30), form))
    assert (seen.format, seen.width, seen.height, seen.flaw) == (form, 90, 30, "")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_photo_that_says_where_it_was_taken_is_noticed(form: str) -> None:
    assert look_at("images/a.jpg", "d", hiding(form, photo(40, 20))).located
    assert not look_at("images/a.jpg", "d", encoded(photo(40, 20), form)).located


def test_one_that_lies_on_its_side_is_measured_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = look_at("images/b.jpg", "d", encoded(photo(40, 20), "JPEG", exif=exif))
    assert (lying.width, lying.height) == (20, 40)


def test_a_photo_with_another_inside_as_phones_make_them_is_one_photo() -> None:
    body = io.BytesIO()
    photo(40, 20).save(body, "MPO", save_all=True, append_images=[photo(40, 20, seed=2)])
    assert Image.open(body).format == "MPO"
    seen = look_at("images/a.jpg", "d", body.getvalue())
    assert (seen.format, seen.width, seen.moves) == ("JPEG", 40, False)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_a_picture_that_moves_is_noticed(form: str) -> None:
    data = encoded(drawing(20, 20), form, save_all=True, append_images=[photo(20, 20)])
    assert look_at("images/a.gif", "d", data).moves
    assert not look_at("images/a.gif", "d", encoded(drawing(20, 20), form)).moves


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x.png", b"", EMPTY),
        ("x.png", b"some words", "no JPEG, PNG, WebP or GIF"),
        ("x.jpg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "drawing of the kind SVG"),
        ("x.jpg", b"\xef\xbb\xbf <SVG onload='alert(1)'/>", "drawing of the kind SVG"),
        ("x.jpg", b"<!DOCTYPE html><script>alert(1)</script>", "a web page"),
        ("x.png", b"<script>alert(1)</script>", "a program"),
        ("x.png", b"#!/bin/sh\nrm -rf /\n", "a program"),
        ("x.jpg", b"MZ\x90\0", "a program"),
        ("x.jpg", b"%PDF-1.7", "a PDF"),
        ("x.jpg", b"PK\x03\x04", "an office document"),
        ("x.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        ("x.jpg", b"II*\0\x08\0\0\0", "TIFF"),
        ("x.jpg", b"BM6\0\0\0", "BMP"),
        ("x.svg", encoded(photo(4, 4), "PNG"), "let it end in .png"),
    ],
)
def test_what_is_no_picture_is_named(name: str, data: bytes, words: str) -> None:
    seen = look_at(f"images/{name}", "d", data)
    assert not seen.readable
    assert words in seen.flaw


@pytest.mark.parametrize("form", FORMATS)
def test_one_that_was_cut_off_is_damaged(form: str) -> None:
    data = encoded(photo(200, 200), form)
    assert look_at("images/x.png", "d", data[: len(data) // 2]).flaw == DAMAGED
    assert look_at("images/x.png", "d", data[:40]).flaw == DAMAGED


def test_a_huge_picture_is_refused_before_it_is_decoded() -> None:
    data = encoded(Image.new("L", (8, 8)), "PNG")
    side = int(MAX_PIXELS**0.5) + 1
    head = data[12:16] + struct.pack(">II", side, side) + data[24:29]
    forged = data[:12] + head + struct.pack(">I", zlib.crc32(head)) + data[33:]
    assert f"{side} by {side} pixels" in look_at("images/x.png", "d", forged).flaw


def test_only_kinds_that_pages_can_show_are_ever_opened() -> None:
    with pytest.raises(ValueError, match="no picture"):
        opened(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n")
