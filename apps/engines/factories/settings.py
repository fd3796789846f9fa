"""Random settings: times with units, capacities, modes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from .plan import Quantity, Setting


def number_setting(prop: str, text: str) -> Setting:
    """A plain number: a count, an option, a flag, metres, metres per second."""
    return Setting(prop, "constant", (Quantity(text),))


def sample_settings(class_name: str, rng: Random) -> dict[str, Setting]:
    """Settings of an object, by property."""
    make = _MAKERS.get(class_name)
    return {item.prop: item for item in make(rng)} if make else {}


def _source(rng: Random) -> Iterator[Setting]:
    if rng.random() < 0.93:
        yield time_setting("InterArrivalTime", rng, exponential=0.5)


def _queue(rng: Random) -> Iterator[Setting]:
    if rng.random() < 0.75:
        size = rng.choice(
            [rng.randint(1, 30), rng.randint(1, 30), rng.choice([40, 50, 100, 200, 500])]
        )
        yield number_setting("MaxContent", str(size))
    if rng.random() < 0.18:
        yield number_setting("LIFO", "1")
    if rng.random() < 0.2:
        yield number_setting("ItemPlacement", str(rng.choice([1, 1, 2, 3, 4])))
    if rng.random() < 0.14:
        heights = ["0.1", "0.2", "0.3", "0.5", "0.25", "1", "0.15", "0.8"]
        yield number_setting("StackBaseZ", rng.choice(heights))


def _machine(rng: Random) -> Iterator[Setting]:
    if rng.random() < 0.96:
        yield time_setting("ProcessTime", rng)
    if rng.random() < 0.33:
        yield time_setting("SetupTime", rng, constant=0.75)


def _processor(rng: Random) -> Iterator[Setting]:
    yield from _machine(rng)
    if rng.random() < 0.22:
        yield number_setting("MaxContent", str(rng.randint(2, 20)))


def _combiner(rng: Random) -> Iterator[Setting]:
    yield from _machine(rng)
    if rng.random() < 0.85:
        yield number_setting("ComponentsList", str(rng.choice([2, 3, 4, 5, 6, 8, 10, 12, 24])))


def _rack(rng: Random) -> Iterator[Setting]:
    if rng.random() < 0.5:
        yield time_setting("MinimumDwellTime", rng, constant=0.7)


def _conveyor(rng: Random) -> Iterator[Setting]:
    if rng.random() < 0.7:
        yield number_setting("Speed", rng.choice(["0.2", "0.25", "0.4", "0.5", "0.8", "1.5", "2"]))


def _executer(rng: Random) -> Iterator[Setting]:
    if rng.random() < 0.3:
        yield number_setting("MaxSpeed", rng.choice(["0.8", "1", "1.2", "1.5", "2.5", "3"]))
    if rng.random() < 0.2:
        yield number_setting("Capacity", str(rng.choice([2, 3, 4, 5, 6, 8, 10])))
    yield from _handling(rng)


def _handling(rng: Random) -> Iterator[Setting]:
    if rng.random() < 0.22:
        yield time_setting("LoadTime", rng, constant=0.85)
    if rng.random() < 0.18:
        yield time_setting("UnloadTime", rng, constant=0.85)


def _operator(rng: Random) -> Iterator[Setting]:
    if rng.random() < 0.2:
        yield number_setting("MaxSpeed", rng.choice(["0.8", "1", "1.2", "1.4"]))


def _robot(rng: Random) -> Iterator[Setting]:
    if rng.random() < 0.6:
        yield time_setting("MoveTime", rng, constant=0.85)
    yield from _handling(rng)


_MAKERS = {
    "Source": _source,
    "Queue": _queue,
    "Processor": _processor,
    "Combiner": _combiner,
    "Separator": _machine,
    "Rack": _rack,
    "StraightConveyor": _conveyor,
    "Transporter": _executer,
    "TaskExecuter": _executer,
    "Operator": _operator,
    "Robot": _robot,
}


def time_setting(
    prop: str, rng: Random, exponential: float = 0.15, constant: float = 0.33
) -> Setting:
    """A constant or distributed time with its unit."""
    unit = rng.choices(["s", "min", "h"], [80, 17, 3])[0]
    roll = rng.random()
    if roll < exponential:
        if prop == "InterArrivalTime" and rng.random() < 0.15:
            return Setting(prop, "exponential", (_rate(rng),))
        return Setting(prop, "exponential", (_amount(rng, unit),))
    if roll < exponential + constant * (1 - exponential):
        if rng.random() < {"InterArrivalTime": 0.15, "ProcessTime": 0.04}.get(prop, 0.0):
            return Setting(prop, "constant", (_rate(rng),))
        return Setting(prop, "constant", (_amount(rng, unit),))
    if rng.random() < 0.14:
        return _fitted(prop, rng, unit)
    function = rng.choice(["uniform", "normal", "triangular"])
    low, mid, high = _ascending(rng, unit)
    if function == "uniform":
        return Setting(prop, function, (low, high))
    if function == "normal":
        return Setting(prop, function, (high, replace(low)))
    return Setting(prop, function, (low, high, mid))


def _fitted(prop: str, rng: Random, unit: str) -> Setting:
    """A law as a fit to logged times gives it; shapes have no unit."""
    function = rng.choice(["weibull", "gamma", "lognormal2", "beta"])
    if function == "beta":
        low, _, high = _ascending(rng, unit)
        return Setting(prop, function, (low, high, _shape(rng), _shape(rng)))
    return Setting(prop, function, (_amount(rng, unit), _shape(rng)))


def _shape(rng: Random) -> Quantity:
    return Quantity(rng.choice(["0.5", "0.8", "1.2", "1.5", "2", "2.5", "3", "3.7", "4"]))


def _rate(rng: Random) -> Quantity:
    unit = rng.choice(["/h", "/h", "/h", "/min"])
    number = rng.choice(
        [3, 4, 5, 6, 8, 10, 12, 15, 18, 20, 24, 25, 30, 36, 40, 45, 60, 72, 90, 120]
    )
    return Quantity(str(number), unit)


def _amount(rng: Random, unit: str) -> Quantity:
    if unit != "s":
        return Quantity(
            rng.choice([str(rng.randint(1, 12)), f"{rng.randint(1, 9)}.5", "0.5", "0.25"]), unit
        )
    roll = rng.random()
    if roll < 0.7:
        return Quantity(str(rng.randint(1, 120)), unit)
    if roll < 0.85:
        return Quantity(f"{rng.uniform(0.5, 90):.1f}", unit)
    if roll < 0.92:
        return Quantity(f"{rng.uniform(0.5, 60):.2f}", unit)
    return Quantity(str(rng.randint(120, 900)), unit)


def _ascending(rng: Random, unit: str) -> tuple[Quantity, Quantity, Quantity]:
    decimals = 0 if rng.random() < 0.8 else 1
    top = 12.0 if unit != "s" else rng.choice([20.0, 60.0, 120.0])
    while True:
        values = sorted(round(rng.uniform(1, top), decimals) for _ in range(3))
        if values[0] < values[1] < values[2]:
            break
    low, mid, high = (Quantity(f"{value:.{decimals}f}", unit) for value in values)
    return low, mid, high
