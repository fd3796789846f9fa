"""Evaluation on held-out layouts: real prompts, real drawings, the whole pipeline.

A third of the cases each: prompt alone, prompt and sketch, and links from the sketch alone. No
structure of the test split occurs in training (`factory.split_of`); at most `per_structure` cases
share one, so that small common layouts do not flatter the figures.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from random import Random
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from ..factories.factory import Factory, factories, structure_key
from ..factories.layouts import layout_of
from ..factories.roles import is_resource
from ..simulation.model import Model
from .api import GenerationError, GenerationRequest, Generator
from .examples import new_model_example
from .metrics import Scores, compare, mean_interval, wilson
from .truth import truth_model

if TYPE_CHECKING:
    from PIL.Image import Image

SOURCES = ("text", "both", "sketch")
HORIZON = 8 * 3600.0
PER_STRUCTURE = 8
REPLICATIONS = 10
BOOTSTRAP = 200


@dataclass(frozen=True)
class Case:
    """One test triplet; `source` says where the links are told."""

    number: int
    source: str
    prompt: str
    sketch: Image | None
    factory: Factory
    held_out: bool = False
    """Whether its phrasings, too, never occur in training."""


@dataclass
class Outcome:
    """One answer and how it scored."""

    case: Case
    answer: str
    scores: Scores
    executed: bool
    seconds: float
    behaves: bool = False
    """Whether throughput and mean WIP lie within each other's intervals."""
    error: str = ""
    timings: dict[str, float] = field(default_factory=dict)

    @property
    def exact(self) -> bool:
        return self.scores.exact


def cases(
    limit: int, seed: int = 2026, split: str = "test", sources: Sequence[str] = SOURCES
) -> Iterator[Case]:
    """`limit` reproducible cases of a split."""
    used: Counter[str] = Counter()
    rng = Random(seed)
    number = 0
    for factory in factories(seed, split):
        key = structure_key(factory)
        if used[key] >= PER_STRUCTURE:
            continue
        case = _case(number, sources[number % len(sources)], factory, Random(rng.getrandbits(48)))
        if case is None:
            continue
        used[key] += 1
        yield case
        number += 1
        if number == limit:
            return


def _case(number: int, source: str, factory: Factory, rng: Random) -> Case | None:
    scene = source != "text"
    icons = scene and rng.random() < 0.6
    held_out = rng.random() < 0.5
    example = new_model_example(
        factory,
        rng,
        scene=scene,
        icons=icons,
        links=source != "sketch",
        classes=not icons or rng.random() < 0.7,
        held_out=held_out,
    )
    if example is None:
        return None
    sketch = draw(factory, icons, rng.getrandbits(31)) if scene else None
    return Case(number, source, example.inputs.prompt, sketch, factory, held_out)


def draw(factory: Factory, icons: bool, seed: int) -> Image:
    """The factory as a person might sketch it."""
    from ..sketch.drawing import draw_sketch
    from ..sketch.samples import plan_of

    boxed = () if icons else range(len(factory.stations))
    image, _ = draw_sketch(plan_of(factory, boxed), seed)
    return image


def run_case(generator: Generator, case: Case) -> Outcome:
    """Generate, execute, compare, simulate."""
    from ..flexscript import execute

    began = time.perf_counter()
    truth = truth_model(case.factory)
    try:
        result = generator.generate(GenerationRequest(case.prompt, case.sketch))
    except GenerationError as error:
        return Outcome(case, "", compare(truth, None), False, 0.0, error=str(error))
    seconds = time.perf_counter() - began
    executed = execute(result.source)
    failed = any(item.severity == "error" for item in executed.diagnostics)
    model = None if failed else executed.model
    runs, behaves = compare_runs(model, truth)
    return Outcome(
        case,
        result.source,
        compare(truth, model),
        runs,
        seconds,
        behaves,
        timings=dict(result.timings),
    )


def compare_runs(model: Model | None, truth: Model) -> tuple[bool, bool]:
    """Whether the answer runs eight hours, with items leaving where the truth has some, and whether
    it behaves as the truth: throughput and mean WIP of ten replications within each other's 95 %
    intervals (generation.md 2), with common random numbers."""
    from ..simulation import SimulationError

    if model is None:
        return False, False
    model = in_order_of(truth, laid_out_as(truth, model))
    try:
        made = _kpis(model)
        wanted = made if _printed(model) == _printed(truth) else _kpis(truth)
    except SimulationError:
        return False, False
    out = made["items_out"]["mean"] > 0 or wanted["items_out"]["mean"] == 0
    return out, all(_agree(made[name], wanted[name]) for name in ("throughput_per_hour", "wip"))


def in_order_of(truth: Model, model: Model) -> Model:
    """The model with objects of the same names in the same order: streams of random numbers belong
    to objects by their order, and a like model must draw like numbers."""
    place = {item.name: index for index, item in enumerate(truth)}
    ordered = sorted(model, key=lambda item: place.get(item.name, len(place)))
    return replace(model, objects=ordered)


def laid_out_as(truth: Model, model: Model) -> Model:
    """A copy of the model with objects of the same names in the same places."""
    places = {item.name: item.location for item in truth}
    moved = deepcopy(model)
    for item in moved:
        item.location = places.get(item.name, item.location)
    return moved


