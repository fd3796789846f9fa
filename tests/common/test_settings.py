"""Settings read the environment, and stop with a name where it cannot be right."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from gendt_web.settings import env
from gendt_web.settings.secret import development_key, weakness

ROOT = Path(__file__).resolve().parents[2]
STRONG = "Zk3-9fQ_b7Wm2xLp" * 4
PRODUCTION = {
    "GENDT_ENV": "production",
    "GENDT_SECRET_KEY": STRONG,
    "GENDT_ALLOWED_HOSTS": "twin.example.org",
}


def start(*words, **environment):
    """Read the settings in a process of their own and print an expression over them."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GENDT_")}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    program = f"from gendt_web.settings import base as s; print({' '.join(words) or 0})"
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"GENDT_SECRET_KEY": ""}, "GENDT_SECRET_KEY"),
        ({"GENDT_SECRET_KEY": "short"}, "GENDT_SECRET_KEY"),
        ({"GENDT_SECRET_KEY": "a" * 80}, "GENDT_SECRET_KEY"),
        ({"GENDT_SECRET_KEY": "django-insecure-" + STRONG}, "GENDT_SECRET_KEY"),
        ({"GENDT_DEBUG": "1"}, "GENDT_DEBUG"),
        ({"GENDT_ALLOWED_HOSTS": ""}, "GENDT_ALLOWED_HOSTS"),
        ({"GENDT_ALLOWED_HOSTS": "*"}, "GENDT_ALLOWED_HOSTS"),
        ({"GENDT_ENV": "prod"}, "GENDT_ENV"),
        ({"GENDT_DEBUG": "perhaps"}, "GENDT_DEBUG"),
        ({"GENDT_DATABASE_URL": "mysql://x/y"}, "GENDT_DATABASE_URL"),
        ({"GENDT_DATABASE_URL": "postgres://host"}, "GENDT_DATABASE_URL"),
        ({"GENDT_REDIS_URL": "localhost:6379"}, "GENDT_REDIS_URL"),
        ({"GENDT_BROKER_URL": "memory://"}, "GENDT_BROKER_URL"),
        ({"GENDT_MEDIA_ROOT": "media"}, "GENDT_MEDIA_ROOT"),
        ({"GENDT_WORKERS": "0"}, "GENDT_WORKERS"),
    ],
)
def test_production_does_not_start_with(change, named):
    result = start(**(PRODUCTION | change))

    assert result.returncode != 0
    assert "ImproperlyConfigured" in result.stderr
    assert named in result.stderr.splitlines()[-1]


def test_production_has_secure_cookies_and_redirect_headers():
    result = start(
        "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.DEBUG, s.SECURE_HSTS_SECONDS > 0,",
        "s.CSRF_TRUSTED_ORIGINS",
        **PRODUCTION,
    )

    expected = "True True False True ['https://twin.example.org']"
    assert result.stdout.strip() == expected, result.stderr


def test_development_starts_with_nothing_set():
    result = start("s.PRODUCTION, s.DEBUG, s.EMBEDDED_WORKER, s.CELERY_BROKER_URL")

    assert result.stdout.strip() == "False False True memory://localhost/", result.stderr


def test_services_are_taken_from_the_environment():
    result = start(
        "s.DATABASES['default']['HOST'], s.CHANNEL_LAYERS['default']['BACKEND'],",
        "s.CELERY_BROKER_URL, s.EMBEDDED_WORKER",
        **PRODUCTION,
        GENDT_DATABASE_URL="postgres://u:p%40@db.example:5433/gendt?sslmode=require",
        GENDT_REDIS_URL="redis://cache:6379/0",
        GENDT_BROKER_URL="amqp://u:p@rabbit/",
    )

    assert result.stdout.split() == [
        "db.example",
        "channels_redis.core.RedisChannelLayer",
        "amqp://u:p@rabbit/",
        "False",
    ], result.stderr


def test_the_deployment_check_finds_nothing_grave():
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    result = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "ERROR"],
        cwd=ROOT,
        env={**environment, **PRODUCTION},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert result.returncode == 0, result.stderr


def test_postgres_urls(monkeypatch):
    monkeypatch.setenv("URL", "postgres://us%3Aer:p%40ss@h:5433/name?connect_timeout=3")

    found = env.database("URL", Path("unused"))

    assert (found["USER"], found["PASSWORD"]) == ("us:er", "p@ss")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("h", 5433, "name")
    assert found["OPTIONS"] == {"connect_timeout": "3"}


@pytest.mark.parametrize(
    ("value", "path"),
    [("", "/d/x"), ("sqlite:////data/y.sqlite3", "/data/y.sqlite3"), ("sqlite:///z.db", "/z.db")],
)
def test_sqlite_urls(monkeypatch, value, path):
    monkeypatch.setenv("URL", value)

    found = env.database("URL", Path("/d/x"))

    assert found["NAME"] == path
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("value", ["sqlite://", "sqlite://host/x", "postgres://h:port/x"])
def test_bad_database_urls_name_the_variable(monkeypatch, value):
    monkeypatch.setenv("URL", value)

    with pytest.raises(ImproperlyConfigured, match=r"^URL"):
        env.database("URL", Path("unused"))


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("On", True), ("no", False), ("", False)]
)
def test_booleans(monkeypatch, value, expected):
    monkeypatch.setenv("FLAG", value)

    assert env.boolean("FLAG") is expected


def test_the_development_key_is_kept_and_private(tmp_path):
    path = tmp_path / "var" / "key"

    first, second = development_key(path), development_key(path)

    assert first == second
    assert weakness(first) is None
    assert path.stat().st_mode & 0o077 == 0
