"""Who may follow a project's events."""

from uuid import UUID

from apps.projects.models import Membership
from apps.realtime.people import Person


def may_follow_project(user: Person, key: str) -> bool:
    """Members, whatever their role."""
    try:
        project_id = UUID(key)
    except ValueError:
        return False
    # Only one spelling, or the same project would have several topics.
    if str(project_id) != key:
        return False
    return Membership.objects.filter(project_id=project_id, user_id=user.pk).exists()
