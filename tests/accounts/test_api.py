"""Tokens and /me/."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts.services import MOST_TOKENS, token_create
from apps.common.errors import ApplicationError
from tests.factories import ApiTokenFactory, UserFactory

ME = "/api/v1/me/"


def bearer(api, raw):
    api.credentials(HTTP_AUTHORIZATION=f"Token {raw}")
    return api


@pytest.fixture
def user(db):
    return UserFactory(username="ada", display_name="Ada")


def test_a_token_speaks_for_its_user(api_of, user):
    token, raw = token_create(user=user, name="CI")

    answer = bearer(api_of(), raw).get(ME)

    assert answer.json()["name"] == "Ada"
    token.refresh_from_db()
    assert token.last_used_at is not None


@pytest.mark.parametrize("header", ["Token", "Token wrong", "Token a b", "token gdt_nothing"])
def test_a_wrong_token_is_refused(api_of, user, header):
    api = api_of()
    api.credentials(HTTP_AUTHORIZATION=header)

    answer = api.get(ME)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Token"
    assert answer.json()["error"]["code"] == "authentication_failed"


def test_an_expired_token_is_refused(api_of, user):
    raw = "gdt_old"
    ApiTokenFactory(user=user, raw=raw, expires_at=timezone.now() - timedelta(seconds=1))

    assert bearer(api_of(), raw).get(ME).status_code == 401


def test_tokens_of_inactive_people_are_refused(api_of, user):
    _token, raw = token_create(user=user, name="CI")
    user.is_active = False
    user.save()

    assert bearer(api_of(), raw).get(ME).status_code == 401


def test_a_token_needs_no_csrf_and_a_session_does(user):
    from rest_framework.test import APIClient

    _token, raw = token_create(user=user, name="CI")
    by_token = bearer(APIClient(enforce_csrf_checks=True), raw)
    by_session = APIClient(enforce_csrf_checks=True)
    by_session.force_login(user)

    assert by_token.patch(ME, {"display_name": "A"}).status_code == 200
    assert by_session.patch(ME, {"display_name": "A"}).status_code == 403


def test_a_token_reaches_only_its_users_projects(team, api_of):
    _token, raw = token_create(user=team.stranger, name="CI")

    answer = bearer(api_of(), raw).get(f"/api/v1/projects/{team.project.pk}/")

    assert answer.status_code == 404


@pytest.mark.parametrize("change", [{"expires_at": timezone.now() - timedelta(days=1)}])
def test_strange_tokens_are_refused(user, change):
    with pytest.raises(ApplicationError):
        token_create(user=user, name="CI", **change)


def test_there_is_a_limit_of_tokens(user):
    ApiTokenFactory.create_batch(MOST_TOKENS, user=user)

    with pytest.raises(ApplicationError):
        token_create(user=user, name="one more")


def test_visitors_have_no_me(api_of, db):
    assert api_of().get(ME).status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"theme": "dark"}, 200),
        ({"language": "zh-hans"}, 200),
        ({"theme": "pink"}, 400),
        ({"language": "xx"}, 400),
        ({"username": "root"}, 200),
    ],
)
def test_changing_me(api_of, user, body, status):
    answer = api_of(user).patch(ME, body)

    assert answer.status_code == status
    user.refresh_from_db()
    assert user.username == "ada"
    assert all(getattr(user, key) == value for key, value in body.items() if key != "username") == (
        status == 200
    )
