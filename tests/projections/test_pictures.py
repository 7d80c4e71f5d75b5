"""How pictures are published: several formats and widths, right colours, nothing hidden, made once."""

import ast
import io
from pathlib import Path
from typing import Literal

import msgspec
import pytest
from PIL import ExifTags, Image, ImageCms

from clinic import crew
from clinic.cache import Cache
from clinic.library.audience import Audience
from clinic.library.pictures import FILES, look_at
from clinic.output import OutputFault
from clinic.projections import encoding, pictures
from clinic.projections.encoding import FLAT, MOST_HEAVIER, Encoded, encode, flatness
from clinic.projections.pictures import WIDTHS, recipe
from tests.drawn import SECRETS, drawing, encoded, hiding, photo, sixteen_bits
from tests.laws.world import World, difference, files_of, small_world

HOME = "pages/home.md"


def made(data: bytes, *widths: int) -> tuple[Encoded, ...]:
    """The files of a picture at its own width, or at those named."""
    seen = look_at("images/a.png", "d", data)
    assert seen.readable, seen.flaw
    return encode(data, seen.width, seen.height, widths or [seen.width])


def shown(one: Encoded) -> Image.Image:
    """What a browser makes of a file."""
    return Image.open(io.BytesIO(one.body))


def colour(one: Encoded, x: int = 20, y: int = 20) -> tuple[int, ...]:
    """The red, green, blue and opacity of a pixel, 0 to 255."""
    found = shown(one).convert("RGBA").getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def endings(files: tuple[Encoded, ...]) -> list[str]:
    return list(dict.fromkeys(file.ending for file in files))


def test_a_photo_becomes_avif_webp_and_jpeg_the_lightest_first() -> None:
    files = made(encoded(photo(720, 480), "PNG"), 360, 720)
    assert [(file.ending, file.width, file.height) for file in files] == [
        (ending, width, height) for ending in ("avif", "webp", "jpg") for width, height in ((360, 240), (720, 480))
    ]
    weights = [sum(len(file.body) for file in files if file.ending == ending) for ending in endings(files)]
    assert weights == sorted(weights)
    for file in files:
        assert shown(file).size == (file.width, file.height)


def test_a_drawing_keeps_png_and_what_is_clear_stays_so() -> None:
    assert endings(made(encoded(drawing(600, 400), "PNG")))[-1] == "png"
    for form in ("PNG", "WEBP", "GIF"):
        files = made(encoded(drawing(600, 400, clear=True), form))
        assert endings(files)[-1] == "png"
        for file in files:
            assert colour(file, 599, 0)[3] == 0, file.ending


def test_a_photo_with_a_clear_part_is_png_for_old_browsers_and_small_for_the_others() -> None:
    image = photo(300, 300, "RGBA")
    image.putalpha(Image.linear_gradient("L").resize((300, 300)))
    files = made(encoded(image, "PNG"))
    assert endings(files) == ["avif", "webp", "png"]
    assert 4 * len(files[0].body) < len(files[-1].body)


def test_a_picture_is_told_from_a_drawing_by_its_own_pixels() -> None:
    assert flatness(drawing(400, 300)) > FLAT > 2 * flatness(photo(400, 300))
    noisy = encoded(photo(400, 300), "PNG")
    assert len(noisy) > MOST_HEAVIER * len(made(noisy)[-1].body), "as PNG it would weigh too much"
    assert endings(made(encoded(drawing(400, 300), "JPEG", quality=95)))[-1] == "jpg", "JPEG has hurt it already"


