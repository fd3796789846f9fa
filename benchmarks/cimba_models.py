"""The lines and the workshop for cimba, written out as the classes that it compiles."""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from .lines import ARRIVALS, Line
from .works import ARRIVALS as WORKS_ARRIVALS
from .works import BUFFER, HOMES, PLACES, SPEED, TIMES, Works

_HEAD = """
import cimba as cb
from cimba import inputs

class Case(cb.Model):
"""
_SUMS = """    total: float = 0.0
    count: int = 0
    items: cb.Output[float]
    stay: cb.Output[float]
"""
_TAIL = """
    @cb.on_end
    def measure(self):
        self.items = self.count
        self.stay = self.total / max(1, self.count)
"""
_OUT = "self.count += 1\n            self.total += cb.now() - born"


def cimba_model(case: Line | Works) -> Any:
    """An instance of the model class."""
    fields, processes = _line(case) if isinstance(case, Line) else _works()
    text = _HEAD + "".join(f"    {one}\n" for one in fields) + _SUMS + "".join(processes) + _TAIL
    return _module(text).Case()


def _module(text: str) -> ModuleType:
    """cimba reads a class's source, so that it must come from a file."""
    path = Path(tempfile.mkdtemp()) / "cimba_case.py"
    path.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(f"cimba_case_{path.parent.name}", path)
    assert spec is not None, "the file is there"
    assert spec.loader is not None, "it is Python"
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _law(name: str, time: float | tuple[float, float]) -> str:
    given = f"low={time[0]}, high={time[1]}" if isinstance(time, tuple) else f"mean={time}"
    function = "uniform" if isinstance(time, tuple) else "exponential"
    return f"{name}: cb.Input[float] = inputs.dist.{function}({given})"


def _store(name: str, size: float) -> str:
    return f"{name}: cb.Store[float] = cb.Store(capacity={int(size)})"


def _process(name: str, *steps: str) -> str:
    body = "".join(f"            {step}\n" for step in steps)
    return f"\n    @cb.process\n    def {name}(self):\n        while True:\n{body}"


def _line(case: Line) -> tuple[list[str], list[str]]:
    fields = [_law("gap", ARRIVALS)]
    processes = [_process("arrivals", "cb.hold(self.gap.next())", "self.buffer0.put(cb.now())")]
    for n in range(case.stations):
        fields += [_law(f"work{n}", case.mean), _store(f"buffer{n}", case.size(n))]
        last = n + 1 == case.stations
        steps = (f"born = self.buffer{n}.get()", f"cb.hold(self.work{n}.next())")
        end = _OUT if last else f"self.buffer{n + 1}.put(born)"
        processes.append(_process(f"station{n}", *steps, end))
    return fields, processes


def _crew(name: str) -> tuple[str, ...]:
    return (
        "worker = self.team.get()",
        f"cb.hold(abs(self.places[worker] - {PLACES[name]}) / {SPEED})",
        f"self.places[worker] = {PLACES[name]}",
        f"cb.hold(self.w{name}.next())",
        "self.team.put(worker)",
    )


def _works() -> tuple[list[str], list[str]]:
    """Where both lines are full the separator waits for the first; the others' rule is finer."""
    fields = [_law("gap", WORKS_ARRIVALS), _store("entry", 1e9)]
    fields += [_law(f"w{name}", time) for name, time in TIMES.items() if name != "Source"]
    fields += [_store(f"{line}q{n}", BUFFER) for line in "AB" for n in range(3)]
    fields += ["team: cb.Store[int] = cb.Store(capacity=8)"]
    fields += [f"places: cb.Array[float] = cb.Array({list(HOMES)})"]
    fields += ["inA: int = 0", "inB: int = 0"]
    choose = f"if self.inA < {BUFFER} or self.inB >= {BUFFER}:"
    put = (choose, "    self.Aq0.put(born)", "    self.inA += 1",
           "else:", "    self.Bq0.put(born)", "    self.inB += 1")  # fmt: skip
    processes = [
        _process("arrivals", "cb.hold(self.gap.next())", "self.entry.put(cb.now())"),
        _process("separator", "born = self.entry.get()", "cb.hold(self.wSeparator.next())",
                 *put, *put),
        _process("combiner", "born = self.Aq2.get()", "self.Bq2.get()", *_crew("Combiner"), _OUT),
        "\n    @cb.process\n    def begin(self):\n"
        + "".join(f"        self.team.put({n})\n" for n in range(len(HOMES))),
    ]  # fmt: skip
    for line in "AB":
        first, second = f"{line}1", f"{line}2"
        processes += [
            _process(f"s{first}", f"born = self.{line}q0.get()", f"self.in{line} -= 1",
                     f"cb.hold(self.w{first}.next())", f"self.{line}q1.put(born)"),
            _process(f"s{second}", f"born = self.{line}q1.get()", *_crew(second),
                     f"self.{line}q2.put(born)"),
        ]  # fmt: skip
    return fields, processes
