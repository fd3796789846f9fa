"""The commands train, evaluate, triplets and ablate; `manage.py vlsm` offers the same."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .weights import FOLDER

if TYPE_CHECKING:
    from .evaluation import Outcome
    from .evaluation_turns import TurnOutcome

Options = dict[str, Any]


@dataclass(frozen=True)
class Verb:
    """One command: its help, its options, and what runs it."""

    help: str
    add: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Options], None]


def add_train(parser: argparse.ArgumentParser) -> None:
    from .training import TrainingConfig

    parser.add_argument(
        "--out", type=Path, required=True, help="folder for checkpoints and weights"
    )
    parser.add_argument("--config", type=Path, help="JSON file with any of the settings below")
    parser.add_argument("--resume", action="store_true", help="go on from the newest checkpoint")
    parser.add_argument("--device", default="cpu")
    for item in fields(TrainingConfig):
        option = f"--{item.name.replace('_', '-')}"
        parser.add_argument(option, type=type(item.default), help=f"default {item.default}")


def run_train(options: Options) -> None:
    from .training import TrainingConfig, train

    names = {item.name for item in fields(TrainingConfig)}
    given = _settings(options["config"], names) if options["config"] else {}
    given |= {name: options[name] for name in names if options[name] is not None}
    train(TrainingConfig(**given), options["out"], options["resume"], options["device"])


def _settings(path: Path, names: set[str]) -> Options:
    """The settings of a configuration file; ValueError names what is not known."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"{path} is no JSON file: {error}") from error
    unknown = sorted(set(given) - names)
    if unknown:
        raise ValueError(
            f"{path}: unknown setting {unknown[0]}; known are {', '.join(sorted(names))}."
        )
    return dict(given)


def add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--weights", type=Path, default=FOLDER)
    parser.add_argument("--limit", type=int, default=500)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--split", choices=("test", "train"), default="test")
    parser.add_argument("--turns", action="store_true", help="refinement turns instead")
    parser.add_argument("--hand", type=Path, metavar="DIR", help="a folder of cases of one's own")
    parser.add_argument("--failures", type=Path, help="write cases that are not exact to this file")
    parser.add_argument("--json", action="store_true", help="print JSON (default: a table)")
    parser.add_argument("--out", type=Path, help="keep figures and cases in this folder")
    parser.add_argument(
        "--workers", type=int, default=1, metavar="W", help="processes (not --turns)"
    )


def run_evaluate(options: Options) -> None:
    from .evaluation import evaluate
    from .evaluation_crew import by_crew
    from .evaluation_hand import evaluate_hand, hand_table
    from .evaluation_turns import evaluate_turns
    from .loader import mini_generator
    from .report import keep, summary

    generator = mini_generator(options["weights"])
    if options["hand"]:
        print(hand_table(evaluate_hand(generator, options["hand"])))
        return
    seen: list[Outcome | TurnOutcome] = []
    note = _note(options["failures"], seen)
    asked = (generator, options["limit"], options["seed"], options["split"], note)
    crew = by_crew(options["weights"], options["workers"]) if options["workers"] > 1 else None
    report = evaluate_turns(*asked) if options["turns"] else evaluate(*asked, run=crew)
    if options["out"]:
        keep(options["out"], report, seen, options)
    print(json.dumps(report, indent=2) if options["json"] else summary(report))


def _note(
    path: Path | None, seen: list[Outcome | TurnOutcome]
) -> Callable[[Outcome | TurnOutcome], None]:
    """Show progress; keep outcomes; write what is not exact to `path`."""

    def note(outcome: Outcome | TurnOutcome) -> None:
        print(f"\r{outcome.case.number + 1}", end="", file=sys.stderr, flush=True)
        seen.append(outcome)
        if path and not outcome.exact:
            with path.open("a") as file:
                file.write(f"{outcome}\n\n")

    return note


def add_triplets(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--count", type=int, required=True, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--workers", type=int, default=1, metavar="W", help="processes")
    parser.add_argument("--no-sketches", action="store_true", help="prompts and scripts alone")


def order_of(options: Options) -> Any:
    """What the options of `triplets` ask for."""
    from .triplets import Order

    if options["count"] < 1:
        raise ValueError("--count must be at least 1.")
    return Order(options["count"], options["seed"], str(options["out"]), not options["no_sketches"])


def run_triplets(options: Options) -> None:
    from .triplets import make_triplets

    order = order_of(options)
    begun, made = time.perf_counter(), 0
    for size in make_triplets(order, options["workers"]):
        made += size
        rate = made / (time.perf_counter() - begun)
        print(f"\r{made} made, {rate:.0f} a second", end="", file=sys.stderr, flush=True)
    print(f"\n{order.count} triplets in {order.out} ({made} made now).")


def add_ablate(parser: argparse.ArgumentParser) -> None:
    from .ablation import DEFAULT

    parser.add_argument("--config", type=Path, default=DEFAULT, help="the grid, a JSON file")
    parser.add_argument("--out", type=Path, help="write the reports as JSON to this file")


def run_ablate(options: Options) -> None:
    from .ablation import run_grid, table

    def progress(name: str, outcome: Outcome) -> None:
        print(f"\r{name}: {outcome.case.number + 1}   ", end="", file=sys.stderr, flush=True)

    reports = run_grid(options["config"], progress)
    if options["out"]:
        options["out"].write_text(json.dumps(reports, indent=2))
    print("\n" + table(reports))


VERBS = {
    "train": Verb("train the small model", add_train, run_train),
    "evaluate": Verb("figures on held-out layouts", add_evaluate, run_evaluate),
    "triplets": Verb("make prompt–sketch–script triplets", add_triplets, run_triplets),
    "ablate": Verb("figures with parts of the pipeline taken away", add_ablate, run_ablate),
}


def add_verbs(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Add a subcommand for each verb; returns their parsers."""
    commands = parser.add_subparsers(required=True, dest="verb", metavar="|".join(VERBS))
    parsers = {name: commands.add_parser(name, help=verb.help) for name, verb in VERBS.items()}
    for name, verb in VERBS.items():
        verb.add(parsers[name])
    return parsers
