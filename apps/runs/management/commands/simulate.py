"""`manage.py simulate`: run a script, without server or database."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apps.common.console import PlainCommand

if TYPE_CHECKING:
    from apps.engines.simulation import RunConfig, RunResult
    from apps.engines.simulation.estimates import Estimate
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
        parser.add_argument(
            "--trace", type=Path, metavar="FILE", help="first replication: .csv, .parquet or .xes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        from apps.engines.simulation import RunConfig, SimulationError

        model = self.model(options["file"])
        names = ("until", "warmup", "replications", "seed")
        trace: Path | None = options["trace"]
        config = RunConfig(**{name: options[name] for name in names}, trace=trace is not None)
        try:
            result = simulate(model, config, trace)
        except SimulationError as error:
            self.refuse(f"{options['file']}: {error}")
        except OSError as error:
            self.refuse(f"{trace}: {error.strerror or error}")
        if options["json"]:
            self.stdout.write(json.dumps(result.to_json(), indent=2, ensure_ascii=False))
        else:
            self.table(result)

    def model(self, path: Path) -> "Model":
        """Tells all findings as file:line:col: message; refuses where the script builds none."""
        from apps.engines.flexscript import execute
        from apps.engines.flexscript.cli import line_of

        result = execute(self.read(path), str(path))
        for item in result.diagnostics:
            self.stderr.write(line_of(path, item))
        failed = any(item.severity == "error" for item in result.diagnostics)
        if result.model is None or failed:
            sys.exit(1)
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


def simulate(model: "Model", config: "RunConfig", trace: Path | None) -> "RunResult":
    """Run, and write the trace where a file for it is given."""
    from apps.engines.flexscript import code_runner
    from apps.engines.simulation import simulate as run
    from apps.engines.simulation.exports import format_of, write_trace

    if trace is not None:
        format_of(trace)  # refuses before the run, not after it
    result = run(model, config, runner=code_runner())
    if trace is not None and result.trace is not None:
        write_trace(result.trace, trace)
    return result


def estimate(value: "Estimate") -> str:
    if not value.n:
        return "–"  # nothing was seen
    spread = "" if value.half_width is None else f" ± {value.half_width:.4g}"
    return f"{value.mean:.6g}{spread}"