def test_a_format_that_would_weigh_more_is_not_offered() -> None:
    """A reader's browser takes the first that it knows."""
    for data in (encoded(drawing(16, 16), "PNG"), encoded(Image.new("RGB", (2, 2), "red"), "PNG")):
        files = made(data)
        weights = [len(file.body) for file in files]
        assert weights == sorted(weights)
    assert "avif" not in endings(made(encoded(Image.new("RGB", (2, 2), "red"), "PNG")))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_nothing_hidden_is_published(form: str) -> None:
    data = hiding(form, photo(300, 200))
    assert any(secret.encode() in data for secret in SECRETS)
    for file in made(data, 150, 300):
        assert not any(secret.encode() in file.body for secret in SECRETS), file.ending
        picture = shown(file)
        assert not picture.getexif()
        assert not set(picture.info) & {"exif", "xmp", "comment", "icc_profile", "XML:com.adobe.xmp", "Comment"}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright(orientation: int) -> None:
    """The mark, red, is at the upper left once the picture stands as its Exif says."""
    upright = Image.new("RGB", (80, 40), "white")
    upright.paste("red", (0, 0, 20, 20))
    back = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    stored = upright.transpose(back) if back is not None else upright
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    for file in made(encoded(stored, "PNG", exif=exif)):
        assert (file.width, file.height) == (80, 40)
        red, green, _ = colour(file, 8, 8)[:3]
        assert (red > 180, green < 80) == (True, True), file.ending


def close(one: tuple[int, ...], other: tuple[int, ...], within: int = 12) -> bool:
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


