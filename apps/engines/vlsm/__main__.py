"""Command line without Django: `python -m apps.engines.vlsm train|evaluate|triplets|ablate …`."""

from __future__ import annotations

import argparse
import logging
import sys

from .cli import VERBS, add_verbs


def main() -> None:
    """Parse and run."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(prog="python -m apps.engines.vlsm", description=__doc__)
    add_verbs(parser)
    options = vars(parser.parse_args())
    try:
        VERBS[options["verb"]].run(options)
    except (ValueError, FileNotFoundError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
