"""Command line without Django: `python -m apps.engines.flexscript check|inspect|fmt FILE…`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from . import check, inspect
from .cli import add_fmt_options, line_of, reformat


def main() -> int:
    """Parse the arguments and run; 1 where a file has errors or would change."""
    options = _arguments()
    failed = False
    for path in options.files:
        try:
            source = path.read_bytes().decode("utf-8", errors="replace")
        except OSError as error:
            print(f"{path}: {error.strerror or error}", file=sys.stderr)
            failed = True
            continue
        if options.command == "inspect":
            print(json.dumps(inspect(source, str(path)), indent=2, ensure_ascii=False))
        elif options.command == "check":
            found = check(source, str(path))
            failed |= any(item.severity == "error" for item in found)
            print("".join(f"{line_of(path, item)}\n" for item in found), end="")
        else:
            done = reformat(path, source, check=options.check, write=options.write)
            failed |= done.failed
            print(done.output, end="")
    return int(failed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m apps.engines.flexscript", description=__doc__)
    verbs = parser.add_subparsers(dest="command", required=True)
    verbs.add_parser("check", help="findings as file:line:col: severity: message (hint)")
    verbs.add_parser("inspect", help="the model that a script builds, as JSON")
    fmt = verbs.add_parser("fmt", help="lay a script out in the house style and print it")
    add_fmt_options(fmt)
    for verb in verbs.choices.values():
        verb.add_argument("files", nargs="+", type=Path, metavar="FILE")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
