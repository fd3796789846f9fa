"""The runs of an experiment, in this process or spread over several."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from time import perf_counter
from typing import Any

from .code import CodeRunner, plain_value
from .config import RunConfig
from .errors import SimulationCancelled, SimulationError
from .library import CLASSES, alias_of
from .model import CodeValue, Model, ModelObject, NumberValue, Value
from .observe import Observation
from .run import replicate

Setting = tuple[str, str, float | str]  # object ("" for model parameters), property, value
RunnerFactory = Callable[[], CodeRunner]  # picklable: it goes to other processes
POLL_SECONDS = 0.2
BLOCKS_A_WORKER = 4


@dataclass(frozen=True)
class Task:
    """Some replications of one scenario."""

    scenario: int
    settings: tuple[Setting, ...]
    config: RunConfig
    numbers: tuple[int, ...]


Outcome = tuple[list[Observation], tuple[str, ...]]


def perform(
    model: Model,
    tasks: Sequence[Task],
    runner: RunnerFactory | None,
    workers: int,
    should_go_on: Callable[[float], bool],
) -> list[Outcome]:
    """The outcomes in the order of the tasks. `should_go_on` is told the share done now and then.

    Raises SimulationCancelled when it says no, and the first task's error.
    """
    if workers <= 1 or len(tasks) == 1:
        return _here(model, tasks, runner, should_go_on)
    return _Pool(model, tasks, runner, workers, should_go_on).run()


def _here(
    model: Model,
    tasks: Sequence[Task],
    runner: RunnerFactory | None,
    should_go_on: Callable[[float], bool],
) -> list[Outcome]:
    flat = flatten(model)
    stops = [partial(_refused, should_go_on, index / len(tasks)) for index in range(len(tasks))]
    return [_perform(flat, task, runner, stop) for task, stop in zip(tasks, stops, strict=True)]


def _refused(should_go_on: Callable[[float], bool], share: float) -> bool:
    return not should_go_on(share)


def _perform(
    flat: Flat, task: Task, runner: RunnerFactory | None, should_stop: Callable[[], bool]
) -> Outcome:
    model = unflatten(flat)
    apply(model, task.settings)
    made = runner() if runner is not None else None
    return replicate(model, task.config, task.numbers, should_stop=should_stop, runner=made)


class _Pool:
    """Processes that stop soon after the experiment does."""

    def __init__(
        self,
        model: Model,
        tasks: Sequence[Task],
        runner: RunnerFactory | None,
        workers: int,
        should_go_on: Callable[[float], bool],
    ) -> None:
        self.tasks, self.should_go_on = tasks, should_go_on
        # A fresh process: the parent may have threads, which a fork would leave in mid-air.
        context = multiprocessing.get_context("spawn")
        self.stop = context.Event()
        self.executor = ProcessPoolExecutor(
            min(workers, len(tasks)),
            mp_context=context,
            initializer=_start,
            initargs=(flatten(model), runner, self.stop),
        )

    def run(self) -> list[Outcome]:
        try:
            futures = [self.executor.submit(_in_worker, task) for task in self.tasks]
            self._wait(futures)
            return [future.result() for future in futures]
        finally:
            self.stop.set()
            self.executor.shutdown(cancel_futures=True)

    def _wait(self, futures: list[Future[Outcome]]) -> None:
        pending = set(futures)
        while pending:
            done, pending = wait(pending, POLL_SECONDS, FIRST_COMPLETED)
            for future in done:
                future.result()  # an error ends the experiment
            if not self.should_go_on(1 - len(pending) / len(futures)):
                raise SimulationCancelled


_worker: dict[str, Any] = {}


def _start(flat: Flat, runner: RunnerFactory | None, stop: Any) -> None:
    _worker.update(flat=flat, runner=runner, stop=stop.is_set)


def _in_worker(task: Task) -> Outcome:
    return _perform(_worker["flat"], task, _worker["runner"], _worker["stop"])


def split(
    scenarios: Sequence[tuple[Setting, ...]], configs: Sequence[RunConfig], workers: int
) -> list[Task]:
    """Tasks that keep all workers busy: whole scenarios where there are many, parts else."""
    blocks = max(1, -(-workers * BLOCKS_A_WORKER // len(scenarios))) if workers > 1 else 1
    tasks = []
    for index, (settings, config) in enumerate(zip(scenarios, configs, strict=True)):
        size = max(1, -(-config.replications // blocks))
        for first in range(0, config.replications, size):
            numbers = tuple(range(first, min(first + size, config.replications)))
            tasks.append(Task(index, settings, config, numbers))
    return tasks


def deadline(seconds: float) -> Callable[[], None]:
    """A check that raises SimulationError when that many seconds have passed."""
    end = perf_counter() + seconds

    def check() -> None:
        if perf_counter() > end:
            raise SimulationError(
                f"the experiment took longer than {seconds:g} s",
                hint="shorten the runs, or compare fewer scenarios",
            )

    return check


# Models between processes


@dataclass(frozen=True)
class Flat:
    """A model without references between objects: chains of ports are too deep to pickle."""

    objects: tuple[ModelObject, ...]
    ports: tuple[tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]], ...]
    connections: tuple[tuple[int, int, str], ...]
    tables: dict[str, list[list[Any]]]
    parameters: dict[str, Any]
    groups: dict[str, list[int]]
    headers: dict[str, tuple[list[str], list[str]]]
    start: float


def flatten(model: Model) -> Flat:
    """Raises SimulationError where a label holds an object."""
    place = {obj: index for index, obj in enumerate(model.objects)}
    for obj in model:
        for name, value in obj.labels.items():
            if isinstance(value, ModelObject):
                raise SimulationError(
                    f"the label {name} holds an object", obj.name, "use the object's name"
                )
    ports = tuple(
        (
            tuple(place[other] for other in obj.in_ports),
            tuple(place[other] for other in obj.out_ports),
            tuple(place[other] for other in obj.center_ports),
        )
        for obj in model
    )
    objects = tuple(replace(obj, in_ports=[], out_ports=[], center_ports=[]) for obj in model)
    links = tuple((place[x.source], place[x.target], x.kind) for x in model.connections)
    groups = {name: [place[obj] for obj in members] for name, members in model.groups.items()}
    return Flat(
        objects, ports, links, model.tables, model.parameters, groups, model.headers, model.start
    )


def unflatten(flat: Flat) -> Model:
    """The model again, with objects of its own."""
    objects = [
        replace(
            obj, properties=dict(obj.properties), labels=dict(obj.labels),
            in_ports=[], out_ports=[], center_ports=[],
        )
        for obj in flat.objects
    ]  # fmt: skip
    groups = {name: [objects[index] for index in members] for name, members in flat.groups.items()}
    model = Model(objects, [], flat.tables, dict(flat.parameters), groups, flat.headers, flat.start)
    for source, target, kind in flat.connections:
        model.connect(objects[source], objects[target], kind)  # type: ignore[arg-type]
    for obj, (ins, outs, centres) in zip(objects, flat.ports, strict=True):
        obj.in_ports[:] = [objects[index] for index in ins]
        obj.out_ports[:] = [objects[index] for index in outs]
        obj.center_ports[:] = [objects[index] for index in centres]
    return model


# Settings


def apply(model: Model, settings: Sequence[Setting]) -> None:
    """Change properties of objects and parameters of the model; SimulationError if unknown."""
    for owner, name, value in settings:
        if not owner:
            model.parameters[name] = value
            continue
        obj = model.find(owner)
        if obj is None:
            hint = _nearest(owner, [item.name for item in model])
            raise SimulationError(f"there is no object {owner}", hint=hint)
        real = alias_of(obj.class_name, name) or name
        if real not in CLASSES[obj.class_name].properties and not real.startswith("Triggers."):
            hint = _nearest(name, list(CLASSES[obj.class_name].properties))
            raise SimulationError(f"a {obj.class_name} has no {name}", owner, hint)
        obj.properties[real] = as_value(value)


def as_value(value: float | str) -> Value:
    """A number, a distribution, or code."""
    if isinstance(value, int | float):
        return NumberValue(float(value))
    return plain_value(value) or CodeValue(value)


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else "there is " + ", ".join(known[:12])
