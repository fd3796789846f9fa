"""`manage.py vlsm train|evaluate|triplets|ablate`: the engine's command line, under Django's."""

import logging
from argparse import ArgumentParser
from typing import Any

from apps.common.console import PlainCommand


class Command(PlainCommand):
    help = (
        "Make data for, train and measure the model that turns sketches and prompts into scripts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        from apps.engines.vlsm.cli import add_verbs

        verbs = add_verbs(parser)
        verbs["triplets"].add_argument(
            "--celery", action="store_true", help="let Celery's workers make the shards"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        from apps.engines.vlsm.cli import VERBS

        logging.getLogger("apps").setLevel(logging.INFO)
        try:
            if options.get("celery"):
                self.distribute(options)
            else:
                VERBS[options["verb"]].run(options)
        except (ValueError, FileNotFoundError) as error:
            self.refuse(str(error))

    def distribute(self, options: dict[str, Any]) -> None:
        """One task a shard, in a group; the folder must be one that all workers see."""
        from apps.engines.vlsm.cli import order_of
        from apps.generation.triplets import order_shards

        count = order_shards(order_of(options))
        self.stdout.write(f"{count} shards ordered; the workers write them to {options['out']}.")