def profile(name: Literal["LAB", "XYZ", "sRGB"]) -> bytes:
    """An ICC profile by its name, as LittleCMS makes them."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()


def wide_gamut() -> bytes:
    """The sRGB profile with its red and green exchanged: as wrong as a wrong profile can look, and easy to see."""
    data = bytearray(profile("sRGB"))
    count = int.from_bytes(data[128:132], "big")
    places = {bytes(data[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red, green = places[b"rXYZ"], places[b"gXYZ"]
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data).replace("sRGB".encode("utf-16-be"), "Wide".encode("utf-16-be")).replace(b"sRGB ", b"Wide ")


def test_colours_are_those_of_the_pictures_own_profile() -> None:
    red = Image.new("RGB", (40, 40), (220, 20, 20))
    for form in ("PNG", "JPEG", "WEBP"):
        for file in made(encoded(red, form, icc_profile=wide_gamut())):
            red_part, green, blue = colour(file)[:3]
            assert green > 200 > 60 > max(red_part, blue), (form, file.ending)
        for file in made(encoded(red, form, icc_profile=profile("sRGB"))):
            assert close(colour(file)[:3], (220, 20, 20))


def test_a_clear_picture_with_a_profile_keeps_both() -> None:
    image = Image.new("RGBA", (40, 40), (220, 20, 20, 0))
    image.paste((220, 20, 20, 255), (0, 0, 20, 40))
    for file in made(encoded(image, "PNG", icc_profile=wide_gamut())):
        assert colour(file, 35)[3] == 0
        assert colour(file, 5)[1] > 200


def test_a_profile_that_is_no_use_does_no_harm() -> None:
    for useless in (b"no profile", profile("sRGB")[:80], profile("LAB")):
        for file in made(encoded(Image.new("RGB", (40, 40), (220, 20, 20)), "JPEG", icc_profile=useless)):
            assert close(colour(file)[:3], (220, 20, 20))


def test_a_picture_for_printers_is_shown_in_the_colours_of_screens() -> None:
    data = encoded(Image.new("CMYK", (40, 40), (0, 230, 230, 10)), "JPEG")
    assert Image.open(io.BytesIO(data)).mode == "CMYK"
    for file in made(data):
        red, green, blue = colour(file)[:3]
        assert shown(file).mode == "RGB"
        assert red > 180 > 80 > max(green, blue)


def test_grey_palettes_sixteen_bits_and_one_bit_look_as_they_should() -> None:
    for file in made(encoded(Image.new("L", (40, 40), 90), "JPEG")):
        assert close(colour(file)[:3], (90, 90, 90))
    palette = Image.new("RGB", (40, 40), (11, 95, 107)).quantize(4)
    for file in made(encoded(palette, "PNG"), 20, 40):
        assert close(colour(file, 10, 10)[:3], (11, 95, 107))
    for file in made(sixteen_bits([[0x8080] * 40] * 40)):
        assert close(colour(file)[:3], (128, 128, 128))
    for file in made(encoded(Image.new("1", (40, 40), 1), "PNG")):
        assert close(colour(file)[:3], (255, 255, 255))
    keyed = Image.new("RGB", (40, 40), (1, 2, 3))
    for file in made(encoded(keyed, "PNG", transparency=(1, 2, 3))):
        assert colour(file)[3] == 0


def test_of_a_picture_that_moves_the_first_image_is_shown() -> None:
    red, blue = Image.new("RGB", (40, 40), "red"), Image.new("RGB", (40, 40), "blue")
    for form in ("GIF", "WEBP", "PNG"):
        for file in made(encoded(red, form, save_all=True, append_images=[blue])):
            assert getattr(shown(file), "n_frames", 1) == 1
            assert close(colour(file)[:3], (255, 0, 0))


def test_a_huge_photo_is_not_decoded_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(photo(1000, 700).resize((4000, 2800)), "JPEG")
    decoded: list[tuple[int, int]] = []
    real = encoding._eight_bits

    def watched(image: Image.Image) -> Image.Image:
        decoded.append(image.size)
        return real(image)

    monkeypatch.setattr(encoding, "_eight_bits", watched)
    assert {file.width for file in made(data, 360, 1080)} == {360, 1080}
    assert decoded == [(2000, 1400)]


@pytest.mark.parametrize(
    ("width", "expected"), [(2000, [360, 720, 1080]), (1080, [360, 720, 1080]), (800, [360, 800]), (500, [360, 500]),
                            (370, [370]), (100, [100])]
)  # fmt: skip
def test_no_picture_is_made_larger_or_nearly_twice(width: int, expected: list[int]) -> None:
    assert max(WIDTHS) == 1080
    seen = look_at("images/a.png", "d", encoded(Image.new("L", (width, 10)), "PNG"))
    assert list(pictures._widths(seen)) == expected


# What a build publishes


@pytest.fixture
def world(tmp_path: Path) -> World:
    return small_world(tmp_path, audience=Audience.PATIENTS)


def put(world: World, name: str, data: bytes, *, on: str | None = HOME) -> None:
    """Puts a picture into the content folder, and onto a page."""
    world.page(f"images/{name}").write_bytes(data)
    if on:
        page = world.page(on)
        page.write_text(f"{page.read_text()}\n![What it shows](../images/{name})\n")


def published(world: World) -> dict[str, bytes]:
    """The published pictures."""
    world.build()
    return {key: body for key, body in files_of(world.output).items() if key.startswith("images/")}


def test_a_file_is_named_by_its_picture_its_width_and_what_it_holds(world: World) -> None:
    put(world, "hills.png", encoded(photo(400, 300), "PNG"))
    manifest = world.build().written.manifest
    files = [key for key in manifest.files if key.startswith("images/hills.")]
    assert {key.split(".")[1] for key in files} == {"400"}
    for key in files:
        name, width, digest, ending = key.split(".")
        file = manifest.files[key]
        assert (name, file.sha256[:12], file.role) == ("images/hills", digest, "asset")
        assert "immutable" in file.cache_control
        assert Image.open(io.BytesIO((world.output / key).read_bytes())).width == int(width)
        assert file.content_type == {"jpg": "image/jpeg"}.get(ending, f"image/{ending}")


def test_no_original_and_none_of_its_bytes_is_published(world: World) -> None:
    for form in ("JPEG", "PNG", "WEBP", "AVIF"):
        put(world, f"hills-{form.lower()}.{form.lower()}", hiding(form, photo(500, 300)))
    originals = {path.read_bytes() for path in (world.content / "images").iterdir()}
    world.build()
    for key, body in files_of(world.output).items():
        assert body not in originals, key
        assert not any(secret.encode() in body for secret in SECRETS), key


def test_only_what_a_page_shows_is_published(world: World) -> None:
    put(world, "draft.png", encoded(photo(30, 30), "PNG"), on="pages/plans.md")
    put(world, "unused.png", encoded(photo(31, 31), "PNG"), on=None)
    put(world, "home.png", encoded(photo(32, 32), "PNG"))
    names = {key.split(".")[0] for key in published(world)}
    assert names == {"images/home", "images/walk"}
    for_editors = world.told(audience=Audience.EDITORS)
    assert {key.split(".")[0] for key in published(for_editors)} == {"images/home", "images/walk", "images/draft"}


def test_two_originals_that_are_the_same_are_made_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(photo(60, 40), "PNG")
    calls = counted(monkeypatch)
    put(world, "a.png", data)
    put(world, "b.png", data)
    names = {key.split(".")[0] for key in published(world)}
    assert names >= {"images/a", "images/b"}
    assert len(calls) == 2, "this one, and that of the good site"


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one with each picture that is encoded."""
    calls: list[int] = []

    def one_more(data: bytes, *rest: object) -> tuple[Encoded, ...]:
        calls.append(len(data))
        return encode(data, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pictures, "encode", one_more)
    return calls


