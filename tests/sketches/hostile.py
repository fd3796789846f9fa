"""Files that people send by mistake or on purpose, none of which may be taken."""

import io
import struct
import zipfile
import zlib

from PIL import Image

from tests.factories.sketches import picture_bytes, png_bytes


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of_size(width, height):
    """A valid header that announces a size, with almost no data behind."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", body), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def zip_bytes():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("evil.js", "alert(1)")
    return target.getvalue()


def animated(kind):
    target = io.BytesIO()
    frames = [Image.new("RGB", (64, 48), color) for color in ("red", "blue")]
    frames[0].save(target, kind, save_all=True, append_images=frames[1:], duration=100)
    return target.getvalue()


def webp_bytes():
    return picture_bytes("WEBP")


def cut(data, share=0.5):
    return data[: int(len(data) * share)]


def noisy(kind):
    """A picture whose data is long enough to be cut in the middle."""
    target = io.BytesIO()
    Image.effect_noise((200, 200), 80).convert("RGB").save(target, kind)
    return target.getvalue()


SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)

# name → (bytes, file name, error code)
HOSTILE = {
    "empty": (b"", "a.png", "empty"),
    "only zeros": (b"\0" * 5000, "a.png", "empty"),
    "text": (b"just some words", "a.png", "unknown_format"),
    "svg": (SVG, "a.svg", "unknown_format"),
    "svg named png": (SVG, "a.png", "unknown_format"),
    "html named jpg": (b"<!doctype html><script>alert(1)</script>", "a.jpg", "unknown_format"),
    "gif": (picture_bytes("GIF", mode="P"), "a.gif", "unknown_format"),
    "gif named png": (picture_bytes("GIF", mode="P"), "a.png", "unknown_format"),
    "bmp named png": (picture_bytes("BMP"), "a.png", "unknown_format"),
    "tiff named png": (picture_bytes("TIFF"), "a.png", "unknown_format"),
    "pdf named png": (b"%PDF-1.7\n1 0 obj", "a.png", "unknown_format"),
    "program named png": (b"MZ" + b"\x90" * 200, "a.png", "unknown_format"),
    "heic": (b"\0\0\0\x18ftypheic" + b"\0" * 100, "a.jpg", "unknown_format"),
    "zip named png": (zip_bytes(), "a.png", "unknown_format"),
    "png named html": (png_bytes(), "a.html", "unknown_format"),
    "png named php": (png_bytes(), "picture.png.php", "unknown_format"),
    "png with zip behind": (png_bytes() + zip_bytes(), "a.png", "trailing_data"),
    "png with html behind": (png_bytes() + b"<script>alert(1)</script>", "a.png", "trailing_data"),
    "jpeg with zip behind": (picture_bytes("JPEG") + zip_bytes(), "a.jpg", "trailing_data"),
    "jpeg with html behind": (picture_bytes("JPEG") + b"<html>", "a.jpg", "trailing_data"),
    "jpeg, jpeg, zip": (
        picture_bytes("JPEG") + picture_bytes("JPEG") + zip_bytes(),
        "a.jpg",
        "trailing_data",
    ),
    "webp with html behind": (webp_bytes() + b"<html>", "a.webp", "trailing_data"),
    "truncated png": (cut(noisy("PNG")), "a.png", "damaged"),
    "truncated jpeg": (cut(noisy("JPEG")), "a.jpg", "damaged"),
    "truncated webp": (cut(noisy("WEBP")), "a.webp", "damaged"),
    "png header alone": (b"\x89PNG\r\n\x1a\n", "a.png", "damaged"),
    "jpeg header alone": (b"\xff\xd8\xff\xe0", "a.jpg", "damaged"),
    "webp header alone": (b"RIFF\x10\0\0\0WEBP", "a.webp", "damaged"),
    "png with a wrong size": (png_of_size(5000, 5000), "a.png", "damaged"),
    "png without data": (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0))
        + chunk(b"IEND", b""),
        "a.png",
        "damaged",
    ),
    "png bomb": (png_of_size(60_000, 60_000), "a.png", "too_many_pixels"),
    "just over 50 megapixels": (png_of_size(7072, 7071), "a.png", "too_many_pixels"),
    "very long": (png_of_size(40_000, 20), "a.png", "too_many_pixels"),
    "too small": (png_bytes((4, 4)), "a.png", "too_small"),
    "zero wide": (png_of_size(0, 100), "a.png", "too_small"),
    "more than 20 MB": (
        png_bytes() + b"\0" * (20 * 1024 * 1024),
        "a.png",
        "too_large",
    ),
    "animated png": (animated("PNG"), "a.png", "animated"),
    "animated webp": (animated("WEBP"), "a.webp", "animated"),
}
