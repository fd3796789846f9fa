"""`manage.py vlsm train|evaluate`: the engine's own command line, under Django's."""

import logging
from argparse import ArgumentParser
from typing import Any

from apps.common.console import PlainCommand

LEFT_OUT = {
    "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks",
    "verb",
}  # fmt: skip


class Command(PlainCommand):
    help = "Train or evaluate the model that turns sketches and prompts into scripts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        from apps.engines.vlsm import __main__ as engine

        verbs = parser.add_subparsers(dest="verb", required=True, metavar="train|evaluate")
        engine.add_train(verbs.add_parser("train", help="train the small model"))
        engine.add_evaluate(verbs.add_parser("evaluate", help="figures on held-out layouts"))

    def handle(self, *args: Any, **options: Any) -> None:
        from apps.engines.vlsm import __main__ as engine

        logging.getLogger("apps").setLevel(logging.INFO)
        run = {"train": engine.run_train, "evaluate": engine.run_evaluate}[options["verb"]]
        wishes = {name: value for name, value in options.items() if name not in LEFT_OUT}
        try:
            run(wishes)
        except FileNotFoundError as error:
            self.refuse(str(error))
