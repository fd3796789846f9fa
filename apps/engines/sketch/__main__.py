"""Command line without Django: `python -m apps.engines.sketch train|fit|evaluate|read|draw …`."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any


def main(arguments: list[str] | None = None) -> None:
    """Parse and run."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(prog="python -m apps.engines.sketch", description=__doc__)
    commands = parser.add_subparsers(required=True, dest="command")
    _add_train(commands.add_parser("train", help="train the network on drawings made on the fly"))
    _add_evaluate(commands.add_parser("evaluate", help="figures on held-out structures"))
    _add_read(commands.add_parser("read", help="read one image"))
    _add_draw(
        commands.add_parser("draw", help="draw sketches of random factories with their truth")
    )
    _add_fit(commands.add_parser("fit", help="fit the link rules to a trained network"))
    options = vars(parser.parse_args(arguments))
    run = {"train": _train, "evaluate": _evaluate, "read": _read, "draw": _draw, "fit": _fit}
    run[options.pop("command")](options)


def _add_train(parser: argparse.ArgumentParser) -> None:
    from .training import TrainingConfig

    parser.add_argument("--out", type=Path, required=True, help="checkpoints and weights go here")
    parser.add_argument("--resume", action="store_true", help="go on from the newest checkpoint")
    for item in fields(TrainingConfig):
        option = f"--{item.name.replace('_', '-')}"
        parser.add_argument(option, type=type(item.default), default=item.default)


def _train(options: dict[str, Any]) -> None:
    from .training import TrainingConfig, train

    out, resume = options.pop("out"), options.pop("resume")
    train(TrainingConfig(**options), out, resume)


def _add_fit(parser: argparse.ArgumentParser) -> None:
    from .fitting import FittingConfig

    parser.add_argument("--weights", type=Path, help="folder (default: those that ship)")
    for item in fields(FittingConfig):
        parser.add_argument(f"--{item.name}", type=int, default=item.default)


def _fit(options: dict[str, Any]) -> None:
    """Write links.safetensors beside the network's weights."""
    import torch

    from .fitting import FittingConfig, fit_rules
    from .reader import WEIGHTS, load_network

    torch.set_num_threads(1)
    folder = options.pop("weights") or WEIGHTS
    rules = fit_rules(load_network(folder), FittingConfig(**options), _show)
    rules.save(folder / "links.safetensors")


def _show(done: int) -> None:
    print(f"\r{done}", end="", file=sys.stderr, flush=True)


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--weights", type=Path, help="folder (default: those that ship)")
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--seed", type=int, default=77)
    parser.add_argument("--no-text", action="store_true", help="objects and links only")
    parser.add_argument("--basic", action="store_true", help="factories of four classes only")
    parser.add_argument(
        "--conditions", action="store_true", help="the same plans on other paper, in other light"
    )
    parser.add_argument("--photographs", type=Path, help="read this folder's val part instead")


def _evaluate(options: dict[str, Any]) -> None:
    import torch

    from .conditions import evaluate_conditions
    from .evaluation import evaluate, evaluate_photographs
    from .reader import WEIGHTS, reader_from

    torch.set_num_threads(1)
    reader = reader_from(options["weights"] or WEIGHTS)

    limit = options["limit"]
    report: dict[str, Any]
    if options["conditions"]:
        report = evaluate_conditions(reader, limit, options["seed"], _show)
    elif options["photographs"]:
        report = evaluate_photographs(reader, options["photographs"], limit, _show)
    else:
        report = evaluate(
            reader, limit, options["seed"], not options["no_text"], options["basic"], _show
        )
    print(json.dumps(report, indent=2))


def _add_read(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("image", type=Path)
    parser.add_argument("--names", nargs="*", default=(), help="names that labels may stand for")
    parser.add_argument("--json", action="store_true", help="the whole scene as JSON")


def _read(options: dict[str, Any]) -> None:
    from PIL import Image, ImageOps

    from .reader import load_reader

    image = ImageOps.exif_transpose(Image.open(options["image"]))
    scene = load_reader().read(image, options["names"])
    if options["json"]:
        print(json.dumps(scene.to_json(), indent=2, ensure_ascii=False))
        return
    for index, item in enumerate(scene.objects):
        kind, score = max(item.class_scores.items(), key=lambda x: x[1], default=("?", 0.0))
        print(f"{index}: {item.label!r} ({item.label_confidence:.2f}) {kind} ({score:.2f})")
    for link in scene.links:
        print(f"{link.source} -> {link.target} ({link.confidence:.2f})")


def _add_draw(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--split", choices=("train", "test"), default="train")


def _draw(options: dict[str, Any]) -> None:
    from itertools import islice

    from .drawing import truth_scene
    from .samples import drawings

    out: Path = options["out"]
    out.mkdir(parents=True, exist_ok=True)
    stream = drawings(options["seed"], options["split"])
    for number, drawing in enumerate(islice(stream, options["count"])):
        drawing.image.save(out / f"{number:05d}.png")
        truth = json.dumps(truth_scene(drawing).to_json(), indent=2, ensure_ascii=False)
        (out / f"{number:05d}.json").write_text(truth, encoding="utf-8")


if __name__ == "__main__":
    main()
