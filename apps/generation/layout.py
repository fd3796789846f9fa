"""The geometry of a model tree for drawing."""

from typing import Any

from apps.engines.simulation.library import CLASSES
from apps.engines.simulation.model import Model, ModelObject

JSON = dict[str, Any]
FALLBACK = (1.0, 1.0, 1.0)


def layout_of(model: Model) -> JSON:
    """{"objects", "connections", "bounds": [x0, y0, x1, y1]}; metres, y up.

    x and y are an object's centre; width goes along x and depth along y.
    """
    objects = [object_box(item) for item in model]
    links = [link.to_json() for link in model.connections]
    return {"objects": objects, "connections": links, "bounds": bounds_of(objects)}


def object_box(item: ModelObject) -> JSON:
    known = CLASSES.get(item.class_name)
    width, depth, height = item.size or (known.size if known else FALLBACK)
    x, y, _z = item.location
    return {
        "name": item.name,
        "class": item.class_name,
        "x": x,
        "y": y,
        "width": width,
        "depth": depth,
        "height": height,
    }


def bounds_of(objects: list[JSON]) -> list[float]:
    if not objects:
        return [0.0, 0.0, 0.0, 0.0]
    return [
        min(box["x"] - box["width"] / 2 for box in objects),
        min(box["y"] - box["depth"] / 2 for box in objects),
        max(box["x"] + box["width"] / 2 for box in objects),
        max(box["y"] + box["depth"] / 2 for box in objects),
    ]
