"""Older commands inside of triggers."""

import pytest

from apps.engines.flexscript import code_runner, execute
from apps.engines.simulation import RunConfig, SimulationError, simulate
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
        ('setlabel(item, "a", 1); setnodenum(label(item, "a"), 4); print(item.a);', "4"),
        ('setnodestr(label(item, "b"), "text"); print(item.b);', "text"),
        ('setvarstr(current, "maxcontent", "3"); print(getvarstr(current, "maxcontent"));', "3"),
        ("setstate(current, 11); print(current.stats.state().valueString);", "breakdown"),
        ("current.setState(STATE_SETUP); print(getstatenum(current));", "21"),
        ('print(executestring("return 3 * param(2);"), param(2));', "3 1"),
        ('print(executestring("return param(1);", current, 5));', "5"),
        ("setsize(item, 2, 1, 1); print(xsize(item)); item.size.x = 3; print(item.size.x);", "2|3"),
        ("setrot(item, 0, 0, 90); setloc(item, 1, 2, 3); item.location.z = 1; print(1);", "1"),
        ("print(item.rank, item.next == NULL, item.prev == NULL, current.rank);", "1 1 1 2"),
        ('switch_noselect(item, 1); applicationcommand("x"); runspeed(4); print(1);', "1"),
    ],
)
def test_older_commands(code, expected):
    assert printed(code) == expected


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ('executestring("1 + ;");', "line 1, column 5 of the string"),
        ('executestring("item.missing;");', "no member or label “missing”"),
        ('current.t = "executestring(current.t);"; executestring(current.t);', "too deep|depth"),
        ('setvarstr(current, "sendtoport", "return 1;");', "Code cannot change"),
        ("current.location.x = 3;", "location of “Queue” cannot change"),
        ("current.rank = 1;", "rank of “Queue” cannot change"),
        ("setrank(current, 1);", "Only an item can change its rank"),
        ("item.size.x = 0;", "cannot be 0 m long"),
        ("setstate(current, 999);", "There is no state 999"),
    ],
)
def test_what_a_run_refuses(code, message):
    with pytest.raises(SimulationError, match=message):
        printed(code)
