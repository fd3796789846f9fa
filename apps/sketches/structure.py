"""What a picture file is made of, read before any decoder sees it.

Knows PNG, JPEG and WebP: size in pixels, animation, and bytes behind the picture's end, where
a second file could hide.
"""

import struct
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.common.errors import ApplicationError

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
JPEG_MAGIC = b"\xff\xd8\xff"
PNG_NEEDED = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"eXIf"}
JPEG_ALONE = {0x01, *range(0xD0, 0xD8)}
JPEG_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
WEBP_ANIMATED = 0x02


class ImageRefused(ApplicationError):
    """A picture that is not taken, and why."""

    def __init__(self, message: str, code: str = "image", hint: str | None = None) -> None:
        super().__init__(message, code, hint, "file")


@dataclass(frozen=True)
class Structure:
    """`data` is what the decoder gets: for PNG without chunks that do not show."""

    format: str
    width: int
    height: int
    animated: bool
    data: bytes


def damaged() -> ImageRefused:
    return ImageRefused(
        _("The picture is damaged or incomplete."), "damaged", _("Send the original file again.")
    )


def trailing() -> ImageRefused:
    return ImageRefused(
        _("There is something else behind the picture in this file."),
        "trailing_data",
        _("Open it in an image program, save it anew and send that."),
    )


def inspect(data: bytes) -> Structure:
    """Read the structure. Raises ImageRefused."""
    readers = {"PNG": read_png, "JPEG": read_jpeg, "WEBP": read_webp}
    try:
        return readers[kind_of(data)](data)
    except (struct.error, IndexError) as error:
        raise damaged() from error


def kind_of(data: bytes) -> str:
    """PNG, JPEG or WEBP. Raises ImageRefused, naming the kind where it is known."""
    if data.startswith(PNG_MAGIC):
        return "PNG"
    if data.startswith(JPEG_MAGIC):
        return "JPEG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if not data.strip(b"\0"):
        raise ImageRefused(_("The file is empty."), "empty")
    known = foreign_kind(data)
    message = (
        _("This is a %(kind)s file, not a picture that can be used.") % {"kind": known}
        if known
        else _("This is not a picture.")
    )
    raise ImageRefused(message, "unknown_format", _("Use PNG, JPEG or WebP."))


FOREIGN = (
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"PK", "ZIP"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
)


def foreign_kind(data: bytes) -> str | None:
    """Name of a kind of file that people send by mistake or on purpose."""
    for magic, name in FOREIGN:
        if data.startswith(magic):
            return name
    if data[4:8] == b"ftyp":
        return "AVIF" if data[8:12] == b"avif" else "HEIC"
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start:
        return "SVG"
    if start.startswith((b"<!doctype html", b"<html", b"<script")):
        return "HTML"
    return "XML" if start.startswith(b"<?xml") else None


def read_png(data: bytes) -> Structure:
    kept, at, animated = [PNG_MAGIC], len(PNG_MAGIC), False
    width, height = struct.unpack(">II", data[16:24])
    if data[12:16] != b"IHDR":
        raise damaged()
    while True:
        length, name = struct.unpack(">I4s", data[at : at + 8])
        end = at + 12 + length
        if end > len(data):
            raise damaged()
        animated = animated or name == b"acTL"
        if name in PNG_NEEDED:
            kept.append(data[at:end])
        at = end
        if name == b"IEND":
            break
    if data[at:].strip(b"\0"):
        raise trailing()
    return Structure("PNG", width, height, animated, b"".join(kept))


def read_jpeg(data: bytes) -> Structure:
    at, size = 2, (0, 0)
    while True:
        if data[at] != 0xFF:
            raise damaged()
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == 0xD9:
            break
        elif marker in JPEG_ALONE:
            at += 2
        else:
            (length,) = struct.unpack(">H", data[at + 2 : at + 4])
            if marker in JPEG_FRAMES:
                height, width = struct.unpack(">HH", data[at + 5 : at + 9])
                size = size if all(size) else (width, height)
            at += 2 + length
            at = end_of_scan(data, at) if marker == 0xDA else at
    require_harmless_rest(data[at + 2 :])
    return Structure("JPEG", *size, False, data[: at + 2])


def end_of_scan(data: bytes, at: int) -> int:
    """Position of the next marker behind entropy-coded data, where FF 00 is an escaped FF."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise damaged()
        if data[at + 1] != 0x00 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def require_harmless_rest(rest: bytes) -> None:
    """Phones put a depth map (a second JPEG) or their own block behind the picture; that is cut
    off. Anything else is refused."""
    rest = rest.strip(b"\0")
    phone = rest.startswith(JPEG_MAGIC) or rest.endswith(b"SEFT")
    lowered = rest.lower()
    hiding = any(mark in lowered for mark in (b"pk\x03\x04", b"pk\x05\x06", b"<html", b"<script"))
    if rest and (hiding or not phone):
        raise trailing()


def read_webp(data: bytes) -> Structure:
    (length,) = struct.unpack("<I", data[4:8])
    end = 8 + length + length % 2
    if min(end, 8 + length) > len(data):
        raise damaged()
    if data[end:].strip(b"\0"):
        raise trailing()
    name, body = data[12:16], data[20:]
    animated = False
    if name == b"VP8X":
        animated = bool(body[0] & WEBP_ANIMATED)
        width = 1 + int.from_bytes(body[4:7], "little")
        height = 1 + int.from_bytes(body[7:10], "little")
    elif name == b"VP8L":
        (bits,) = struct.unpack("<I", body[1:5])
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    elif name == b"VP8 ":
        width, height = (value & 0x3FFF for value in struct.unpack("<HH", body[6:10]))
    else:
        raise damaged()
    return Structure("WEBP", width, height, animated, data[:end])
