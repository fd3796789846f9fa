"""Triplets on disk: the same whatever made them, complete or not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apps.engines.flexscript import execute
from apps.engines.vlsm import triplets
from apps.engines.vlsm.triplets import Order, claim, make_shard, make_triplets


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triplets, "SHARD", 8)


def lines(folder: Path) -> list[str]:
    return [x for path in sorted(folder.glob("*.jsonl")) for x in path.read_text().splitlines()]


def test_a_triplet_depends_on_seed_and_number_alone(tmp_path: Path) -> None:
    list(make_triplets(Order(20, 5, str(tmp_path / "a"), sketches=False)))
    again = Order(20, 5, str(tmp_path / "b"), sketches=False)
    for index in reversed(again.shards()):
        make_shard(again, index)

    assert lines(tmp_path / "a") == lines(tmp_path / "b")
    assert len(lines(tmp_path / "a")) == 20


def test_what_is_there_is_not_made_again(tmp_path: Path) -> None:
    order = Order(20, 5, str(tmp_path), sketches=False)
    list(make_triplets(order))
    order.path(1).unlink()
    first = order.path(0).stat().st_mtime_ns

    assert list(make_triplets(order)) == [8]
    assert order.path(0).stat().st_mtime_ns == first


def test_a_folder_of_another_order_is_refused(tmp_path: Path) -> None:
    claim(Order(8, 5, str(tmp_path)))

    with pytest.raises(ValueError, match="another order"):
        claim(Order(8, 6, str(tmp_path)))


def test_scripts_run_and_sketches_lie_beside(tmp_path: Path) -> None:
    list(make_triplets(Order(8, 2, str(tmp_path))))

    for row in map(json.loads, lines(tmp_path)):
        built = execute(row["script"])
        assert built.model is not None
        assert not [item for item in built.diagnostics if item.severity == "error"]
        assert bool(row["sketch"]) == (row["source"] != "text")
        assert not row["sketch"] or (tmp_path / row["sketch"]).stat().st_size > 1000