def test_a_picture_is_made_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    put(world, "a.png", encoded(photo(60, 40), "PNG"))
    calls = counted(monkeypatch)
    before = published(world)
    assert len(calls) == 2
    calls.clear()
    world.change(HOME, "We treat back pain.", "We treat your back.")
    assert published(world) == before
    world.into(world.output.parent / "again", world.settings.cache).build()
    assert calls == [], "another output, or another text: the same pictures"
    put(world, "b.png", encoded(photo(61, 41), "PNG"))
    published(world)
    assert len(calls) == 1


@pytest.mark.parametrize("how", ["record", "bodies", "one body", "all"])
def test_what_the_cache_lost_is_made_again(how: str, world: World) -> None:
    put(world, "a.png", encoded(photo(60, 40), "PNG"))
    before = published(world)
    cache = world.settings.cache
    bodies = sorted((cache / "bodies").rglob("*/*"))
    if how in {"record", "all"}:
        (cache / "values.sqlite").unlink()
    for body in bodies if how in {"bodies", "all"} else bodies[:1] if how == "one body" else []:
        body.write_bytes(b"spoilt")
    for key in before:
        (world.output / key).unlink()
    assert published(world) == before


def test_what_another_machine_remembered_is_forgotten(world: World) -> None:
    put(world, "a.png", encoded(photo(60, 40), "PNG"))
    with Cache(world.settings.cache) as cache:
        site, _ = world.site(cache)
    with Cache(world.settings.cache) as cache:
        library = site.library
        task = pictures._task(library.pictures["images/a.png"], (60,), recipe())
        foreign = [pictures._Made("jpg", 60, 40, "ab" * 32)]
        cache.put(task.key, msgspec.msgpack.encode(foreign))
    with pytest.raises(OutputFault, match="Run the same command again"):
        world.build()
    assert any(key.startswith("images/a.60.") for key in published(world))


def test_how_many_hands_there_are_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for hands in (1, 2, 4):
        world = small_world(tmp_path / str(hands))
        for number in range(5):
            put(world, f"p{number}.png", encoded(photo(120 + number, 80, seed=number), "PNG"))
        monkeypatch.setattr(crew, "hands", lambda hands=hands: hands)
        world.build()
        found.append(files_of(world.output))
    assert difference(found[0], found[1]) == []
    assert difference(found[0], found[2]) == []


def test_a_picture_depends_on_its_original_and_on_how_it_is_made_alone() -> None:
    """What the encoder imports of the generator is what its key tells of."""
    files = [Path(encoding.__file__), *FILES]
    named = {f"clinic.{'.'.join(file.with_suffix('').parts[-2:])}" for file in files}
    for file in (file for file in files if file.suffix == ".py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("clinic"):
                imported = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
                assert imported & named, f"{file.name} imports {node.module}, which no key tells of"


def test_the_recipe_tells_of_the_libraries() -> None:
    assert "pillow=" in recipe()
    assert "None" not in recipe(), "every library that shapes a picture is there"
