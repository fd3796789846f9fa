"""People as JSON, the same in REST answers and events."""

from typing import Any

from apps.accounts.models import User


def person(user: User | None) -> dict[str, Any] | None:
    """{"id", "name"}; None stands for the model or for somebody whose account is gone."""
    return None if user is None else {"id": str(user.pk), "name": user.name}
