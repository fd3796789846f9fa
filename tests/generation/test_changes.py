"""What differs between two scripts."""

import pytest
from django.utils import translation

from apps.generation.changes import changes_between
from tests.generation.fakes import LINE

QUEUE = """
Object store = Object.create("Queue");
store.name = "Store";
store.setLocation(9, 0, 0);
contextdragconnection(mill, store, "A");
"""


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (LINE, LINE, []),
        (LINE, LINE + "// a remark\n", []),
        (LINE, LINE.replace("(6, 0, 0)", "(7, 0, 0)"), []),
        (
            LINE,
            LINE + QUEUE,
            ["added Queue “Store”", "connected “Mill” to “Store”"],
        ),
        (LINE + QUEUE, LINE, ["removed “Store”"]),
        (
            LINE,
            LINE.replace('"ProcessTime", 5', '"ProcessTime", 8'),
            ["“Mill”: ProcessTime from 5 to 8"],
        ),
        (
            LINE,
            LINE.replace('"ProcessTime", 5', '"SetupTime", 3'),
            [
                "“Mill”: ProcessTime back to its default",
                "“Mill”: SetupTime set to 3",
            ],
        ),
        (
            LINE,
            LINE.replace("exponential(0, 10, ", "uniform(2, 4, "),
            ["“Ore Bin”: InterArrivalTime from exponential(0, 10) to uniform(2, 4)"],
        ),
        (LINE, LINE.replace('"Mill"', '"Crusher"'), ["renamed “Mill” to “Crusher”"]),
        (
            LINE,
            LINE.replace('contextdragconnection(mill, sink, "A");\n', ""),
            ["disconnected “Mill” from “Concentrate”"],
        ),
        (LINE, "this is no script", []),
    ],
)
def test_changes_are_told(before, after, changes):
    with translation.override("en"):
        assert changes_between(before, after) == changes


def test_changes_are_told_in_chinese():
    with translation.override("zh-hans"):
        assert changes_between(LINE, LINE + QUEUE) == ["新增 Queue“Store”", "连接“Mill”到“Store”"]
