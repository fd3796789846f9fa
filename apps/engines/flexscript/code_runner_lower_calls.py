"""FlexScript to stack programs for the compiled kernel: calls and draws."""

from __future__ import annotations

from ..simulation.compiled.layout import Law
from ..simulation.compiled.program import NotLowered, Op
from ..simulation.distributions import ARGUMENTS, check
from ..simulation.errors import SimulationError
from . import tree as t
from .code_runner_lower_values import (
    INTEGER,
    NUMBER,
    OBJECT,
    REAL,
    Values,
    constant_of,
    is_call,
    text,
)  # fmt: skip

_LAWS = {law.name.lower(): law for law in Law if law.name.lower() in ARGUMENTS}
_ANY_ARGUMENTS = frozenset({"exponential", "uniform", "duniform", "normal", "bernoulli"})
_ONE = {
    "fabs": Op.ABSOLUTE, "abs": Op.ABSOLUTE, "sqrt": Op.ROOT, "floor": Op.FLOOR, "ceil": Op.CEIL,
    "round": Op.ROUND,
}  # fmt: skip
_TWO = {"minof": Op.MINIMUM, "min": Op.MINIMUM, "maxof": Op.MAXIMUM, "max": Op.MAXIMUM}
_COUNTS = {"content": Op.CONTENT, "getinput": Op.INPUT, "getoutput": Op.OUTPUT,
           "nrop": Op.OUT_COUNT, "nrip": Op.IN_COUNT}  # fmt: skip
_PORT_COMMANDS = {"outobject": Op.OUT_OBJECT, "inobject": Op.IN_OBJECT}


class Calls(Values):
    """Commands, Math, Model.find and draws."""

    def _at_call(self, node: t.Call) -> str:
        function, given = node.function, node.arguments
        if isinstance(function, t.Member):
            if not isinstance(function.value, t.Name):
                raise NotLowered(f"calls {function.name}")
            return self.method(function.value.name, function.name, given)
        name = function.name if isinstance(function, t.Name) else ""
        if name in _LAWS:
            return self.draw(name, given)
        if name in ("getlabel", "getlabelnum", "label") and len(given) == 2:
            return self.read_label(given[0], text(given[1]))
        if name in ("setlabel", "setlabelnum") and len(given) == 3:
            target = t.Member(node.span, given[0], text(given[1]))
            return self.assign(target, lambda: self.value(given[2]))
        if name in _PORT_COMMANDS:
            raise NotLowered(f"calls {name}")
        return self.command(name, given)

    def command(self, name: str, given: tuple[t.Expression, ...]) -> str:
        if name == "time" and not given:
            self.emit(Op.NOW)
            return REAL
        if name == "ownerobject":
            self.emit(Op.CURRENT)
            return OBJECT
        if name == "param" and len(given) == 1 and constant_of(given[0]) == 2.0:
            return self.port()
        if name in _COUNTS and len(given) == 1 and not self.is_item(given[0]):
            self.object(given[0])
            self.emit(_COUNTS[name])
            return INTEGER
        return self.mathematics(name, given)

    def method(self, owner: str, name: str, given: tuple[t.Expression, ...]) -> str:
        if owner == "Model" and name == "find" and len(given) == 1:
            place = self.site.objects.get(text(given[0]))
            if place is None:
                raise NotLowered("finds an object by another way than its name")
            self.emit(Op.PUSH, x=float(place))
            return OBJECT
        if owner != "Math":
            raise NotLowered(f"calls {name}")
        return self.mathematics(name, given)

    def mathematics(self, name: str, given: tuple[t.Expression, ...]) -> str:
        if name in _ONE and len(given) == 1:
            kind = self.number(given[0])
            self.emit(_ONE[name])
            if _ONE[name] in (Op.FLOOR, Op.CEIL):
                return INTEGER
            return kind if name == "abs" else NUMBER
        if name in _TWO and len(given) == 2:
            left, right = self.number(given[0]), self.number(given[1])
            self.emit(_TWO[name])
            return left if left == right else NUMBER
        raise NotLowered(f"calls {name or 'something'}")

    def draw(self, name: str, given: tuple[t.Expression, ...]) -> str:
        wanted = ARGUMENTS[name]
        if len(given) == wanted + 1 and not _is_own_stream(given[wanted]):
            raise NotLowered("draws from another stream")
        if len(given) not in (wanted, wanted + 1):
            raise NotLowered("draws with other arguments")
        args = [constant_of(item) for item in given[:wanted]]
        constants = [value for value in args if value is not None]
        if len(constants) == wanted:
            try:
                check(name, constants)
            except SimulationError as error:
                raise NotLowered(error.message) from None
        elif name not in _ANY_ARGUMENTS:
            raise NotLowered(f"draws from {name} with computed arguments")
        kinds = [self.number(item) for item in given[:wanted]]
        self.emit(Op.DRAW, int(_LAWS[name]), float(wanted))
        self.program.draws = True
        if name == "duniform":
            return INTEGER if set(kinds) == {INTEGER} else NUMBER
        return REAL


def _is_own_stream(node: t.Expression) -> bool:
    """getstream(current)"""
    if not is_call(node, "getstream") or not isinstance(node, t.Call):
        return False
    owner = node.arguments[0]
    return isinstance(owner, t.Name) and owner.name == "current"
