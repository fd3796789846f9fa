"""A workshop whose routing, times and triggers are user code, and its twin for SimPy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import simpy

from apps.engines.simulation.distributions import sampler
from apps.engines.simulation.model import CodeValue, DistributionValue, Model, ModelObject, Value
from apps.engines.simulation.streams import FIRST_NUMBER, Streams

LINES = 3
CREATION = "item.Type = duniform(1, 3, getstream(current)); item.born = Model.time;"
SORT = "return item.Type;"
CUT = "return item.Type == 1 ? uniform(10, 14) : 8 + 2 * item.Type;"
SPREAD = "current.turn = current.turn % 3 + 1; return current.turn;"
FINISH = "return exponential(0, item.Type == 3 ? 13 : 9, getstream(current));"
LEAVING = "current.done += 1; current.total += Model.time - item.born;"

PLAIN = {"creation": CREATION, "sort": SORT, "cut": CUT, "spread": SPREAD, "finish": FINISH,
         "leaving": LEAVING}  # fmt: skip
# The same decisions by texts, tables, arrays, functions and printing.
RICH = {
    "creation": """
        Array kinds = ["oak", "pine", "beech"];
        item.Type = duniform(1, 3, getstream(current));
        item.kind = kinds[item.Type];
        item.born = Model.time;""",
    "sort": """
        switch (item.kind) {
            case "oak": return 1;
            case "pine": return 2;
            default: return 3;
        }""",
    "cut": """
        Table times = Table("Times");
        item.labels.assert("cuts", 0).value++;
        if (item.kind == "oak") return uniform(times[1][1], times[1][2]);
        return times[item.Type][1] + times[item.Type][2] * item.cuts / 4;""",
    "spread": """
        Table load = Table("Load");
        int best = 1;
        for (int i = 2; i <= load.numRows; i++) {
            if (load[i][1] < load[best][1]) best = i;
        }
        load[best][1] += 1;
        return best;""",
    "finish": """
        double mean(string kind) {
            if (kind == "beech") return 13;
            return 9;
        }
        return exponential(0, mean(item.kind), getstream(current));""",
    "leaving": """
        current.done += 1;
        current.total += Model.time - item.born;
        if (current.done % 1000 == 0) print(current.name, current.done, item.kind);""",
}
TABLES: dict[str, list[list[float]]] = {
    "Times": [[10, 14], [12, 0.0], [13, 4.0]], "Load": [[0], [0], [0]]
}  # fmt: skip


@dataclass
class Shop:
    """Sorting by type to three saws, then in turn to three lathes; 13 objects, 6 kinds of code."""

    name: str
    until: float
    buffer: float = 1e9
    replications: int = 1
    rich: bool = False
    model: Model = field(init=False)

    def __post_init__(self) -> None:
        self.model = Model(
            tables={name: [list(row) for row in rows] for name, rows in TABLES.items()}
        )
        self.code = RICH if self.rich else PLAIN
        source = self._add("Source", "Source", code={"Triggers.OnCreation": self.code["creation"]})
        source.properties["InterArrivalTime"] = DistributionValue("exponential", (0.0, 6.0))
        sorter = self._add("Queue", "Sorter", code={"SendToPort": self.code["sort"]})
        saws = [
            self._add("Processor", f"Saw{n}", code={"ProcessTime": self.code["cut"]})
            for n in range(LINES)
        ]
        spreader = self._add("Queue", "Spreader", code={"SendToPort": self.code["spread"]})
        spreader.labels["turn"] = 0
        lathes = [self._lathe(f"Lathe{n}") for n in range(LINES)]
        sink = self._add("Sink", "Sink")
        self.model.connect(source, sorter)
        for saw in saws:
            self.model.connect(sorter, saw)
            self.model.connect(saw, spreader)
        for lathe in lathes:
            self.model.connect(spreader, lathe)
            self.model.connect(lathe, sink)

    def _lathe(self, name: str) -> ModelObject:
        code = {"ProcessTime": self.code["finish"], "Triggers.OnExit": self.code["leaving"]}
        lathe = self._add("Processor", name, code=code)
        lathe.labels.update(done=0, total=0)
        return lathe

    def _add(self, class_name: str, name: str, code: dict[str, str] | None = None) -> ModelObject:
        properties: dict[str, Value] = {key: CodeValue(text) for key, text in (code or {}).items()}
        if class_name == "Queue":
            properties["MaxContent"] = CodeValue(f"{self.buffer:.0f}")
        return self.model.add(ModelObject(name, class_name, properties=properties))

    def twin(self, replication: int) -> SimPyShop:
        return RichSimPyShop(replication) if self.rich else SimPyShop(replication)


class Job:
    """A flow item of the twin."""

    __slots__ = ("born", "kind")

    def __init__(self, kind: float, born: float) -> None:
        self.kind, self.born = kind, born


class SimPyShop:
    """The same workshop as processes, its logic written in Python by hand."""

    def __init__(self, replication: int) -> None:
        self.env = simpy.Environment()
        self.items, self.total, self.turn = 0, 0.0, 0
        self.streams = Streams(1, replication)
        self.saws = [simpy.Store(self.env) for _ in range(LINES)]
        self.lathes = [simpy.Store(self.env) for _ in range(LINES)]
        self.done, self.totals = [0] * LINES, [0.0] * LINES
        self.env.process(self._source())
        for number in range(LINES):
            self.env.process(self._saw(number))
            self.env.process(self._lathe(number))

    def _law(self, index: int, law: str, *args: float) -> Callable[..., float]:
        return sampler(law, args, self.streams.get(FIRST_NUMBER + index))

    def _source(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
        env, pause = self.env, self._law(0, "exponential", 0.0, 6.0)
        kind = self._law(0, "duniform", 1, 3)
        while True:
            yield env.timeout(pause())
            job = Job(kind(), env.now)
            yield self.saws[int(job.kind) - 1].put(job)

    def _saw(self, number: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
        env, store = self.env, self.saws[number]
        cut = self._law(2 + number, "uniform", 10.0, 14.0)
        while True:
            job = yield store.get()
            yield env.timeout(cut() if job.kind == 1 else 8 + 2 * job.kind)
            self.turn = self.turn % LINES + 1
            yield self.lathes[self.turn - 1].put(job)

    def _lathe(self, number: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
        env, store, index = self.env, self.lathes[number], 3 + LINES + number
        slow = self._law(index, "exponential", 0.0, 13.0)
        quick = self._law(index, "exponential", 0.0, 9.0)
        while True:
            job = yield store.get()
            yield env.timeout(slow() if job.kind == 3 else quick())
            self.done[number] += 1
            self.totals[number] += env.now - job.born
            self.items += 1
            self.total += env.now - job.born


class RichSimPyShop(SimPyShop):
    """The twin of the richer code: the same texts, tables and loops in Python."""

    kinds = ("oak", "pine", "beech")

    def __init__(self, replication: int) -> None:
        super().__init__(replication)
        self.load = [0] * LINES
        self.output: list[str] = []

    def _source(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
        env, pause = self.env, self._law(0, "exponential", 0.0, 6.0)
        kind = self._law(0, "duniform", 1, 3)
        ports = {"oak": 0, "pine": 1}
        while True:
            yield env.timeout(pause())
            job = RichJob(kind(), env.now)
            job.name = self.kinds[int(job.kind) - 1]
            yield self.saws[ports.get(job.name, 2)].put(job)

    def _saw(self, number: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
        env, store, times = self.env, self.saws[number], TABLES["Times"]
        cut = self._law(2 + number, "uniform", *times[0])
        while True:
            job = yield store.get()
            job.cuts += 1
            row = times[int(job.kind) - 1]
            yield env.timeout(cut() if job.name == "oak" else row[0] + row[1] * job.cuts / 4)
            best = 0
            for index in range(1, LINES):
                if self.load[index] < self.load[best]:
                    best = index
            self.load[best] += 1
            yield self.lathes[best].put(job)

    def _lathe(self, number: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
        env, store, index = self.env, self.lathes[number], 3 + LINES + number
        slow = self._law(index, "exponential", 0.0, 13.0)
        quick = self._law(index, "exponential", 0.0, 9.0)
        while True:
            job = yield store.get()
            yield env.timeout(slow() if job.name == "beech" else quick())
            self.done[number] += 1
            self.totals[number] += env.now - job.born
            if self.done[number] % 1000 == 0:
                self.output.append(f"Lathe{number} {self.done[number]} {job.name}")
            self.items += 1
            self.total += env.now - job.born


class RichJob(Job):
    """A flow item that knows its wood and counts its cuts."""

    __slots__ = ("cuts", "name")

    def __init__(self, kind: float, born: float) -> None:
        super().__init__(kind, born)
        self.cuts, self.name = 0, ""
