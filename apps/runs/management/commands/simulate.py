"""`manage.py simulate`: run a script, without server or database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apps.common.console import PlainCommand

if TYPE_CHECKING:
    from apps.engines.simulation import RunConfig, RunResult
    from apps.engines.simulation.model import Model


class Command(PlainCommand):
    help = "Simulate the model that a FlexScript file builds and print its key figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--until", type=float, required=True, metavar="S")
        parser.add_argument("--warmup", type=float, default=0.0, metavar="S")
        parser.add_argument("--replications", type=int, default=1, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="K")
        parser.add_argument("--json", action="store_true", help="everything, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        from apps.engines.simulation import RunConfig, SimulationError

        model = self.model(options["file"])
        names = ("until", "warmup", "replications", "seed")
        config = RunConfig(**{name: options[name] for name in names}, trace=False)
        try:
            result = simulate(model, config)
        except SimulationError as error:
            self.refuse(f"{options['file']}: {error}")
        if options["json"]:
            self.stdout.write(json.dumps(result.to_json(), indent=2, ensure_ascii=False))
        else:
            self.table(result)

    def model(self, path: Path) -> "Model":
        """Refuses with file:line:col: message where the script builds none."""
        from apps.engines.flexscript import execute

        result = execute(self.read(path), str(path))
        for item in result.diagnostics:
            if item.severity == "error":
                place = f"{path}:{item.span.line}:{item.span.column}"
                self.refuse(f"{place}: {item.severity}: {item.message}")
        assert result.model is not None
        return result.model

    def table(self, result: "RunResult") -> None:
        for name, value in result.kpis.items():
            self.stdout.write(f"{name:<22}{estimate(value)}")
        self.stdout.write(f"\n{'object':<24}{'class':<14}{'in':>10}{'out':>10}{'util.':>8}")
        for item in result.objects:
            row = f"{item.name:<24}{item.class_name:<14}"
            row += f"{item['input'].mean:>10.1f}{item['output'].mean:>10.1f}"
            self.stdout.write(f"{row}{item['utilisation'].mean:>8.1%}")
        if result.bottleneck.object:
            self.stdout.write(f"\nbottleneck: {result.bottleneck.object}")
        for line in result.output:
            self.stdout.write(f"printed: {line}")
        for warning in result.warnings:
            self.stdout.write(f"warning: {warning}")


def simulate(model: "Model", config: "RunConfig") -> "RunResult":
    from apps.engines.flexscript import code_runner
    from apps.engines.simulation import simulate as run

    return run(model, config, runner=code_runner())


def estimate(value: Any) -> str:
    if value is None:
        return "–"
    spread = "" if value.half_width is None else f" ± {value.half_width:.4g}"
    return f"{value.mean:.6g}{spread}"
