"""What changes of the way mean, on letters as stations."""

import pytest

from apps.engines.vlsm.rewiring import apart, bypassed, rewired

FORK = ["ab", "bc", "bd", "ce", "de"]


def flow(*pairs):
    return [tuple(pair) for pair in pairs]


@pytest.mark.parametrize(
    ("head", "ends", "wanted"),
    [
        ("AFTER", "bx", "ab bx xc xd ce de"),
        ("AFTER", "ax", "ax xb bc bd ce de"),
        ("BEFORE", "ex", "ab bc bd cx dx xe"),
        ("BETWEEN", "bcx", "ab bx xc bd ce de"),
        ("MOVE", "ca", "ac cb be bd de"),
        ("MOVE", "cd", "ab bd be dc ce"),
        ("SWAP", "bc", "ac cb cd be de"),
        ("SWAP", "cd", "ab bc bd ce de"),
        ("REPLACE", "bx", "ax xc xd ce de"),
        ("REROUTE", "bde", "ab bc be ce de"),
        ("REFEED", "cea", "ab bc bd ae de"),
    ],
)
def test_each_change(head, ends, wanted):
    assert sorted(rewired(head, ends, flow(*FORK))) == sorted(flow(*wanted.split()))


def test_what_is_there_already_is_not_doubled():
    assert rewired("REROUTE", "ace", flow("ac", "ae")) == flow("ae")


def test_bypassing_joins_all_before_with_all_after():
    assert bypassed(flow("ac", "bc", "cd", "ce"), "c") == flow("ad", "ae", "bd", "be")


def test_a_line_of_its_own_has_no_ways_to_the_old_one():
    twice = flow("ab", "bc", "cd", "ax", "xc", "xy", "by", "yd")

    assert apart(flow("bx", "cy"), twice) == flow("ab", "bc", "cd", "ax", "xy", "yd")
