"""Where objects stand on the floor: from the sketch, else from the flow.

Metres, x to the right and y up the page (FlexSim). Without a sketch, columns follow the longest
path from the sources and each column is centred. Values are rounded to half a metre.
"""

from __future__ import annotations

from ..factories.roles import is_resource
from ..simulation.model import Model, ModelObject

COLUMN, ROW = 8.0, 6.0
FLOOR = 60.0
"""Width in metres that a sketch is stretched to when it holds many objects."""


def place_by_sketch(model: Model, centres: dict[int, tuple[float, float]], aspect: float) -> None:
    """Scale drawn centres (fractions of the image, y up; keyed by id of the object) to metres."""
    drawn = [item for item in model if id(item) in centres]
    if len(drawn) < 2:
        place_by_flow(model)
        return
    width = min(FLOOR, max(12.0, COLUMN * len(drawn)))
    left = min(centres[id(item)][0] for item in drawn)
    top = max(centres[id(item)][1] for item in drawn)
    right = max(centres[id(item)][0] for item in drawn)
    bottom = min(centres[id(item)][1] for item in drawn)
    scale = width / max(right - left, (top - bottom) / max(aspect, 0.1), 0.05)
    for item in drawn:
        x, y = centres[id(item)]
        item.location = (
            _half((x - left) * scale),
            _half((y - top) * scale / max(aspect, 0.1)),
            0.0,
        )
    place_new(model, [item for item in model if id(item) not in centres])


def place_by_flow(model: Model) -> None:
    """Columns by longest path from the sources; loops back are left out of the count."""
    columns = _columns(model)
    stacks: dict[int, list[ModelObject]] = {}
    crew = [item for item in model if is_resource(item.class_name)]
    for item in model:
        if is_resource(item.class_name):
            continue
        stacks.setdefault(columns[id(item)], []).append(item)
    for column, stack in stacks.items():
        for rank, item in enumerate(stack):
            y = ((len(stack) - 1) / 2 - rank) * ROW
            item.location = (column * COLUMN, _half(y), 0.0)
    _place_crew(model, crew)


def _place_crew(model: Model, crew: list[ModelObject]) -> None:
    """People and vehicles stand in a row below the flow."""
    flow = [item.location for item in model if not is_resource(item.class_name)]
    low = min((y for _, y, _ in flow), default=0.0) - ROW
    middle = sum(x for x, _, _ in flow) / max(1, len(flow))
    for rank, item in enumerate(crew):
        item.location = (_half(middle + (rank - (len(crew) - 1) / 2) * COLUMN), low, 0.0)


def _columns(model: Model) -> dict[int, int]:
    column = {id(item): 0 for item in model}
    forward = _forward_links(model)
    for _ in range(len(model.objects)):
        for source, target in forward:
            column[target] = max(column[target], column[source] + 1)
    return column


def _forward_links(model: Model) -> list[tuple[int, int]]:
    """Links without those that close a loop (depth-first from the sources)."""
    state: dict[int, int] = {}
    links: list[tuple[int, int]] = []

    def visit(item: ModelObject) -> None:
        state[id(item)] = 1
        for target in item.out_ports:
            if state.get(id(target)) != 1:
                links.append((id(item), id(target)))
            if id(target) not in state:
                visit(target)
        state[id(item)] = 2

    for item in [x for x in model if not x.in_ports] + model.objects:
        if id(item) not in state:
            visit(item)
    return links


def place_new(model: Model, added: list[ModelObject]) -> None:
    """Put objects without a place beside what they are connected to, where there is room."""
    waiting = {id(item) for item in added}
    for item in added:
        ports = (*item.in_ports, *item.out_ports, *item.center_ports)
        near = [x for x in ports if id(x) not in waiting]
        if near:
            x = sum(other.location[0] for other in near) / len(near)
            y = sum(other.location[1] for other in near) / len(near)
        else:
            x = (
                max((o.location[0] for o in model if id(o) not in waiting), default=-COLUMN)
                + COLUMN
            )
            y = 0.0
        item.location = _free(model, waiting, _half(x), _half(y))
        waiting.discard(id(item))


def _free(model: Model, waiting: set[int], x: float, y: float) -> tuple[float, float, float]:
    """The next place below that keeps a row's distance from everything placed."""
    taken = [o.location for o in model if id(o) not in waiting]
    while any(abs(x - tx) < COLUMN * 0.6 and abs(y - ty) < ROW * 0.7 for tx, ty, _ in taken):
        y -= ROW
    return (x, y, 0.0)


def _half(value: float) -> float:
    return round(value * 2) / 2 + 0.0
