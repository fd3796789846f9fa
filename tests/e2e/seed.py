"""Run inside `manage.py shell`: people with sessions and a project that they share."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore

from apps.projects.models import Membership
from apps.projects.services import project_create

ROLES = ("owner", "editor", "commenter", "viewer", "stranger")
PASSWORD = "a long enough phrase 42"


def print_team(name: str) -> None:
    print(json.dumps(make_team(name)))


def make_team(name: str) -> dict[str, Any]:
    users = {role: make_user(f"{name}-{role}", role) for role in ROLES}
    project = project_create(actor=users["owner"], name=f"Project {name}", description="")
    for role in ROLES[1:-1]:
        Membership.objects.create(project=project, user=users[role], role=role)
    accounts = {role: describe(user) for role, user in users.items()}
    return {"project": str(project.pk), "accounts": accounts}


def make_user(username: str, role: str) -> Any:
    user = get_user_model().objects.create_user(username=username, display_name=role.title())
    user.set_password(PASSWORD)
    user.save()
    return user


def describe(user: Any) -> dict[str, str]:
    return {
        "username": user.username,
        "name": user.display_name,
        "password": PASSWORD,
        "cookie": settings.SESSION_COOKIE_NAME,
        "session": sign_in(user),
    }


def sign_in(user: Any) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def print_demo() -> None:
    from apps.runs.models import Run

    owner = get_user_model().objects.get(username="demo-owner")
    run = Run.objects.filter(project__members=owner, status="succeeded").earliest("created_at")
    draft = run.version.draft
    found = {
        "owner": describe(owner),
        "project": str(run.project_id),
        "draft": str(draft.pk),
        "sketch": str(draft.sketch_id),
        "run": str(run.pk),
    }
    print(json.dumps(found))


def print_version(project: str, username: str, source: str) -> None:
    """A model with one version, without a word to the generator."""
    from apps.generation.services import draft_create, version_create_edited
    from apps.projects.models import Project

    actor = get_user_model().objects.get(username=username)
    draft = draft_create(project=Project.objects.get(pk=project), actor=actor, title="Ore line")
    print(version_create_edited(draft=draft, actor=actor, source=source).pk)
