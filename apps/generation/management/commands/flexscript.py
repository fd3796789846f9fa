"""`manage.py flexscript check|inspect|fmt`: scripts without server or database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from apps.common.console import PlainCommand


class Command(PlainCommand):
    help = "Check, inspect or reformat FlexScript files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="check|inspect|fmt")
        check = verbs.add_parser("check", help="findings as file:line:col: message; 1 on errors")
        check.add_argument("files", nargs="+", type=Path, metavar="FILE")
        inspect = verbs.add_parser("inspect", help="the model that a script builds")
        inspect.add_argument("file", type=Path, metavar="FILE")
        inspect.add_argument("--json", action="store_true", help="as JSON")
        fmt = verbs.add_parser("fmt", help="lay scripts out in the house style and print them")
        fmt.add_argument("files", nargs="+", type=Path, metavar="FILE")
        way = fmt.add_mutually_exclusive_group()
        way.add_argument("--check", action="store_true", help="name files that would change; 1")
        way.add_argument("--in-place", action="store_true", help="replace the files")
        way.add_argument(
            "--write",
            action="store_true",
            help="replace the files by what prints their model; refused where that loses something",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        {"check": self.check_files, "inspect": self.inspect, "fmt": self.fmt}[options["verb"]](
            options
        )

    def check_files(self, options: dict[str, Any]) -> None:
        from apps.engines.flexscript import check
        from apps.engines.flexscript.cli import line_of

        failed = False
        for path in options["files"]:
            for item in check(self.read(path), str(path)):
                failed |= item.severity == "error"
                self.stdout.write(line_of(path, item))
        if failed:
            raise SystemExit(1)

    def inspect(self, options: dict[str, Any]) -> None:
        from apps.engines.flexscript import inspect

        found = inspect(self.read(options["file"]), str(options["file"]))
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2, ensure_ascii=False))
        else:
            self.describe(found, options["file"])
        if any(item["severity"] == "error" for item in found["diagnostics"]):
            raise SystemExit(1)

    def describe(self, found: dict[str, Any], path: Path) -> None:
        for item in found["objects"]:
            x, y, z = item["location"]
            self.stdout.write(f"{item['class']} “{item['name']}” at ({x:g}, {y:g}, {z:g})")
            for name, value in item["properties"].items():
                self.stdout.write(f"    {name} = {plain(value)}")
        for link in found["connections"]:
            self.stdout.write(f"{link['from']} → {link['to']} ({link['kind']})")
        for item in found["diagnostics"]:
            place = f"{path}:{item['line']}:{item['column']}"
            self.stdout.write(f"{place}: {item['severity']}: {item['message']}")

    def fmt(self, options: dict[str, Any]) -> None:
        from apps.engines.flexscript.cli import reformat

        failed = False
        for path in options["files"]:
            if options["write"]:
                self.rewrite(path)
                continue
            done = reformat(
                path, self.read(path), check=options["check"], in_place=options["in_place"]
            )
            failed |= done.failed
            self.stdout.write(done.output, ending="")
        if failed:
            raise SystemExit(1)

    def rewrite(self, path: Path) -> None:
        """Refuses where printing the model would lose something of the script."""
        from apps.engines.flexscript import execute, print_model
        from apps.engines.flexscript.cli import line_of

        result = execute(self.read(path), str(path))
        if result.model is None:
            first = next(item for item in result.diagnostics if item.severity == "error")
            self.refuse(line_of(path, first))
        printed = print_model(result.model)
        again = execute(printed, str(path)).model
        if again is None or again.to_json() != result.model.to_json() or result.output:
            self.refuse(f"{path}: this script does more than build a model; it is left as it is.")
        path.write_text(printed, encoding="utf-8")


def plain(value: dict[str, Any]) -> str:
    """A property's value in one line."""
    if value["kind"] == "distribution":
        return f"{value['function']}({', '.join(f'{arg:g}' for arg in value['args'])})"
    if value["kind"] == "option":
        return f"{value['value']} ({value['text']})"
    found = value.get("value", value.get("text"))
    return f"{found:g}" if isinstance(found, float) else str(found)
