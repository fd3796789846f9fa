"""What lies under and over a drawing: paper, light, camera."""

from __future__ import annotations

import io
import math
from random import Random

import numpy as np
from PIL import Image, ImageDraw

from .pen import Ink

Array = np.ndarray
Transform = Array
"""A 3 x 3 homography in pixels."""


def blank(width: int, height: int, kind: str, rng: Random) -> Image.Image:
    """Plain, squared, lined or dotted paper, a whiteboard, or the white of a screen."""
    base = rng.randint(228, 255)
    tint = (base, base - rng.randint(0, 6), base - rng.randint(0, 14))
    if kind == "clean":
        tint = (255, 255, 255)
    if kind == "board":
        tint = (base - 8, base - 4, base)
    image = Image.new("RGB", (width, height), tint)
    _rule(ImageDraw.Draw(image), width, height, kind, tint, rng)
    return image


def _rule(
    draw: ImageDraw.ImageDraw, width: int, height: int, kind: str, tint: Ink, rng: Random
) -> None:
    """Lines, squares or dots in a pale colour."""
    step = rng.randint(18, 44)
    shade = tuple(max(0, c - rng.randint(18, 75)) for c in tint)
    line = (shade[0], shade[1], min(255, shade[2] + rng.randint(0, 25)))
    if kind in ("squared", "lined"):
        for y in range(step // 2, height, step):
            draw.line([(0, y), (width, y)], fill=line, width=1)
    if kind == "squared":
        for x in range(step // 2, width, step):
            draw.line([(x, 0), (x, height)], fill=line, width=1)
    if kind == "dotted":
        draw.point(
            [(x, y) for x in range(step // 2, width, step) for y in range(step // 2, height, step)],
            fill=line,
        )


def photograph(image: Image.Image, strength: float, rng: Random) -> tuple[Image.Image, Transform]:
    """Perspective, uneven light, blur, noise and JPEG; `strength` 0 leaves the image as it is."""
    import cv2

    height, width = image.height, image.width
    pixels: Array = np.asarray(image).astype(np.float32)
    matrix = np.eye(3, dtype=np.float32)
    if strength > 0.3:
        matrix = _viewpoint(width, height, strength, rng)
        table = tuple(float(v) for v in pixels[2, 2] * rng.uniform(0.35, 1.0))
        pixels = cv2.warpPerspective(
            pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=table
        )
    pixels *= _light(width, height, strength, rng)[..., None]
    if rng.random() < 0.5 * strength + 0.1:
        pixels = cv2.GaussianBlur(pixels, (0, 0), rng.uniform(0.4, 0.5 + 1.0 * strength))
    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, 1, (height, width, 1))
    pixels += noise * rng.uniform(0, 9 * strength)
    if strength and rng.random() < 0.4:
        low = rng.uniform(0, 90)
        pixels = low + pixels * (255 - low) / 255
    out = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    return (_jpeg(out, rng.randint(35, 92)) if strength else out), matrix


def _viewpoint(width: int, height: int, strength: float, rng: Random) -> Transform:
    """A slightly tilted camera; now and then turned, or further off so that the table shows."""
    import cv2

    steep = 2.5 if rng.random() < 0.15 else 1.0
    shift = 0.045 * steep * strength * min(width, height)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    middle = np.array([width / 2, height / 2], np.float32)
    angle = math.radians(rng.uniform(-6, 6) if rng.random() < 0.5 * strength else 0.0)
    turn = np.array(
        [[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]], np.float32
    )
    scale = rng.uniform(0.75, 0.97) if rng.random() < 0.35 or angle else 1.0
    seen = (corners - middle) @ turn.T * scale + middle
    seen += np.array(
        [[rng.uniform(-shift, shift), rng.uniform(-shift, shift)] for _ in range(4)], np.float32
    )
    return np.asarray(cv2.getPerspectiveTransform(corners, seen.astype(np.float32)))


def _light(width: int, height: int, strength: float, rng: Random) -> Array:
    """A slow gradient and, now and then, the edge of a shadow."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    slope_x, slope_y = rng.uniform(-0.4, 0.4) * strength, rng.uniform(-0.4, 0.4) * strength
    light = 1 + slope_x * (x / width - 0.5) + slope_y * (y / height - 0.5) - 0.12 * strength
    if rng.random() < 0.3 * strength:
        angle = rng.uniform(-1, 1)
        edge = (x / width - rng.uniform(0.2, 0.8)) + angle * (y / height - 0.5)
        light *= 1 - rng.uniform(0.1, 0.35) / (1 + np.exp(-edge * rng.uniform(8, 60)))
    if rng.random() < 0.25 * strength:
        light *= _hand_shadow(x / width, y / height, rng)
    return light.astype(np.float32)


def _hand_shadow(x: Array, y: Array, rng: Random) -> Array:
    """The shadow of a hand or a telephone that reaches in from the edge."""
    far = (x - rng.choice([0.0, 1.0, rng.random()])) ** 2 / rng.uniform(0.05, 0.4) ** 2
    far = far + (y - rng.choice([0.0, 1.0])) ** 2 / rng.uniform(0.1, 0.5) ** 2
    edge = np.minimum((far - 1) * rng.uniform(2, 12), 50.0)
    shade: Array = 1 - rng.uniform(0.15, 0.45) / (1 + np.exp(edge))
    return shade


def _jpeg(image: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return Image.open(io.BytesIO(buffer.getvalue())).convert("RGB")


def moved(points: Array, matrix: Transform) -> Array:
    """Points (N, 2) through a homography."""
    flat = np.concatenate([points, np.ones((len(points), 1))], 1) @ matrix.T
    return np.asarray(flat[:, :2] / flat[:, 2:])
