"""Triplets by Celery's workers."""

from pathlib import Path

import pytest
from celery import current_app

from apps.engines.vlsm.triplets import Order
from apps.generation.tasks import make_triplet_shard
from apps.generation.triplets import order_shards


def test_without_a_broker_the_reason_is_told(tmp_path: Path) -> None:
    assert str(current_app.conf.broker_url).startswith("memory")

    with pytest.raises(ValueError, match="GENDT_BROKER_URL"):
        order_shards(Order(5, 1, str(tmp_path)))


def test_a_shard_delivered_twice_is_made_once(tmp_path: Path) -> None:
    order = {"count": 4, "seed": 1, "out": str(tmp_path), "sketches": False}

    assert make_triplet_shard(order, 0) == 4
    assert make_triplet_shard(order, 0) == 0
