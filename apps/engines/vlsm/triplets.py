"""Prompt–sketch–script triplets on disk: sharded, resumable, each made from its own number.

A triplet depends on (seed, number) alone, so shards can be made in any order, by any process, and
again after an interruption, and come out the same. A shard is a JSON-lines file, beside it a folder
of sketches; it gets its final name when it is complete.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from ..factories.factory import Factory, sample_factory, split_of
from ..factories.layouts import layout_of
from .examples import new_model_example
from .styles import STYLES, write_script
from .truth import truth_model

if TYPE_CHECKING:
    from PIL.Image import Image

SHARD = 1000
SOURCES = ("text", "both", "sketch")
"""Where the connections are told: in the prompt, in prompt and sketch, in the sketch alone."""


@dataclass(frozen=True)
class Order:
    """What to make: `count` triplets from number 0 on, in folder `out`."""

    count: int
    seed: int
    out: str
    sketches: bool = True

    def shards(self) -> list[int]:
        return list(range((self.count + SHARD - 1) // SHARD))

    def missing(self) -> list[int]:
        """Shards that are not complete yet."""
        return [index for index in self.shards() if not self.path(index).exists()]

    def path(self, index: int) -> Path:
        return Path(self.out) / f"triplets-{index:05d}.jsonl"

    def numbers(self, index: int) -> range:
        return range(index * SHARD, min(self.count, (index + 1) * SHARD))


@dataclass(frozen=True)
class Triplet:
    """One example as it is stored; `sketch` names a file beside the shard, "" for none."""

    number: int
    split: str
    category: str
    layout: str
    source: str
    style: str
    prompt: str
    sketch: str
    script: str


def make_triplet(seed: int, number: int) -> tuple[Triplet, Callable[[], Image] | None]:
    """The triplet of that number and, where it has a sketch, what draws it."""
    from .evaluation import draw

    rng = Random(f"{seed}:{number}")
    while True:
        factory = sample_factory(rng)
        source = rng.choice(SOURCES)
        icons = source != "text" and rng.random() < 0.6
        example = new_model_example(
            factory,
            rng,
            scene=source != "text",
            icons=icons,
            links=source != "sketch",
            classes=not icons or rng.random() < 0.7,
        )
        if example is not None:
            break
    style = rng.choice(sorted(STYLES))
    sketch_seed = rng.getrandbits(31)
    triplet = Triplet(
        number,
        split_of(factory),
        factory.category,
        layout_of(factory),
        source,
        style,
        example.inputs.prompt,
        f"sketches-{number // SHARD:05d}/{number:07d}.webp" if source != "text" else "",
        write_script(truth_model(factory), style),
    )
    return triplet, _drawer(factory, icons, sketch_seed, draw) if triplet.sketch else None


def _drawer(
    factory: Factory, icons: bool, seed: int, draw: Callable[[Factory, bool, int], Image]
) -> Callable[[], Image]:
    return lambda: draw(factory, icons, seed)


def make_shard(order: Order, index: int) -> int:
    """Write one shard and return how many triplets it holds; a half-written one is begun anew."""
    path = order.path(index)
    partial = path.with_suffix(".partial")
    pictures = path.parent / f"sketches-{index:05d}"
    shutil.rmtree(pictures, ignore_errors=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with partial.open("w", encoding="utf-8") as file:
        for number in order.numbers(index):
            triplet, picture = make_triplet(order.seed, number)
            if picture and order.sketches:
                pictures.mkdir(exist_ok=True)
                picture().convert("RGB").save(path.parent / triplet.sketch, quality=80)
            file.write(json.dumps(asdict(triplet), ensure_ascii=False) + "\n")
    partial.replace(path)
    return len(order.numbers(index))


def make_triplets(order: Order, workers: int = 1) -> Iterator[int]:
    """Make what is missing in `workers` processes; yields the size of each finished shard.

    Raises ValueError where the folder holds triplets of another order.
    """
    claim(order)
    missing = order.missing()
    if workers < 2:
        for index in missing:
            yield make_shard(order, index)
        return
    with ProcessPoolExecutor(workers) as pool:
        jobs = [pool.submit(make_shard, order, index) for index in missing]
        for job in as_completed(jobs):
            yield job.result()


def claim(order: Order) -> None:
    """Note in the folder what it is for; refuse one that is for something else."""
    note = Path(order.out) / "order.json"
    wanted: dict[str, Any] = {"seed": order.seed, "sketches": order.sketches, "shard": SHARD}
    if note.exists():
        found = json.loads(note.read_text())
        if found != wanted:
            raise ValueError(
                f"{order.out} holds triplets of another order ({found}). Choose another folder."
            )
        return
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps(wanted))