def _kpis(model: Model) -> dict[str, Any]:
    from ..flexscript import code_runner
    from ..simulation import RunConfig, simulate

    config = RunConfig(until=HORIZON, replications=REPLICATIONS, trace=False)
    kpis: dict[str, Any] = simulate(model, config, runner=code_runner()).to_json()["kpis"]
    return kpis


def _agree(a: dict[str, float], b: dict[str, float]) -> bool:
    """Whether each mean lies in the other's interval."""
    slack = 1e-9 * max(abs(a["mean"]), abs(b["mean"]), 1.0)
    apart = abs(a["mean"] - b["mean"])
    return apart <= (a["half_width"] or 0) + slack and apart <= (b["half_width"] or 0) + slack


def evaluate(
    generator: Generator,
    limit: int,
    seed: int = 2026,
    split: str = "test",
    progress: Callable[[Outcome], None] | None = None,
    sources: Sequence[str] = SOURCES,
    run: Callable[[Iterable[Case]], Iterable[Outcome]] | None = None,
) -> dict[str, Any]:
    """All figures with 95 % intervals, in total and by group; `run` turns cases into outcomes (by
    default one after the other)."""
    outcomes: list[Outcome] = []
    chosen = cases(limit, seed, split, sources)
    for outcome in run(chosen) if run else (run_case(generator, case) for case in chosen):
        outcomes.append(outcome)
        if progress:
            progress(outcome)
    return report_of(outcomes)


def report_of(outcomes: list[Outcome]) -> dict[str, Any]:
    """Figures in total and by source of the links, size, category, layout and classes."""
    report = figures(outcomes)
    for name, key in GROUPS.items():
        groups: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in outcomes:
            groups[key(outcome.case)].append(outcome)
        report[f"by_{name}"] = {group: figures(groups[group]) for group in sorted(groups)}
    return report


def _size(factory: Factory) -> str:
    count = len(factory.stations)
    return "03-05" if count <= 5 else "06-09" if count <= 9 else "10-16"


def _classes(factory: Factory) -> str:
    """The most demanding kind of object in a factory."""
    names = {station.class_name for station in factory.stations}
    if any(is_resource(name) for name in names):
        return "with resources"
    return "basic" if names <= BASIC else "with assembly, belts, racks"


BASIC = {"Source", "Queue", "Processor", "Sink"}
GROUPS: dict[str, Callable[[Case], str]] = {
    "source": lambda case: case.source,
    "phrasing": lambda case: "held out" if case.held_out else "known",
    "size": lambda case: _size(case.factory),
    "category": lambda case: case.factory.category,
    "layout": lambda case: layout_of(case.factory),
    "classes": lambda case: _classes(case.factory),
}


def figures(outcomes: list[Outcome]) -> dict[str, Any]:
    """svr, pmr, esr, exact, bleu4 with intervals, n, and seconds per draft."""
    n = len(outcomes)
    if not n:
        return {"n": 0}
    executed = sum(o.executed for o in outcomes)
    exact = sum(o.scores.exact for o in outcomes)
    times = sorted(o.seconds for o in outcomes)
    cuts = quantiles(times, n=20) if n > 1 else times * 19
    return {
        "n": n,
        "svr": _figure([o.scores.svr for o in outcomes]),
        "pmr": _figure([o.scores.pmr for o in outcomes if o.scores.pmr is not None]),
        "esr": _share(executed, n),
        "exact": _share(exact, n),
        "behaviour": _share(sum(o.behaves for o in outcomes), n),
        "bleu4": bleu(outcomes),
        "seconds": {"p50": round(cuts[9], 2), "p95": round(cuts[18], 2)},
    }


def _share(count: int, n: int) -> dict[str, Any]:
    return {"value": round(count / n, 4), "interval": _rounded(wilson(count, n))}


def _figure(values: list[float]) -> dict[str, Any]:
    mean, low, high = mean_interval(values)
    return {"value": round(mean, 4), "interval": _rounded((low, high))}


def _rounded(pair: tuple[float, float]) -> list[float]:
    return [round(pair[0], 4), round(pair[1], 4)]


def bleu(outcomes: list[Outcome]) -> dict[str, Any]:
    """Corpus BLEU-4 (sacreBLEU, tokenizer 13a) against the truth in printed form, 0..1.

    Locations are left out of both: the prompt does not tell them. The interval is a bootstrap.
    """
    import sacrebleu

    references = [_printed(truth_model(o.case.factory)) for o in outcomes]
    answers = [_without_places(o.answer) for o in outcomes]
    metric = sacrebleu.BLEU(tokenize="13a")
    score = metric.corpus_score(answers, [references], n_bootstrap=BOOTSTRAP)
    # sacreBLEU keeps the interval of its bootstrap with the score.
    half = getattr(score, "_ci", 0.0) / 100
    value = score.score / 100
    return {"value": round(value, 4), "interval": _rounded((value - half, min(1.0, value + half)))}


def _printed(model: Model) -> str:
    from ..flexscript import print_model

    return _without_places(print_model(model))


def _without_places(source: str) -> str:
    return "\n".join(line for line in source.splitlines() if ".setLocation(" not in line)
