"""SVR, PMR and exact twin (generation.md, section 2), on model trees after execution."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..simulation.model import (
    ArrayValue,
    DistributionValue,
    Model,
    NumberValue,
    OptionValue,
    Value,
)

RELATIVE = 1e-6


@dataclass(frozen=True)
class Scores:
    """Shares of one case, 0..1; `pmr` is None where the truth sets no parameter."""

    connections: float
    objects: float
    pmr: float | None
    exact: bool

    @property
    def svr(self) -> float:
        """0.6 CS + 0.4 OS."""
        return 0.6 * self.connections + 0.4 * self.objects


def compare(truth: Model, answer: Model | None) -> Scores:
    """Compare an answer's model tree with the truth's; None scores zero."""
    if answer is None:
        return Scores(0.0, 0.0, 0.0, False)
    objects = _share(_object_bag(truth), _object_bag(answer))
    links = _share(_link_bag(truth), _link_bag(answer))
    right, wanted = _parameters(truth, answer)
    pmr = right / wanted if wanted else None
    surplus = (
        _object_bag(answer) - _object_bag(truth)
        or _link_bag(answer) - _link_bag(truth)
        or _surplus_parameters(truth, answer)
    )
    exact = objects == links == 1.0 and right == wanted and not surplus
    return Scores(links, objects, pmr, exact)


def _object_bag(model: Model) -> Counter[tuple[str, str]]:
    return Counter((item.class_name, item.name) for item in model)


def _link_bag(model: Model) -> Counter[tuple[str, str, str]]:
    return Counter((link.source.name, link.target.name, link.kind) for link in model.connections)


def _share(truth: Counter[Any], answer: Counter[Any]) -> float:
    return (truth & answer).total() / truth.total() if truth else 1.0


def _parameters(truth: Model, answer: Model) -> tuple[int, int]:
    right = wanted = 0
    for item in truth:
        twin = answer.find(item.name)
        for prop, value in item.properties.items():
            wanted += 1
            given = twin.properties.get(prop, default_of(item.class_name, prop)) if twin else None
            right += given is not None and same_value(value, given)
    return right, wanted


def _surplus_parameters(truth: Model, answer: Model) -> bool:
    for item in answer:
        twin = truth.find(item.name)
        for prop, value in item.properties.items():
            default = default_of(item.class_name, prop)
            unset = twin is None or prop not in twin.properties
            if unset and not (default is not None and same_value(value, default)):
                return True
    return False


def differences(truth: Model, answer: Model) -> Iterator[str]:
    """What differs, in words: objects, connections and parameters missing or too many."""
    for said, a, b in (("missing", truth, answer), ("too many", answer, truth)):
        for class_name, name in (_object_bag(a) - _object_bag(b)).elements():
            yield f"{said}: {class_name} “{name}”"
        for source, target, kind in (_link_bag(a) - _link_bag(b)).elements():
            yield f"{said}: “{source}” → “{target}” ({kind})"
    for item in truth:
        twin = answer.find(item.name)
        for prop, value in item.properties.items() if twin else ():
            given = twin.properties.get(prop, default_of(item.class_name, prop)) if twin else None
            if given is None or not same_value(value, given):
                yield f"“{item.name}”: {prop} is {_told(given)} instead of {_told(value)}"
    for item in answer:
        twin = truth.find(item.name)
        for prop, value in item.properties.items() if twin else ():
            default = default_of(item.class_name, prop)
            surplus = default is None or not same_value(value, default)
            if twin and prop not in twin.properties and surplus:
                yield f"“{item.name}”: {prop} is {_told(value)} and was not asked for"


def _told(value: Value | None) -> str:
    if value is None:
        return "unset"
    from ..flexscript.model_printer import value_text

    return value_text(value).replace(", getstream(current)", "")


def default_of(class_name: str, prop: str) -> Value | None:
    """The class default, so that an unset parameter counts as set to it."""
    from ..simulation.library import class_of

    known = class_of(class_name)
    return known.default(prop) if known else None


def same_value(a: Value, b: Value) -> bool:
    """Numbers within 1e-6 relative, distributions by function and arguments, options by number."""
    if isinstance(a, NumberValue | OptionValue) and isinstance(b, NumberValue | OptionValue):
        return _close(float(a.value), float(b.value))
    if isinstance(a, DistributionValue) and isinstance(b, DistributionValue):
        return (
            a.function == b.function
            and len(a.args) == len(b.args)
            and all(_close(x, y) for x, y in zip(a.args, b.args, strict=True))
        )
    if isinstance(a, ArrayValue) and isinstance(b, ArrayValue):
        return a.value == b.value
    return a == b


def _close(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=RELATIVE, abs_tol=1e-9)


def wilson(successes: float, n: int) -> tuple[float, float]:
    """95 % Wilson interval of a share."""
    if n == 0:
        return (0.0, 1.0)
    z, p = 1.959964, successes / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return (max(0.0, centre - half), min(1.0, centre + half))


def mean_interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Mean and 95 % interval (normal approximation) of per-case shares."""
    n = len(values)
    mean = math.fsum(values) / n if n else 0.0
    if n < 2:
        return mean, mean, mean
    spread = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / (n - 1) / n)
    return mean, max(0.0, mean - 1.96 * spread), min(1.0, mean + 1.96 * spread)
