"""Carrying out the pieces of a refinement on a model tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..factories.roles import is_resource
from ..flexscript.model_printer import value_text
from ..simulation.model import Connection, Model, ModelObject
from .actions import Piece
from .examples import Inputs, normal_name
from .perception import free_name
from .rewiring import REWIRING, Flow, apart, bypassed, rewired
from .writer import Statement, connect, statements_of


def apply_edits(model: Model, inputs: Inputs, pieces: Sequence[Piece]) -> Iterator[str]:
    """Change `model` as the pieces say; yields one English line per change."""
    editing = _Editing(model, inputs)
    for statement in statements_of(inputs, pieces):
        yield from editing.take(statement)


class _Editing:
    """The model on its way, and which object each entity has become."""

    def __init__(self, model: Model, inputs: Inputs) -> None:
        self.model, self.inputs = model, inputs
        self.objects: dict[int, ModelObject] = dict(enumerate(model.objects))
        own: dict[str, tuple[int, Callable[..., Iterator[str]]]] = {
            "NEW": (1, self._new),
            "CLONE": (2, self._clone),
            "DELETE": (1, self._delete),
            "RENAME": (2, self._rename),
            "LINK": (2, self._link),
            "UNLINK": (2, self._unlink),
            "LINE": (4, self._line),
            "SET": (1, self._nothing),
        }
        self.changes = own | {
            head: (len(ends), self._rewire) for head, (ends, _) in REWIRING.items()
        }
        """Statement → how many objects it needs, and what carries it out."""

    def take(self, statement: Statement) -> Iterator[str]:
        """Carry out one statement; one at which decoding was cut off changes nothing."""
        needed, change = self.changes[statement.head]
        if len(statement.entities) < needed:
            return
        yield from change(statement, *statement.entities)
        if statement.settings:
            item = self.objects[statement.entities[-1 if statement.head == "CLONE" else 0]]
            for prop, value in statement.settings:
                item.properties[prop] = value
                yield f"“{item.name}”: {prop} = {value_text(value)}"

    def _nothing(self, _statement: Statement, _subject: int) -> Iterator[str]:
        yield from ()

    def _new(self, statement: Statement, entity: int) -> Iterator[str]:
        name = self._name_for(entity, statement.class_name)
        item = ModelObject(name, statement.class_name)
        self.objects[entity] = self.model.add(item)
        yield f"Added {item.class_name} “{item.name}”"

    def _clone(self, _statement: Statement, origin: int, new: int) -> Iterator[str]:
        """A parallel twin: same class, settings and neighbours."""
        model, old = self.model, self.objects[origin]
        twin = ModelObject(
            self._name_for(new, old.name),
            old.class_name,
            location=old.location,
            size=old.size,
            rotation=old.rotation,
            color=old.color,
            properties=dict(old.properties),
            labels=dict(old.labels),
        )
        self.objects[new] = model.add(twin)
        for link in list(model.connections):
            if link.source is old and link.target is not old:
                model.connect(twin, link.target, link.kind)
            elif link.target is old and link.source is not old:
                model.connect(link.source, twin, link.kind)
        yield f"Added “{twin.name}” in parallel to “{old.name}”"

    def _line(self, statement: Statement, *pairs: int) -> Iterator[str]:
        """Stations in a row a second time, as a line of its own."""
        twins: Flow[ModelObject] = []
        for origin, new in zip(pairs[::2], pairs[1::2], strict=False):
            yield from self._clone(statement, origin, new)
            twins.append((self.objects[origin], self.objects[new]))
        yield from self._flow_becomes(apart(twins, self._flow()))

    def _delete(self, _statement: Statement, gone: int) -> Iterator[str]:
        """Remove an object and join what fed it to what it fed."""
        item = self.objects[gone]
        yield from self._flow_becomes(bypassed(self._flow(), item))
        for link in [x for x in self.model.connections if item in (x.source, x.target)]:
            _remove(self.model, link)
        self.model.objects.remove(item)
        yield f"Removed “{item.name}”"

    def _rename(self, _statement: Statement, subject: int, new: int) -> Iterator[str]:
        item = self.objects[subject]
        old = item.name
        item.name = self._name_for(new, old)
        self.objects[new] = item
        yield f"Renamed “{old}” to “{item.name}”"

    def _link(self, _statement: Statement, subject: int, *targets: int) -> Iterator[str]:
        source = self.objects[subject]
        for target in (self.objects[index] for index in targets):
            connect(self.model, source, target)
            yield f"Connected “{source.name}” to “{target.name}”"

    def _unlink(self, _statement: Statement, source: int, target: int) -> Iterator[str]:
        yield from self._disconnect(self.objects[source], self.objects[target])

    def _rewire(self, statement: Statement, *entities: int) -> Iterator[str]:
        ends = [self.objects[index] for index in entities]
        yield from self._flow_becomes(rewired(statement.head, ends, self._flow()))
        if statement.head == "REPLACE":
            yield from self._delete(statement, entities[0])

    def _flow(self) -> Flow[ModelObject]:
        return [
            (link.source, link.target)
            for link in self.model.connections
            if link.kind == "A" and not is_resource(link.source.class_name)
        ]

    def _flow_becomes(self, flow: Flow[ModelObject]) -> Iterator[str]:
        """Give the items these ways; what stays keeps its ports."""
        before = self._flow()
        for a, b in before:
            if (a, b) not in flow:
                yield from self._disconnect(a, b)
        for a, b in dict.fromkeys(flow):
            if (a, b) not in before:
                connect(self.model, a, b)
                yield f"Connected “{a.name}” to “{b.name}”"

    def _disconnect(self, a: ModelObject, b: ModelObject) -> Iterator[str]:
        for link in self.model.connections:
            ends = (link.source, link.target)
            if ends == (a, b) or (link.kind == "S" and ends == (b, a)):
                _remove(self.model, link)
                yield f"Disconnected “{a.name}” from “{b.name}”"
                return

    def _name_for(self, entity: int, stem: str) -> str:
        given = self.inputs.entities[entity].name
        taken = {normal_name(item.name) for item in self.model}
        if given and normal_name(given) not in taken:
            return given
        return free_name(given or stem, taken)


def _remove(model: Model, link: Connection) -> None:
    model.connections.remove(link)
    ports = {
        "A": (link.source.out_ports, link.target.in_ports),
        "S": (link.source.center_ports, link.target.center_ports),
    }.get(link.kind)
    if ports:
        ports[0].remove(link.target)
        ports[1].remove(link.source)
