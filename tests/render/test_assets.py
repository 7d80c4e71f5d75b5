"""Static files get names that hold their hash; the accent becomes legible."""

import gzip
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.assets import AssetProblem, BuiltAssets, build_assets
from clinic.cache import Cache
from clinic.colour import (
    DARK,
    DARK_CONTRAST,
    LIGHT,
    MORE_CONTRAST,
    TEXT_CONTRAST,
    accent,
    contrast,
    read_colour,
    written,
)

TEAL = "#0b5f6b"


@pytest.fixture
def static(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    (folder / "icons").mkdir(parents=True)
    (folder / "icons" / "tick.svg").write_text('<svg color="#0b5f6b"/>', encoding="utf-8")
    (folder / "style").mkdir()
    (folder / "style" / "1.css").write_text(
        "/* why */\n.a > .b , .c {\n  background : url(../icons/tick.svg) ;\n}\n", encoding="utf-8"
    )
    (folder / "style" / "2.css").write_text(
        '@media print { .d :hover { margin: calc(1px + 2px) 0; background: url( "../icons/tick.svg" ) } }\n',
        encoding="utf-8",
    )
    (folder / ".hidden").write_text("no", encoding="utf-8")
    return folder


def bodies(static: Path, code_css: str = "") -> dict[str, bytes]:
    return {asset.key: asset.body for asset in build_assets(static, accent=TEAL, prefix="/", code_css=code_css).files}


def test_names_hold_the_hash_of_what_the_files_hold(static: Path) -> None:
    built = build_assets(static, accent=TEAL, prefix="/clinic/", extra={"logo.png": b"picture"})
    assert set(built.addresses) == {"icons/tick.svg", "logo.png", "style.css"}
    for asset in built.files:
        assert hashlib.blake2b(asset.body, digest_size=8).hexdigest() in asset.key
        assert asset.key.startswith("a/")
        assert f"/clinic/{asset.key}" in built.addresses.values()
    types = {
        name: next(a.content_type for a in built.files if f"/clinic/{a.key}" == built.address(name))
        for name in built.addresses
    }
    assert types == {
        "icons/tick.svg": "image/svg+xml; charset=utf-8",
        "logo.png": "image/png",
        "style.css": "text/css; charset=utf-8",
    }


def test_addresses_in_a_stylesheet_are_rewritten_before_it_is_hashed(static: Path) -> None:
    built = bodies(static)
    (icon,) = [key for key in built if key.endswith(".svg")]
    (style,) = [key for key in built if key.endswith(".css")]
    assert built[style].count(Path(icon).name.encode()) == 2
    assert b"icons/tick.svg" not in built[style]
    (static / "icons" / "tick.svg").write_text("<svg/>", encoding="utf-8")
    (other,) = [key for key in bodies(static) if key.endswith(".css")]
    assert other != style


def test_a_stylesheet_loses_comments_and_idle_space_and_nothing_else(static: Path) -> None:
    (css,) = [
        body.decode() for key, body in bodies(static, code_css=".x { color: red }").items() if key.endswith(".css")
    ]
    assert "why" not in css
    assert ".a > .b,.c{" in css
    assert ".d :hover{margin: calc(1px + 2px) 0;" in css
    assert css.index("--accent") < css.index(".a > .b") < css.index(".d :hover") < css.index(".x{")


def test_a_cache_gives_what_would_be_made(static: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def built(accent: str = TEAL, prefix: str = "/", code_css: str = "", logo: bytes = b"") -> BuiltAssets:
        with Cache(tmp_path / "cache") as cache:
            return build_assets(
                static,
                accent=accent,
                prefix=prefix,
                code_css=code_css,
                extra={"logo.png": logo} if logo else {},
                cache=cache,
            )

    first = built()
    assert first == build_assets(static, accent=TEAL, prefix="/")
    with monkeypatch.context() as idle:
        idle.setattr("clinic.assets._built", lambda *_: pytest.fail("made again"))
        assert built() == first
    others = [
        built(accent="#7a1f3d"),
        built(prefix="/clinic/"),
        built(code_css=".c{}"),
        built(logo=b"1"),
        built(logo=b"2"),
    ]
    (static / "style" / "1.css").write_text(".other {}", encoding="utf-8")
    others.append(built())
    assert len({repr(each) for each in (first, *others)}) == 7
    with Cache(tmp_path / "cache") as cache:
        monkeypatch.setattr(cache, "get", lambda _: b"nonsense")
        assert build_assets(static, accent=TEAL, prefix="/", cache=cache) == others[-1]


def test_the_accent_reaches_stylesheet_and_icon(static: Path) -> None:
    built = {a.key.rsplit(".")[-1]: a.body.decode() for a in build_assets(static, accent="#aa0000", prefix="/").files}
    assert 'color="#aa0000"' in built["svg"]
    assert ":root{--accent:#aa0000;" in built["css"]


def test_a_pale_accent_is_darkened_for_the_stylesheet_and_the_icon_alike(static: Path) -> None:
    built = {a.key.rsplit(".")[-1]: a.body.decode() for a in build_assets(static, accent="#ffee00", prefix="/").files}
    shade = written(accent("#ffee00").light)
    assert shade != "#ffee00"
    assert f'color="{shade}"' in built["svg"]
    assert f":root{{--accent:{shade};" in built["css"]


@pytest.mark.parametrize(
    "address", ["../icons/none.svg", "https://fonts.example/a.woff2", "//x.example/a.png", "data:image/png;base64,AA"]
)
def test_a_stylesheet_takes_nothing_that_is_not_beside_it(static: Path, address: str) -> None:
    (static / "style" / "1.css").write_text(f'a{{}}\n\nb{{background:url("{address}")}}', encoding="utf-8")
    with pytest.raises(AssetProblem, match="There is no file") as caught:
        bodies(static)
    assert (caught.value.path, caught.value.line) == (static / "style" / "1.css", 3)


def test_a_file_of_an_unknown_kind_is_refused(static: Path) -> None:
    (static / "thing.exe").write_bytes(b"")
    with pytest.raises(AssetProblem, match=r'no files that end in "\.exe"'):
        bodies(static)


def test_the_themes_own_assets_build_and_stay_small() -> None:
    built = build_assets(Path(__file__).parents[2] / "theme" / "static", accent=TEAL, prefix="/")
    (css,) = [asset.body for asset in built.files if asset.key.endswith(".css")]
    assert len(gzip.compress(css, 9)) < 6000
    assert {"style.css", "icon.svg"} <= set(built.addresses)


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_every_accent_can_be_read_in_light_and_in_dark(colour: tuple[int, int, int]) -> None:
    shades = accent(written(colour))
    assert min(contrast(shades.light, ground) for ground in LIGHT) >= TEXT_CONTRAST
    assert min(contrast(shades.dark, ground) for ground in DARK) >= DARK_CONTRAST
    assert contrast(shades.light, shades.on_light) >= TEXT_CONTRAST
    assert contrast(shades.dark, shades.on_dark) >= TEXT_CONTRAST
    assert min(contrast(shades.light_more, ground) for ground in LIGHT) >= MORE_CONTRAST
    assert min(contrast(shades.dark_more, ground) for ground in DARK) >= MORE_CONTRAST
    assert contrast(shades.light_more, shades.on_light) >= MORE_CONTRAST
    assert contrast(shades.dark_more, shades.on_dark) >= MORE_CONTRAST


def test_an_accent_that_can_be_read_stays_as_it_is() -> None:
    assert written(accent(TEAL).light) == TEAL


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colour", ["red", "#12345", "#1234567", "123456", "#12345g", ""])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_colour(colour)


def test_a_second_stylesheet_is_refused(static: Path) -> None:
    (static / "other.css").write_text("a{}", encoding="utf-8")
    with pytest.raises(AssetProblem, match="one stylesheet") as caught:
        bodies(static)
    assert caught.value.path == static / "other.css"
