"""The key that signs sessions and links."""

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SHORTEST = 40
FEWEST_DIFFERENT = 10
GIVEAWAYS = ("insecure", "changeme", "change-me", "secret-key", "example")


def weakness(key: str) -> str | None:
    """Why a key must not be used in production, or None."""
    if len(key) < SHORTEST:
        return f"has {len(key)} characters, at least {SHORTEST} are needed"
    if len(set(key)) < FEWEST_DIFFERENT:
        return "repeats too few characters"
    if any(word in key.lower() for word in GIVEAWAYS):
        return "is a placeholder"
    return None


def require_strong(key: str) -> str:
    reason = weakness(key)
    if reason:
        raise ImproperlyConfigured(
            f"GENDT_SECRET_KEY {reason}. Make one: "
            'python -c "import secrets; print(secrets.token_urlsafe(64))"'
        )
    return key


def development_key(path: Path) -> str:
    """A key made at the first start and kept in a file that only this user may read."""
    try:
        return path.read_text(encoding="ascii").strip() or create_key(path)
    except FileNotFoundError:
        return create_key(path)
    except OSError:
        return secrets.token_urlsafe(64)


def create_key(path: Path) -> str:
    key = secrets.token_urlsafe(64)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(key, encoding="ascii")
    except FileExistsError:
        # Another process was faster: both must sign with the same key.
        return path.read_text(encoding="ascii").strip() or key
    except OSError:
        return key
    return key
