"""The process that simulates: `python -m apps.runs.sandbox FOLDER`, without Django.

Reads one line of JSON from its input: {"source", "until", "warmup", "replications", "seed",
"max_seconds", "max_bytes"}. Writes lines of JSON: {"progress": share}, at last {"done": true} or
{"error": {"code", "message", "hint"}}; results go to FOLDER. When its input closes, it ends.
"""

import gzip
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from apps.common.sandbox import limit_memory, orders, say
from apps.runs.record import drawing_of

JSON = dict[str, Any]
EVERY_SECONDS = 0.2
LEVEL = 5  # Of a trace, level 9 makes files 12 % smaller and takes ten times as long.


def serve(simulate: Callable[[JSON, Path], JSON]) -> int:
    """Read the order, let `simulate` fill the folder, say how it ended."""
    folder = Path(sys.argv[1])
    order = json.loads(next(orders()))
    limit_memory(int(order["max_bytes"]))
    try:
        answer = simulate(order, folder)
    except MemoryError:
        answer = failure("memory", "The run needs more memory than it may use.", SMALLER)
    tell(answer)
    return 0


SMALLER = "Shorten the horizon, ask for fewer replications, or bound the queues."


def tell(message: JSON) -> None:
    say(json.dumps(message))


def failure(code: str, message: str, hint: str | None = None) -> JSON:
    return {"error": {"code": code, "message": message, "hint": hint}}


def simulate(order: JSON, folder: Path) -> JSON:
    from apps.engines.flexscript import code_runner, execute
    from apps.engines.simulation import RunConfig, SimulationError
    from apps.engines.simulation import simulate as run
    from apps.engines.simulation.exports import write_trace

    model = execute(order["source"], "script.fs").model
    if model is None:
        return failure("has_errors", "The script has errors, so it cannot run.")
    config = RunConfig(
        until=order["until"],
        warmup=order["warmup"],
        replications=order["replications"],
        seed=order["seed"],
        max_seconds=order["max_seconds"],
    )
    try:
        result = run(model, config, progress=progress_teller(), runner=code_runner())
    except SimulationError as error:
        where = f"{error.object}: " if error.object else ""
        return failure("simulation", f"{where}{error.message}", error.hint)
    write(folder / "result.json", json.dumps(result.to_json()))
    if result.trace is not None:
        with gzip.open(folder / "trace.json.gz", "wt", LEVEL, encoding="utf-8") as file:
            json.dump(drawing_of(result.trace), file, separators=(",", ":"))
        write_trace(result.trace, folder / "record.parquet")
    return {"done": True}


def progress_teller() -> Callable[[float], None]:
    last = 0.0

    def tell_progress(share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= EVERY_SECONDS:
            last = now
            tell({"progress": share})

    return tell_progress


def write(path: Path, text: str) -> None:
    file: IO[str]
    with path.open("w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    sys.exit(serve(simulate))
