"""PostgreSQL and Redis for the stack whose worker is a process of its own."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
import redis

from tests.e2e.stack import Stack

POSTGRES = os.environ.get("GENDT_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("GENDT_TEST_REDIS_URL", "redis://127.0.0.1:6379")
# Numbers at the far end, so that a Redis in use for something else is left alone. Stacks that
# live at the same time need pairs of their own, or they would take each other's jobs.
SHARED, OWN = (14, 15), (12, 13)


@dataclass(frozen=True)
class Services:
    database_url: str
    redis: tuple[int, int]

    def environment(self) -> dict[str, str]:
        return {
            "GENDT_DATABASE_URL": self.database_url,
            "GENDT_REDIS_URL": f"{REDIS}/{self.redis[0]}",
            "GENDT_BROKER_URL": f"{REDIS}/{self.redis[1]}",
        }


@contextmanager
def fresh_services(numbers: tuple[int, int] = SHARED) -> Iterator[Services]:
    """A database that did not exist before and two empty Redis databases."""
    require_services()
    name = f"gendt_e2e_{uuid.uuid4().hex[:12]}"
    empty_redis(numbers)
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield Services(POSTGRES.rpartition("/")[0] + f"/{name}", numbers)
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        empty_redis(numbers)


def empty_redis(numbers: tuple[int, int]) -> None:
    for number in numbers:
        with redis.Redis.from_url(f"{REDIS}/{number}") as client:
            client.flushdb()


def require_services() -> None:
    """Skip where a service does not answer; fail where all are required."""
    reason = missing_service()
    if reason is None:
        return
    if os.environ.get("GENDT_REQUIRE_SERVICES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def missing_service() -> str | None:
    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return f"PostgreSQL does not answer: {error}"
    try:
        with redis.Redis.from_url(REDIS, socket_connect_timeout=3) as client:
            client.ping()
    except redis.RedisError as error:
        return f"Redis does not answer: {error}"
    return None


def services_stack(folder: Path, services: Services) -> Stack:
    """PostgreSQL and Redis, with a separate worker process."""
    return Stack("services", folder, services.environment(), separate_worker=True)
