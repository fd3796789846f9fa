"""The demo team's accounts. Their passwords stand in a file that only this user may read."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from apps.accounts.models import User
from apps.common.errors import ApplicationError

ROLES = {"owner": "Demo owner", "editor": "Demo editor", "viewer": "Demo viewer"}
PASSWORD_VARIABLE = "GENDT_DEMO_PASSWORD"  # noqa: S105 – the name of a variable


@dataclass(frozen=True)
class DemoAccount:
    role: str
    user: User
    password: str


def passwords_path() -> Path:
    return Path(settings.BASE_DIR) / "var" / "demo-accounts.json"


def demo_accounts() -> list[DemoAccount]:
    """The accounts, made where they are missing, each with a password that works."""
    if settings.PRODUCTION:
        raise ApplicationError("Demo accounts are for development only.", "not_in_production")
    kept = read_passwords()
    accounts = [ensure_account(role, name, kept) for role, name in ROLES.items()]
    if not os.environ.get(PASSWORD_VARIABLE):
        write_passwords({account.user.username: account.password for account in accounts})
    return accounts


def ensure_account(role: str, name: str, kept: dict[str, str]) -> DemoAccount:
    username = f"demo-{role}"
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User(username=username, display_name=name)
    chosen = os.environ.get(PASSWORD_VARIABLE) or kept.get(username) or secrets.token_urlsafe(9)
    if user._state.adding or not user.check_password(chosen):  # noqa: SLF001 – documented API
        user.set_password(chosen)
        user.save()
    return DemoAccount(role, user, chosen)


def read_passwords() -> dict[str, str]:
    try:
        kept = json.loads(passwords_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def write_passwords(passwords: dict[str, str]) -> None:
    path = passwords_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(json.dumps(passwords, indent=2) + "\n", encoding="utf-8")
