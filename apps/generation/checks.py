"""What scripts are asked, in a process of their own (`common.apart`): JSON out, without Django."""

from typing import Any

JSON = dict[str, Any]
MOST_DIAGNOSTICS = 200


def findings(source: str) -> list[JSON]:
    """The first MOST_DIAGNOSTICS of the checker."""
    from apps.engines.flexscript import check

    return [item.to_json() for item in check(source)[:MOST_DIAGNOSTICS]]


def inspection(source: str) -> JSON:
    """{"diagnostics", "objects", "connections", "layout"}; the last is None without a model."""
    from apps.engines.flexscript import examine
    from apps.engines.simulation.model import Model
    from apps.generation.layout import layout_of

    found, model = examine(source)
    return {
        **(model or Model()).to_json(),
        "diagnostics": [item.to_json() for item in found[:MOST_DIAGNOSTICS]],
        "layout": None if model is None else layout_of(model),
    }


def layout(source: str) -> JSON | None:
    from apps.engines.flexscript import execute
    from apps.generation.layout import layout_of

    model = execute(source).model
    return None if model is None else layout_of(model)


def tree(source: str) -> JSON | None:
    """The model in a form that `engines.simulation.plain` reads back."""
    from apps.engines.flexscript import execute
    from apps.engines.simulation.plain import to_plain

    model = execute(source).model
    return None if model is None else to_plain(model)
