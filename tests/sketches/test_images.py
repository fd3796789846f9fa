"""Checking and re-encoding of pictures."""

import io
import tracemalloc
import zlib

import pytest
from PIL import Image, ImageDraw, PngImagePlugin

from apps.sketches.images import STORED_SIDE, prepare
from apps.sketches.structure import ImageRefused
from tests.factories.sketches import picture_bytes
from tests.sketches.hostile import HOSTILE, chunk, png_of_size


def prepared(data, name="a.png"):
    return prepare(io.BytesIO(data), name)


def opened(data):
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_refused_with_a_reason(kind):
    data, name, code = HOSTILE[kind]

    with pytest.raises(ImageRefused) as refused:
        prepared(data, name)

    assert refused.value.code == code
    assert refused.value.field == "file"
    assert len(str(refused.value.message)) > 10


def test_there_are_twenty_kinds_of_hostile_files():
    assert len(HOSTILE) >= 20


def test_a_bomb_is_refused_without_being_unpacked():
    data = png_of_size(30_000, 30_000)
    tracemalloc.start()

    with pytest.raises(ImageRefused):
        prepared(data)

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_text_bomb_in_a_png_never_reaches_the_decoder():
    bomb = chunk(b"zTXt", b"x\0\0" + zlib.compress(b"A" * 80_000_000, 9))
    plain = picture_bytes("PNG")
    data = plain[:33] + bomb + plain[33:]

    assert prepared(data).width == 64


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "L"),
        ("PNG", "LA"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("WEBP", "RGB"),
        ("WEBP", "RGBA"),
    ],
)
def test_every_usual_kind_becomes_plain_rgb(kind, mode):
    result = prepared(picture_bytes(kind, (64, 48), mode))

    image = opened(result.image)
    assert (image.mode, image.size) == ("RGB", (64, 48))
    assert image.format == ("JPEG" if kind == "JPEG" else "PNG")
    assert opened(result.thumbnail).format == "JPEG"
    assert result.extension == (".jpg" if kind == "JPEG" else ".png")


def test_sixteen_bits_are_scaled_not_cut_off():
    result = prepared(picture_bytes("PNG", mode="I;16", color=32_768))

    assert abs(opened(result.image).getpixel((5, 5))[0] - 128) <= 1


def test_transparent_parts_become_white():
    result = prepared(picture_bytes("PNG", mode="RGBA", color=(0, 0, 0, 0)))

    assert opened(result.image).getpixel((5, 5)) == (255, 255, 255)


def test_inverted_cmyk_keeps_its_colours():
    red = Image.new("RGB", (64, 64), (200, 30, 30)).convert("CMYK")
    target = io.BytesIO()
    red.save(target, "JPEG", quality=95)

    pixel = opened(prepared(target.getvalue()).image).getpixel((30, 30))

    assert all(abs(a - b) < 25 for a, b in zip(pixel, (200, 30, 30), strict=True))


def test_orientation_is_applied_and_metadata_is_gone():
    picture = Image.new("RGB", (80, 40), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, 10, 10), fill="red")
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: rotate 90° clockwise to look at it
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[1] = "N"
    target = io.BytesIO()
    picture.save(target, "JPEG", exif=exif, comment=b"a comment", quality=95)

    result = prepared(target.getvalue(), "photo.jpg")

    image = opened(result.image)
    assert image.size == (40, 80)
    assert (result.width, result.height) == (40, 80)
    red, green, _blue = image.getpixel((36, 3))
    assert red > 200
    assert green < 100
    assert dict(image.getexif()) == {}
    assert b"Secret" not in result.image + result.thumbnail
    assert b"comment" not in result.image


def test_png_texts_and_profiles_are_gone():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Somebody")
    data = picture_bytes("PNG", pnginfo=info, icc_profile=b"profile" * 50, dpi=(300, 300))

    image = opened(prepared(data).image)
    image.load()

    assert not {"Author", "icc_profile", "dpi"} & set(image.info)


def test_a_depth_map_behind_a_phone_photograph_is_cut_off():
    second = picture_bytes("JPEG", (32, 32))
    data = picture_bytes("JPEG") + second

    result = prepared(data, "IMG_0001.jpg")

    assert second not in result.image
    assert result.width == 64


def test_jpeg_named_png_is_taken_for_what_it_is():
    assert prepared(picture_bytes("JPEG"), "a.png").extension == ".jpg"


def test_large_pictures_are_stored_smaller():
    result = prepared(picture_bytes("JPEG", (6000, 3000)))

    assert (result.width, result.height) == (STORED_SIDE, STORED_SIDE // 2)
    assert max(opened(result.thumbnail).size) == 480


def test_the_same_picture_has_the_same_digest():
    data = picture_bytes("PNG")

    assert prepared(data).sha256 == prepared(data).sha256
