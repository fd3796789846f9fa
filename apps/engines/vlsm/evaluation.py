"""Evaluation on held-out layouts: real prompts, real drawings, the whole pipeline.

A third of the cases each: prompt alone, prompt and sketch, and links from the sketch alone. No
structure of the test split occurs in training (`factory.split_of`); at most `per_structure` cases
share one, so that small common layouts do not flatter the figures.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from ..factories.factory import Factory, factories, structure_key
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


@dataclass(frozen=True)
class Case:
    """One test triplet; `source` says where the links are told."""

    number: int
    source: str
    prompt: str
    sketch: Image | None
    factory: Factory


@dataclass
class Outcome:
    """One answer and how it scored."""

    case: Case
    answer: str
    scores: Scores
    executed: bool
    seconds: float
    error: str = ""
    timings: dict[str, float] = field(default_factory=dict)

    @property
    def exact(self) -> bool:
        return self.scores.exact


def cases(limit: int, seed: int = 2026, split: str = "test") -> Iterator[Case]:
    """`limit` reproducible cases of a split."""
    used: Counter[str] = Counter()
    rng = Random(seed)
    number = 0
    for factory in factories(seed, split):
        key = structure_key(factory)
        if used[key] >= PER_STRUCTURE:
            continue
        case = _case(number, SOURCES[number % 3], factory, Random(rng.getrandbits(48)))
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
    example = new_model_example(
        factory,
        rng,
        scene=scene,
        icons=icons,
        links=source != "sketch",
        classes=not icons or rng.random() < 0.7,
    )
    if example is None:
        return None
    sketch = draw(factory, icons, rng.getrandbits(31)) if scene else None
    return Case(number, source, example.inputs.prompt, sketch, factory)


def draw(factory: Factory, icons: bool, seed: int) -> Image:
    """The factory as a person might sketch it."""
    from ..sketch.drawing import SketchPlan, draw_sketch

    objects = tuple(
        (station.class_name if icons else "Box", station.name, station.x, station.y)
        for station in factory.stations
    )
    image, _ = draw_sketch(SketchPlan(objects, tuple(factory.links)), seed)
    return image


def run_case(generator: Generator, case: Case) -> Outcome:
    """Generate, execute, compare, simulate."""
    from ..flexscript import execute

    began = time.perf_counter()
    try:
        result = generator.generate(GenerationRequest(case.prompt, case.sketch))
    except GenerationError as error:
        return Outcome(case, "", compare(truth_model(case.factory), None), False, 0.0, str(error))
    seconds = time.perf_counter() - began
    executed = execute(result.source)
    failed = any(item.severity == "error" for item in executed.diagnostics)
    model = None if failed else executed.model
    truth = truth_model(case.factory)
    runs = model is not None and _runs(model, truth)
    return Outcome(
        case, result.source, compare(truth, model), runs, seconds, "", dict(result.timings)
    )


def _runs(model: Model, truth: Model) -> bool:
    """Eight hours without error, with items leaving where the truth has some."""
    from ..flexscript import code_runner
    from ..simulation import RunConfig, SimulationError, simulate

    def items_out(built: Model) -> float:
        config = RunConfig(until=HORIZON, trace=False)
        result = simulate(built, config, runner=code_runner()).to_json()
        return float(result["kpis"]["items_out"]["mean"])

    try:
        made, wanted = items_out(model), items_out(truth)
    except SimulationError:
        return False
    return made > 0 or wanted == 0


def evaluate(
    generator: Generator,
    limit: int,
    seed: int = 2026,
    split: str = "test",
    progress: Callable[[Outcome], None] | None = None,
) -> dict[str, Any]:
    """All figures with 95 % intervals, in total and by source and size."""
    outcomes: list[Outcome] = []
    for case in cases(limit, seed, split):
        outcomes.append(run_case(generator, case))
        if progress:
            progress(outcomes[-1])
    report = figures(outcomes)
    report["by_source"] = {
        source: figures([o for o in outcomes if o.case.source == source]) for source in SOURCES
    }
    sizes = {"3-5": (3, 5), "6-9": (6, 9), "10-14": (10, 14)}
    report["by_size"] = {
        name: figures([o for o in outcomes if low <= len(o.case.factory.stations) <= high])
        for name, (low, high) in sizes.items()
    }
    return report


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
        "esr": {"value": round(executed / n, 4), "interval": _rounded(wilson(executed, n))},
        "exact": {"value": round(exact / n, 4), "interval": _rounded(wilson(exact, n))},
        "bleu4": bleu(outcomes),
        "seconds": {"p50": round(cuts[9], 2), "p95": round(cuts[18], 2)},
    }


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

    from ..flexscript import print_model

    references = [_without_places(print_model(truth_model(o.case.factory))) for o in outcomes]
    answers = [_without_places(o.answer) for o in outcomes]
    metric = sacrebleu.BLEU(tokenize="13a")
    score = metric.corpus_score(answers, [references]).score / 100
    rng = Random(1)
    draws = []
    for _ in range(200):
        rows = [rng.randrange(len(outcomes)) for _ in outcomes]
        sample = metric.corpus_score([answers[i] for i in rows], [[references[i] for i in rows]])
        draws.append(sample.score / 100)
    draws.sort()
    return {"value": round(score, 4), "interval": _rounded((draws[5], draws[194]))}


def _without_places(source: str) -> str:
    return "\n".join(line for line in source.splitlines() if ".setLocation(" not in line)
