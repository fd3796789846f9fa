"""Finding and reading writing: rapidocr's PP-OCR models (Apache-2.0, inside its wheel)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

import numpy as np
from PIL import Image

from .paper import Array
from .routes import Rect

READ_SIZE = 1280
"""Longer side of the image that text is looked for in."""
SURE = 0.45
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True)
class Text:
    """A piece of writing: box in pixels, what it says, how sure."""

    box: Rect
    text: str
    confidence: float

    @property
    def middle(self) -> tuple[float, float]:
        return ((self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _run(pixels: Array, *, find: bool) -> Any:
    """The engine keeps what one call switched off, so every call says all of it, one at a time."""
    with _ONE_AT_A_TIME:
        return _engine()(pixels, use_det=find, use_cls=False, use_rec=True)


def read_texts(image: Image.Image) -> list[Text]:
    """All writing found in an image, in its pixels."""
    scale = min(READ_SIZE / max(image.size), 2.0)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    pixels = np.asarray(image.convert("RGB").resize(size, Image.Resampling.LANCZOS))[..., ::-1]
    result = _run(pixels, find=True)
    if result.boxes is None:
        return []
    texts = []
    for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        corners = np.asarray(box) / scale
        (left, top), (right, bottom) = corners.min(0), corners.max(0)
        if score >= SURE and any(char.isalnum() for char in text):
            rect = (float(left), float(top), float(right), float(bottom))
            texts.append(Text(rect, tidy(text), float(score)))
    return texts


def read_line(image: Image.Image, box: Rect, height: int | None = None) -> Text | None:
    """One line of writing whose place is known; nothing is searched. With `height` (pixels) it is
    scaled to that."""
    left, top, right, bottom = (round(v) for v in box)
    left, top = max(0, left), max(0, top)
    right, bottom = min(image.width, right), min(image.height, bottom)
    if right - left < 8 or bottom - top < 8:
        return None
    crop = image.crop((left, top, right, bottom)).convert("RGB")
    if height is not None:
        crop = crop.resize((max(8, round(crop.width * height / crop.height)), height))
    result = _run(np.asarray(crop)[..., ::-1], find=False)
    if not result.txts or not any(char.isalnum() for char in result.txts[0]):
        return None
    return Text(box, tidy(result.txts[0]), float(result.scores[0]))


def tidy(text: str) -> str:
    """Full-width letters and digits as usual ones; no blanks around."""
    return unicodedata.normalize("NFKC", text).strip()
