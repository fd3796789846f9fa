"""Making an uploaded picture safe: bounded, decoded, turned upright, stripped, encoded anew."""

import hashlib
import io
import struct
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from apps.sketches.structure import ImageRefused, Structure, damaged, inspect

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 30_000
SHORTEST_SIDE = 16
STORED_SIDE = 4096
THUMBNAIL_SIDE = 480
ENDINGS = {"", ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp"}
DECODING_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
    MemoryError,
)


@dataclass(frozen=True)
class Prepared:
    """What is stored. Sizes in pixels, after turning upright."""

    image: bytes
    extension: str
    thumbnail: bytes
    width: int
    height: int
    sha256: str


def prepare(file: IO[bytes], name: str = "") -> Prepared:
    """Check and re-encode an upload. Raises ImageRefused with a reason for people."""
    require_ending(name)
    structure = inspect(read_bounded(file))
    require_bounds(structure)
    picture = decode(structure)
    return encode(picture, lossy=structure.format == "JPEG")


def require_ending(name: str) -> None:
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS:
        message = _("Files that end in “%(ending)s” are not taken.") % {"ending": ending[:12]}
        raise ImageRefused(message, "unknown_format", _("Use PNG, JPEG or WebP."))


def read_bounded(file: IO[bytes]) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if not data:
        raise ImageRefused(_("The file is empty."), "empty")
    if len(data) > MOST_BYTES:
        message = _("The picture is larger than %(size)d MB.") % {"size": MOST_BYTES // MEGABYTE}
        raise ImageRefused(message, "too_large", _("Make it smaller and send it again."))
    return data


def require_bounds(found: Structure) -> None:
    if found.animated:
        raise ImageRefused(_("The picture is animated."), "animated", _("Send a still picture."))
    pixels = found.width * found.height
    if pixels > MOST_PIXELS or max(found.width, found.height) > LONGEST_SIDE:
        message = _("The picture has %(w)d × %(h)d pixels; at most %(most)d megapixels are taken.")
        values = {"w": found.width, "h": found.height, "most": MOST_PIXELS // 1_000_000}
        raise ImageRefused(message % values, "too_many_pixels", _("Scale it down."))
    if min(found.width, found.height) < SHORTEST_SIDE:
        message = _("The picture is smaller than %(least)d × %(least)d pixels.")
        raise ImageRefused(message % {"least": SHORTEST_SIDE}, "too_small")


def decode(found: Structure) -> Image.Image:
    """8-bit RGB, upright, on white where it is transparent, at most STORED_SIDE a side."""
    try:
        with Image.open(io.BytesIO(found.data), formats=[found.format]) as opened:
            if opened.size != (found.width, found.height):
                raise damaged()
            if found.format == "JPEG":
                # Decodes large photographs at a half or a quarter straight away.
                opened.draft(None, (STORED_SIDE, STORED_SIDE))
            opened.load()
            upright = ImageOps.exif_transpose(opened)
            picture = flatten(upright)
    except DECODING_ERRORS as error:
        raise damaged() from error
    picture.thumbnail((STORED_SIDE, STORED_SIDE), Image.Resampling.LANCZOS)
    return bare(picture)


def flatten(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        # 16 bits a pixel: a plain conversion would cut off, not scale.
        return picture.convert("I").point(lambda value: value * (1 / 257)).convert("RGB")
    if picture.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert("RGB")
    return picture.convert("RGB")


def bare(picture: Image.Image) -> Image.Image:
    """Pixels alone: no profile, no comment, no position."""
    picture.info = {}
    picture.getexif().clear()
    return picture


def encode(picture: Image.Image, *, lossy: bool) -> Prepared:
    """Photographs stay JPEG; what has sharp edges stays without loss."""
    image = to_bytes(picture, "JPEG", quality=90) if lossy else to_bytes(picture, "PNG")
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Prepared(
        image=image,
        extension=".jpg" if lossy else ".png",
        thumbnail=to_bytes(small, "JPEG", quality=85),
        width=picture.width,
        height=picture.height,
        sha256=hashlib.sha256(image).hexdigest(),
    )


def to_bytes(picture: Image.Image, kind: str, **options: int) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, optimize=True, **options)
    return target.getvalue()
