"""Command line without Django: `python -m apps.engines.vlsm train|evaluate …`."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from .weights import FOLDER

if TYPE_CHECKING:
    from .evaluation import Outcome
    from .evaluation_turns import TurnOutcome


def main() -> None:
    """Parse and run."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(prog="python -m apps.engines.vlsm", description=__doc__)
    commands = parser.add_subparsers(required=True, dest="command")
    add_train(commands.add_parser("train", help="train mini from the pretrained text encoder"))
    add_evaluate(commands.add_parser("evaluate", help="figures on held-out layouts"))
    options = vars(parser.parse_args())
    run = {"train": run_train, "evaluate": run_evaluate}[options.pop("command")]
    run(options)


def add_train(parser: argparse.ArgumentParser) -> None:
    from .training import TrainingConfig

    parser.add_argument(
        "--out", type=Path, required=True, help="folder for checkpoints and weights"
    )
    parser.add_argument("--resume", action="store_true", help="go on from the newest checkpoint")
    parser.add_argument("--device", default="cpu")
    for item in fields(TrainingConfig):
        option = f"--{item.name.replace('_', '-')}"
        parser.add_argument(option, type=type(item.default), default=item.default)


def run_train(options: dict[str, object]) -> None:
    from .training import TrainingConfig, train

    out, resume, device = (options.pop(name) for name in ("out", "resume", "device"))
    train(TrainingConfig(**options), Path(str(out)), bool(resume), str(device))  # type: ignore[arg-type]


def add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--weights", type=Path, default=FOLDER)
    parser.add_argument("--limit", type=int, default=500)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--split", choices=("test", "train"), default="test")
    parser.add_argument("--turns", action="store_true", help="refinement turns instead")
    parser.add_argument("--failures", type=Path, help="write cases that are not exact to this file")


def run_evaluate(options: dict[str, object]) -> None:
    from .evaluation import evaluate
    from .evaluation_turns import evaluate_turns
    from .generator import MiniGenerator
    from .pretrained import load_tokenizer
    from .weights import load_weights

    generator = MiniGenerator(load_weights(Path(str(options["weights"]))), load_tokenizer())
    limit, seed = int(str(options["limit"])), int(str(options["seed"]))
    path = Path(str(options["failures"])) if options["failures"] else None
    measure = evaluate_turns if options["turns"] else evaluate
    report = measure(generator, limit, seed, str(options["split"]), _note(path))
    print(json.dumps(report, indent=2))


def _note(path: Path | None) -> Callable[[Outcome | TurnOutcome], None]:
    """Show progress; write what is not exact to `path`."""

    def note(outcome: Outcome | TurnOutcome) -> None:
        print(f"\r{outcome.case.number + 1}", end="", file=sys.stderr, flush=True)
        if path and not outcome.exact:
            with path.open("a") as file:
                file.write(f"{outcome}\n\n")

    return note


if __name__ == "__main__":
    main()
