"""Older commands inside of triggers."""

import pytest

from apps.engines.flexscript import code_runner, execute
from apps.engines.simulation import RunConfig, simulate
from apps.engines.simulation.model import CodeValue

MODEL = """Object s = Object.create("Source"); Object q = Object.create("Queue");
Object k = Object.create("Sink"); q.setLocation(5, 6, 0); q.kind = 3;
s.setProperty("InterArrivalTime", 10);
contextdragconnection(s, q, "A"); contextdragconnection(q, k, "A");
Table t = Table("T"); t.setSize(2, 2); t[1][1] = 7; t[2][2] = "a";
"""


def printed(code):
    """What the first item's entry into the queue prints."""
    model = execute(MODEL).model
    queue = next(item for item in model if item.class_name == "Queue")
    queue.properties["Triggers.OnEntry"] = CodeValue(code)
    config = RunConfig(until=15.0, trace=False, kernel="reference")
    return "|".join(simulate(model, config, runner=code_runner()).output)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('print(gettablenum("T", 1, 1), gettablestr("T", 2, 2), gettablerows("T"));', "7 a 2"),
        ('settablenum("T", 2, 1, 9); print(Table("T")[2][1], gettablecols("T"));', "9 2"),
        ("print(xloc(current), yloc(current), xsize(current));", "5 6 2"),
        ("print(parval(2), parnode(1) == param(1), parstr(2));", "1 1 1"),
        ('print(numtostring(3.14159, 0, 2), stringsearch("abc", "c"));', "3.14 3"),
        ('print(stringcopy("abcd", 2, 2), stringreplace("abc", "b", "x"));', "bc axc"),
        ("print(rank(current, 1) == param(1), rank(current, 9) == NULL);", "1 1"),
        ("print(first(current) == last(current), up(param(1)) == current);", "1 1"),
        ('print(getnodenum(label(current, "kind")), trunc(2.7));', "3 2"),
        ("print(DateTime(2024, 1, 2).day);", "2"),
    ],
)
def test_older_commands(code, expected):
    assert printed(code) == expected
