"""FlexScript to stack programs for the compiled kernel: commands, methods and draws."""

from __future__ import annotations

from ..simulation.compiled.kinds import INTEGER, NUMBER, OBJECT, REAL, joined
from ..simulation.compiled.layout import Law
from ..simulation.compiled.program import NAME, NotLowered, Op
from ..simulation.distributions import ARGUMENTS, check
from ..simulation.errors import SimulationError
from ..simulation.streams import FIRST_NUMBER
from . import tree as t
from .code_runner_host import names_in
from .code_runner_lower_emit import constant_of, is_call, text
from .code_runner_lower_places import is_assert
from .code_runner_lower_print import PRINTING, Printing
from .code_runner_lower_values import STATISTICS

Given = tuple[t.Expression, ...]
_LAWS = {law.name.lower(): law for law in Law if law.name.lower() in ARGUMENTS}
_ONE = {
    "fabs": (Op.ABSOLUTE, REAL), "abs": (Op.ABSOLUTE, ""), "sqrt": (Op.ROOT, REAL),
    "floor": (Op.FLOOR, INTEGER), "ceil": (Op.CEIL, INTEGER), "round": (Op.ROUND, REAL),
    "trunc": (Op.WHOLE, INTEGER), "exp": (Op.EXPONENTIAL, REAL), "log": (Op.LOGARITHM, REAL),
    "log10": (Op.LOGARITHM_10, REAL), "sin": (Op.SINE, REAL), "cos": (Op.COSINE, REAL),
    "tan": (Op.TANGENT, REAL), "atan": (Op.ARC_TANGENT, REAL),
}  # fmt: skip
"""Functions of one number and the kind of their result, where that is not the number's."""
_TWO = {
    "minof": (Op.MINIMUM, ""), "min": (Op.MINIMUM, ""), "maxof": (Op.MAXIMUM, ""),
    "max": (Op.MAXIMUM, ""), "pow": (Op.POWER, REAL), "fmod": (Op.MODULO, REAL),
}  # fmt: skip
_NOT_COMMANDS = frozenset({"abs", "log10", "atan"})  # of Math alone
_NOT_MATH = frozenset({"minof", "maxof"})
_COUNTS = {
    "content": Op.CONTENT, "getinput": Op.INPUT, "getoutput": Op.OUTPUT, "nrop": Op.OUT_COUNT,
    "nrip": Op.IN_COUNT, "getstatenum": Op.STATE,
}  # fmt: skip
_PORT_COMMANDS = {"outobject": Op.OUT_OBJECT, "inobject": Op.IN_OBJECT}
_MOST_DIGITS = 15
_SECONDS = {"minutes": 60.0, "hours": 3_600.0, "days": 86_400.0}
_READ = frozenset({"getlabel", "getlabelnum", "getlabelstr", "label"})
_WRITE = frozenset({"setlabel", "setlabelnum", "setlabelstr", "addlabel"})
_TIMES = {"getcreationtime": Op.ITEM_BORN, "getentrytime": Op.ITEM_ENTERED}
_UNSEEN = frozenset(
    {"repaintall", "updatestates", "setviewtext", "clearconsole", "colorred", "colorblue",
     "colorgreen", "coloryellow", "colorrandom", "colorarray", "setcolor"}
)  # fmt: skip
_UNSEEN_METHODS = frozenset({"setLocation", "setRotation"})


