"""Readers of environment variables that stop the start with the variable's name."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}
POSTGRES_SCHEMES = {"postgres", "postgresql"}


def refuse(name: str, reason: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}: {reason}")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def choice(name: str, options: tuple[str, ...], default: str) -> str:
    value = text(name, default) or default
    if value not in options:
        raise refuse(name, f"must be one of {', '.join(options)}, not {value!r}")
    return value


def boolean(name: str, default: bool = False) -> bool:
    if name not in os.environ:
        return default
    value = text(name).lower()
    if value not in TRUE | FALSE:
        raise refuse(name, f"must be true or false, not {value!r}")
    return value in TRUE


def integer(name: str, default: int, *, least: int = 0) -> int:
    value = text(name) or str(default)
    if not value.isdecimal() or int(value) < least:
        raise refuse(name, f"must be a whole number of at least {least}, not {value!r}")
    return int(value)


def items(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Values separated by commas, without blanks and empty ones."""
    found = [item.strip() for item in text(name).split(",")]
    return [item for item in found if item] or list(default)


def folder(name: str, default: Path) -> Path:
    path = Path(text(name) or default)
    if not path.is_absolute():
        raise refuse(name, f"must be an absolute path, not {str(path)!r}")
    return path


def service_url(name: str, schemes: tuple[str, ...]) -> str | None:
    """Address of a service, or None where the variable is absent or empty."""
    value = text(name)
    if not value:
        return None
    if urlsplit(value).scheme not in schemes or not urlsplit(value).hostname:
        expected = " or ".join(f"{scheme}://host…" for scheme in schemes)
        raise refuse(name, f"must look like {expected}")
    return value


def database(name: str, default: Path) -> dict[str, Any]:
    """Django's DATABASES entry for `postgres://…` or `sqlite:///path`."""
    value = text(name)
    if not value:
        return sqlite(default)
    parts = urlsplit(value)
    if parts.scheme == "sqlite":
        return sqlite(sqlite_path(name, parts.netloc, parts.path))
    if parts.scheme not in POSTGRES_SCHEMES:
        raise refuse(name, "must begin with postgres:// or sqlite:///")
    return postgres(name, value)


def sqlite_path(name: str, netloc: str, path: str) -> Path:
    if netloc or len(path) < 2:
        raise refuse(name, "a SQLite database is written sqlite:////absolute/path.sqlite3")
    return Path(unquote(path[1:] if path.startswith("//") else path))


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite that a team can share: readers never wait, writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA busy_timeout=30000; PRAGMA cache_size=-20000;"
            ),
        },
    }


def postgres(name: str, value: str) -> dict[str, Any]:
    parts = urlsplit(value)
    try:
        port = parts.port or 5432
    except ValueError as error:
        raise refuse(name, f"the port cannot be read ({error})") from error
    database_name = unquote(parts.path.lstrip("/"))
    if not parts.hostname or not database_name:
        raise refuse(name, "must look like postgres://user:password@host:5432/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname,
        "PORT": port,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
