"""`manage.py fit-times FILE.csv --column NAME`: a FlexScript distribution for observed times."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from apps.common.console import PlainCommand


class Command(PlainCommand):
    help = "Fit FlexSim's distributions to a column of times; the best first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--column", required=True, metavar="NAME")
        parser.add_argument("--figure", type=Path, metavar="FILE.html", help="histogram and laws")
        parser.add_argument("--seed", type=int, default=1, help="of the bootstrap")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        from apps.engines.simulation.fitting import FitError, fit_times, read_column

        try:
            times = read_column(options["file"], options["column"])
            fits = fit_times(times, options["seed"])
        except FitError as error:
            self.refuse(str(error))
        if options["figure"]:
            from apps.runs.fit_figure import fit_figure

            fit_figure(times, fits).write_html(options["figure"], include_plotlyjs=True)
        if options["json"]:
            rows = [fit.to_json() for fit in fits]
            self.stdout.write(json.dumps({"n": len(times), "fits": rows}, indent=2))
            return
        self.stdout.write(
            f"{len(times)} times; KS: distance, p: by bootstrap (below 0.05: rejected)"
        )
        for fit in fits:
            quality = f"AIC {fit.aic:10.2f}  KS {fit.distance:.4f}  p {fit.p_value:.3f}"
            self.stdout.write(f"{fit.flexscript:60} {quality}")
