"""`manage.py flexscript check|inspect|fmt`: scripts without server or database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from apps.common.console import PlainCommand
from apps.engines.flexscript.cli import add_fmt_options


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
        add_fmt_options(fmt)

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
            done = reformat(path, self.read(path), check=options["check"], write=options["write"])
            failed |= done.failed
            self.stdout.write(done.output, ending="")
        if failed:
            raise SystemExit(1)


def plain(value: dict[str, Any]) -> str:
    """A property's value in one line."""
    if value["kind"] == "distribution":
        return f"{value['function']}({', '.join(f'{arg:g}' for arg in value['args'])})"
    if value["kind"] == "option":
        return f"{value['value']} ({value['text']})"
    found = value.get("value", value.get("text"))
    return f"{found:g}" if isinstance(found, float) else str(found)
