"""Triplets made by workers: one Celery task a shard."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from celery import current_app, group

from apps.generation.tasks import make_triplet_shard

if TYPE_CHECKING:
    from apps.engines.vlsm.triplets import Order


def order_shards(order: "Order") -> int:
    """Send what is missing of an order to the workers; returns how many shards that is.

    Raises ValueError where no worker of another process can be reached.
    """
    from apps.engines.vlsm.triplets import claim

    if str(current_app.conf.broker_url or "").startswith("memory"):
        raise ValueError("Set GENDT_BROKER_URL: without a broker no worker can be reached.")
    claim(order)
    missing = order.missing()
    if missing:
        group(make_triplet_shard.s(asdict(order), index) for index in missing).apply_async()
    return len(missing)
