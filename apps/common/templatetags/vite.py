"""Links to the built front end, read from Vite's manifest."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

ENTRY = "src/main.ts"


@lru_cache(maxsize=2)
def read_manifest(path: Path, changed: float) -> dict[str, dict[str, Any]]:
    """The manifest as it was at the time `changed`; read again after a new build."""
    del changed
    found: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def manifest() -> dict[str, dict[str, Any]]:
    """Vite's manifest, or an empty one before the first build: pages work without scripts."""
    path = Path(settings.VITE_MANIFEST)
    try:
        return read_manifest(path, path.stat().st_mtime)
    except FileNotFoundError:
        return {}


def address(file: str) -> str:
    """The public address of a built file, whose name already carries a content hash."""
    return f"{settings.STATIC_URL}build/{file}"


@register.simple_tag
def vite_asset(source: str = ENTRY) -> SafeString:
    """The script element of an entry, e.g. `{% vite_asset "src/main.ts" %}`."""
    entry = manifest().get(source)
    if entry is None:
        return SafeString("")
    return format_html('<script type="module" src="{}"></script>', address(entry["file"]))


@register.simple_tag
def vite_styles(source: str = ENTRY) -> SafeString:
    """The style sheets of an entry, linked in the head so that nothing flashes unstyled."""
    styles = manifest().get(source, {}).get("css", [])
    rows = ((address(file),) for file in styles)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', rows)


@register.simple_tag
def vite_font() -> SafeString:
    """A preload of the text font: it is used only when it comes in time."""
    for name, entry in manifest().items():
        if name.endswith("inter-latin-wght-normal.woff2"):
            return format_html(
                '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>',
                address(entry["file"]),
            )
    return SafeString("")


@register.simple_tag
def island(name: str, **data: object) -> SafeString:
    """Attributes of an element that a script brings to life: `<div {% island "chat" %}>`.

    Keyword arguments become data attributes (`may_edit=1` → `data-may-edit="1"`).
    """
    pairs = [("island", name), *((key.replace("_", "-"), value) for key, value in data.items())]
    return format_html_join(" ", 'data-{}="{}"', pairs)