class Calls(Printing):
    """What can be called."""

    def _at_call(self, node: t.Call) -> str:
        function, given = node.function, node.arguments
        if isinstance(function, t.Member):
            return self.method(node, function, given)
        name = function.name if isinstance(function, t.Name) else ""
        if name in self.functions:
            return self.inlined(self.functions[name], given)
        if name in _LAWS:
            return self.draw(name, given)
        if name == "concat":
            return self.composed(node)
        if name in PRINTING:
            return self.printed(given)
        if name in _UNSEEN:
            return self.unseen(given)
        return self._of_item(name, given) or self._of_object(name, given) or self.plain(name, given)

    def _of_item(self, name: str, given: Given) -> str | None:
        """Commands on labels and names, of items or objects."""
        if name in _READ and len(given) == 2:
            return self.read_label(given[0], text(given[1]))
        if name in _WRITE and len(given) in (2, 3):
            default = t.Number(given[0].span, 0, True, "0")
            value = given[2] if len(given) == 3 else default
            return self.assign_label(given[0], text(given[1]), lambda: self.value(value))
        if name == "getitemtype" and len(given) == 1:
            return self.read_label(given[0], "Type")
        if name == "setitemtype" and len(given) == 2:
            return self.assign_label(given[0], "Type", lambda: self.value(given[1]))
        if name == "getname" and len(given) == 1:
            return self.read_label(given[0], NAME)
        if name in _TIMES and len(given) == 1 and self.is_item(given[0]):
            if name == "getentrytime" and not self.site.has_entered:
                raise NotLowered("asks when an item has entered that is being made")
            self.emit(_TIMES[name])
            return REAL
        if name == "setname" and len(given) == 2 and self.is_item(given[0]):
            self.assign_label(given[0], NAME, lambda: self.value(given[1]))
            self.emit(Op.POP)
            return self.nothing()
        return None

    def _of_object(self, name: str, given: Given) -> str | None:
        """Commands that look at objects, their ports and statistics."""
        if name == "ownerobject":
            self.emit(Op.CURRENT)
            return OBJECT
        if name == "param" and len(given) == 1 and constant_of(given[0]) == 2.0:
            return self.port()
        if name == "node" and given:
            return self.found(text(given[0]))
        if name == "objectexists" and len(given) == 1:
            self.test(t.Binary(given[0].span, "!=", given[0], t.Name(given[0].span, "NULL")))
            return INTEGER
        if name in _COUNTS and len(given) == 1:
            return self.counted(_COUNTS[name], given[0], name)
        if name in _PORT_COMMANDS and len(given) == 2:
            self.object(given[0])
            self.number(given[1])
            self.emit(_PORT_COMMANDS[name], 1)
            return OBJECT
        if name == "centerobject" and len(given) == 2:
            return self.center(given[0], given[1], strict=False)
        if name == "nrcp" and len(given) == 1 and self.is_current(given[0]):
            self.push(len(self.site.centers))
            return INTEGER
        if name == "getstat" and len(given) in (2, 3):
            return self._statistic(given)
        return None

    def _statistic(self, given: Given) -> str:
        """getstat(object, "Content", STAT_CURRENT)"""
        part = given[2] if len(given) > 2 else None
        current = part is None or (isinstance(part, t.Name) and part.name == "STAT_CURRENT")
        op = STATISTICS.get(text(given[1]).lower())
        if not current or op is None or self.is_item(given[0]):
            raise NotLowered("uses a statistic other than content, input and output as they are")
        return self.counted(op, given[0], "getstat")

    def plain(self, name: str, given: Given) -> str:
        """Commands that compute."""
        if name == "time" and not given:
            self.emit(Op.NOW)
            return REAL
        if name == "seconds" and len(given) == 1:
            return self.number(given[0])
        if name in _SECONDS and len(given) == 1:
            self.number(given[0])
            self.push(_SECONDS[name])
            self.emit(Op.MULTIPLY)
            return REAL
        if name == "iff" and len(given) == 3:
            return self._either(given)
        if name == "gettablenum" and len(given) == 3:
            return self.read_cell(text(given[0]), given[1], given[2])
        if name == "settablenum" and len(given) == 4:
            return self.assign_cell(given)
        if name in ("gettablerows", "gettablecols") and len(given) == 1:
            member = "numRows" if name == "gettablerows" else "numCols"
            return self.size_of_table(text(given[0]), member)
        return self.mathematics(name if name not in _NOT_COMMANDS else "", given)

    def _either(self, given: Given) -> str:
        """iff(test, one, other): all three are evaluated."""
        test, one, other = self.room(), self.room(), self.room()
        self.test(given[0])
        self.emit(Op.STORE, test)
        kinds = []
        for node, place in ((given[1], one), (given[2], other)):
            kinds.append(self.usable(self.value(node)))
            self.emit(Op.STORE, place)
        self.emit(Op.LOAD, test)
        not_one = self.emit(Op.JUMP_UNLESS)
        self.emit(Op.LOAD, one)
        end = self.emit(Op.JUMP)
        self.land(not_one)
        self.height -= 1
        self.emit(Op.LOAD, other)
        self.land(end)
        return joined(*kinds)

    def method(self, node: t.Call, function: t.Member, given: Given) -> str:
        owner, name = function.value, function.name
        if function.optional:
            raise NotLowered("uses ?.")
        if isinstance(owner, t.Name) and self.find(owner.name) is None:
            if (owner.name, name, len(given)) == ("Model", "find", 1):
                return self.found(text(given[0]))
            if owner.name == "Math" and name not in _NOT_MATH:
                return self.mathematics(name, given)
        if name == "as" and len(given) == 1:
            self.object(owner)
            return OBJECT
        if is_assert(node) and isinstance(owner, t.Member):
            default = given[1] if len(given) > 1 else t.Number(node.span, 0, True, "0")
            self.assert_label(owner.value, text(given[0]), lambda: self.value(default))
            return self.nothing()
        if name in _UNSEEN_METHODS and self.is_item(owner):
            return self.unseen(given)
        raise NotLowered(f"calls {name}")

    def _at_member(self, node: t.Member) -> str:
        """x.labels.assert("name", 0).value is the label."""
        if node.name == "value" and isinstance(node.value, t.Call) and is_assert(node.value):
            self.value(node.value)
            self.emit(Op.POP)
        return super()._at_member(node)

    def found(self, path: str) -> str:
        """Model.find: NULL where nothing has the name."""
        objects = self.commons.objects
        known = [objects[name] for name in names_in(path) if name in objects]
        if known and known[0] < 0:
            raise NotLowered("finds an object that has no part in the run")
        self.push(known[0] if known else -1)
        return OBJECT

    def mathematics(self, name: str, given: Given) -> str:
        if name in _ONE and len(given) == 1:
            op, kind = _ONE[name]
            own = self.number(given[0])
            self.emit(op)
            return kind or own
        if name == "round" and len(given) == 2:
            return self._rounded(given)
        if name in _TWO and len(given) == 2:
            op, kind = _TWO[name]
            left, right = self.number(given[0]), self.number(given[1])
            self.emit(op)
            return kind or joined(left, right)
        raise NotLowered(f"calls {name or 'something'}")

    def _rounded(self, given: Given) -> str:
        """round(x, digits)"""
        digits = constant_of(given[1])
        if digits is None or not 0 <= digits <= _MOST_DIGITS:
            raise NotLowered("rounds to digits that are computed")
        scale = 10.0 ** int(digits)
        self.number(given[0])
        for op in (Op.MULTIPLY, Op.ROUND, Op.DIVIDE):
            if op != Op.ROUND:
                self.push(scale)
            self.emit(op)
        return REAL

    # Chance

    def draw(self, name: str, given: Given) -> str:
        wanted = ARGUMENTS[name]
        if len(given) not in (wanted, wanted + 1):
            raise NotLowered("draws with other arguments")
        args = [constant_of(item) for item in given[:wanted]]
        constants = [value for value in args if value is not None]
        if len(constants) == wanted:
            try:
                check(name, constants)
            except SimulationError as error:
                raise NotLowered(error.message) from None
        kinds = [self.number(item) for item in given[:wanted]]
        op = Op.DRAW if len(given) == wanted else self._stream(given[wanted])
        self.emit(op, int(_LAWS[name]), float(wanted))
        self.program.draws = True
        if name == "duniform":
            return INTEGER if set(kinds) == {INTEGER} else NUMBER
        return REAL

    def _stream(self, node: t.Expression) -> Op:
        """The stream that is asked for, on the stack unless it is the object's own."""
        if is_call(node, "getstream") and isinstance(node, t.Call):
            if self.is_current(node.arguments[0]):
                return Op.DRAW
            self.object(node.arguments[0])
            return Op.DRAW_FROM
        number = constant_of(node)
        if number is None or number < 0 or number != int(number):
            raise NotLowered("draws from a stream that is computed")
        self.push(self._row_of(int(number)))
        return Op.DRAW_FROM

    def _row_of(self, number: int) -> int:
        """Behind the streams of the objects those that code names by their number."""
        objects, streams = self.site.nodes, self.commons.streams
        if FIRST_NUMBER <= number < FIRST_NUMBER + objects:
            return number - FIRST_NUMBER
        return objects + streams.setdefault(number, len(streams))
