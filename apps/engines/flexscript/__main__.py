"""Command line without Django: `python -m apps.engines.flexscript check|inspect FILE…`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from . import check, inspect


def main() -> int:
    """Parse the arguments and run; 1 where a file has errors."""
    parser = argparse.ArgumentParser(prog="python -m apps.engines.flexscript", description=__doc__)
    parser.add_argument("command", choices=("check", "inspect"))
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args()
    failed = False
    for path in options.files:
        source = path.read_text(encoding="utf-8", errors="replace")
        if options.command == "inspect":
            print(json.dumps(inspect(source, str(path)), indent=2, ensure_ascii=False))
            continue
        for item in check(source, str(path)):
            failed |= item.severity == "error"
            hint = f" ({item.hint})" if item.hint else ""
            place = f"{path}:{item.span.line}:{item.span.column}"
            print(f"{place}: {item.severity}: {item.message}{hint}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
