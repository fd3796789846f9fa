"""Train a member of the family on triplets, or let one write: see `--help`."""

from __future__ import annotations

import argparse
import sys
from itertools import islice
from pathlib import Path

from PIL import Image

from .configuration import MEMBERS, read_config
from .data import Example, TripletFiles
from .language import learn_tokenizer, load_tokenizer
from .modeling import FamilyModel
from .training import TrainingSettings, train_member
from .weights import load_member
from .writing import WritingSettings, write_scripts

TOKENIZER_TEXTS = 5000


def train(given: argparse.Namespace) -> None:
    path = Path(given.member)
    path = path if path.exists() else MEMBERS / f"{given.member}.json"
    config = read_config(path, given.language, given.vision)
    examples = TripletFiles(Path(given.triplets))
    if config.language.folder:
        tokenizer = load_tokenizer(config)
    else:
        texts = (
            f"{item.prompt}\n{item.script}" for item in (examples[i] for i in range(len(examples)))
        )
        tokenizer = learn_tokenizer(islice(texts, TOKENIZER_TEXTS), config.language.tokenizer_size)
    model = FamilyModel(config, len(tokenizer))
    settings = TrainingSettings(
        steps=given.steps,
        batch=given.batch,
        accumulate=given.accumulate,
        rate=given.rate,
        precision=given.precision,
        held_out=given.held_out,
        patience=given.patience,
    )
    train_member(model, tokenizer, examples, settings, Path(given.out), given.resume)


def write(given: argparse.Namespace) -> None:
    model, tokenizer = load_member(Path(given.member), given.language)
    sketch = Image.open(given.sketch) if given.sketch else None
    settings = WritingSettings(constrained=not given.free)
    example = Example(given.prompt, sketch=sketch)
    write_scripts(
        model, tokenizer, [example], settings, lambda _, text: print(text, end="", flush=True)
    )
    print()


def main() -> None:
    parser = argparse.ArgumentParser(prog="family", description=__doc__)
    commands = parser.add_subparsers(required=True)
    defaults = TrainingSettings()
    teach = commands.add_parser("train", help="train a member on triplets")
    teach.add_argument("member", help="a JSON file, or the name of one in members/")
    teach.add_argument("--triplets", required=True)
    teach.add_argument("--out", required=True)
    teach.add_argument("--vision", default="", help="folder of the vision encoder's weights")
    teach.add_argument("--resume", action="store_true")
    teach.add_argument("--steps", type=int, default=defaults.steps)
    teach.add_argument("--batch", type=int, default=defaults.batch)
    teach.add_argument("--accumulate", type=int, default=defaults.accumulate)
    teach.add_argument("--rate", type=float, default=defaults.rate)
    teach.add_argument("--precision", choices=["no", "bf16", "fp16"], default=defaults.precision)
    teach.add_argument("--held-out", type=int, default=defaults.held_out)
    teach.add_argument("--patience", type=int, default=defaults.patience)
    teach.set_defaults(run=train)
    ask = commands.add_parser("write", help="write a script with a trained member")
    ask.add_argument("member", help="the folder that training wrote")
    ask.add_argument("--prompt", required=True)
    ask.add_argument("--sketch", default="")
    ask.add_argument("--free", action="store_true", help="without the grammar")
    ask.set_defaults(run=write)
    for command in (teach, ask):
        command.add_argument(
            "--language", default="", help="folder of the language model's weights"
        )
    given = parser.parse_args()
    try:
        given.run(given)
    except (ValueError, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
