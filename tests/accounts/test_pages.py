"""Sign-up, sign-in, sign-out, password, profile."""

import pytest
from django.core.cache import cache

from apps.accounts.models import User
from tests.factories import ApiTokenFactory, UserFactory
from tests.factories.accounts import PASSWORD

GOOD = {"username": "ada", "display_name": "Ada", "password1": PASSWORD, "password2": PASSWORD}
PAGES = ["/accounts/profile/", "/accounts/password/", "/accounts/tokens/"]


@pytest.fixture
def user(db):
    return UserFactory(username="ada", display_name="Ada")


def sign_in(client, username="ada", password=PASSWORD, **extra):
    return client.post("/accounts/login/", {"username": username, "password": password, **extra})


def test_signing_up_signs_in(client_of, db):
    client = client_of()

    response = client.post("/accounts/signup/", GOOD)

    assert response.url == "/projects/"
    assert User.objects.get().display_name == "Ada"
    assert client.get("/projects/").status_code == 200


def test_signing_up_leads_on_to_the_invitation(client_of, db):
    response = client_of().post("/accounts/signup/", {**GOOD, "next": "/invitations/abc/"})

    assert response.url == "/invitations/abc/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_no_way_leads_off_the_site(client_of, user, target):
    signed_up = client_of().post("/accounts/signup/", {**GOOD, "username": "b", "next": target})
    signed_in = sign_in(client_of(), next=target)

    assert signed_up.url == "/projects/"
    assert signed_in.url == "/projects/"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "ADA"}, "username"),
        ({"username": "a b"}, "username"),
        ({"password1": "12345678", "password2": "12345678"}, "password2"),
        ({"password2": "something else 77"}, "password2"),
        ({"display_name": "x" * 81}, "display_name"),
    ],
)
def test_what_cannot_sign_up(client_of, user, change, field):
    response = client_of().post("/accounts/signup/", {**GOOD, "username": "bob", **change})

    assert response.context["form"].errors[field]
    assert User.objects.count() == 1


def test_signing_in_and_out(client_of, user):
    client = client_of()

    assert sign_in(client).url == "/projects/"
    assert client.post("/accounts/logout/").url == "/accounts/login/"
    assert client.get("/projects/").status_code == 302


def test_signing_out_needs_a_post(client_of, user):
    assert client_of(user).get("/accounts/logout/").status_code == 405


def test_five_wrong_passwords_close_the_door(client_of, user):
    client = client_of()
    wrong = [sign_in(client, password="wrong").status_code for _ in range(5)]

    locked = sign_in(client)

    assert wrong == [200] * 5
    assert locked.status_code == 429
    assert "Too many wrong passwords" in locked.content.decode()
    assert client.get("/projects/").status_code == 302


def test_the_closed_door_tells_not_whether_the_password_was_right(client_of, user):
    client = client_of()
    for _ in range(5):
        sign_in(client, password="wrong")

    right, wrong = sign_in(client), sign_in(client, password="wrong")

    assert right.status_code == wrong.status_code == 429


def test_other_addresses_and_names_are_not_locked(client_of, user):
    UserFactory(username="bob")
    client = client_of()
    for _ in range(5):
        sign_in(client, password="wrong")

    elsewhere = client_of().post(
        "/accounts/login/", {"username": "ada", "password": PASSWORD}, REMOTE_ADDR="192.0.2.7"
    )

    assert elsewhere.status_code == 302
    assert sign_in(client, "bob").status_code == 302


def test_an_address_that_tries_many_names_is_locked(client_of, user, settings):
    settings.LOGIN_FAILURES_PER_ADDRESS = 10
    client = client_of()
    for number in range(10):
        sign_in(client, f"name{number}", "wrong")

    assert sign_in(client).status_code == 429


def test_a_right_password_forgives(client_of, user):
    client = client_of()
    for _ in range(4):
        sign_in(client, password="wrong")
    sign_in(client)
    client.post("/accounts/logout/")

    again = [sign_in(client, password="wrong").status_code for _ in range(4)]

    assert again == [200] * 4
    assert not [key for key in cache._cache if "ada" in key]


def test_inactive_people_cannot_sign_in(client_of, user):
    User.objects.update(is_active=False)

    assert sign_in(client_of()).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_the_account_need_a_sign_in(client_of, user, page):
    assert client_of().get(page).url == f"/accounts/login/?next={page}"
    assert client_of(user).get(page).status_code == 200


def test_the_profile_is_saved_and_its_language_spoken(client_of, user):
    client = client_of(user)

    client.post(
        "/accounts/profile/", {"display_name": "Ada L.", "language": "zh-hans", "theme": "dark"}
    )
    page = client.get("/accounts/profile/")

    user.refresh_from_db()
    assert (user.name, user.language, user.theme) == ("Ada L.", "zh-hans", "dark")
    assert page["Content-Language"] == "zh-hans"
    assert 'lang="zh-hans"' in page.content.decode()


@pytest.mark.parametrize("change", [{"language": "xx"}, {"theme": "pink"}])
def test_the_profile_refuses_what_does_not_exist(client_of, user, change):
    values = {"display_name": "A", "language": "en", "theme": "dark", **change}

    response = client_of(user).post("/accounts/profile/", values)

    assert response.context["form"].errors
    user.refresh_from_db()
    assert user.name == "Ada"


def test_changing_the_password_ends_other_sessions(client_of, user):
    here, there = client_of(user), client_of(user)
    new = "quite another phrase 7"

    response = here.post(
        "/accounts/password/",
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )

    assert response.url == "/accounts/profile/"
    assert here.get("/projects/").status_code == 200
    assert there.get("/projects/").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [
        ("wrong", "quite another phrase 7", "quite another phrase 7", "old_password"),
        (PASSWORD, "short", "short", "new_password2"),
        (PASSWORD, "quite another phrase 7", "different", "new_password2"),
    ],
)
def test_what_is_no_new_password(client_of, user, old, new, again, field):
    data = {"old_password": old, "new_password1": new, "new_password2": again}

    response = client_of(user).post("/accounts/password/", data)

    assert response.context["form"].errors[field]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_token_is_shown_once(client_of, user):
    client = client_of(user)

    raw = client.post("/accounts/tokens/", {"name": "CI", "expires": "30"}).context["new_token"]
    page = client.get("/accounts/tokens/").content.decode()

    token = user.api_tokens.get()
    assert raw.startswith(token.prefix)
    assert raw not in page
    assert token.prefix in page
    assert raw not in str(user.api_tokens.values().get())


def test_a_token_needs_a_name(client_of, user):
    response = client_of(user).post("/accounts/tokens/", {"name": "", "expires": ""})

    assert response.context["form"].errors["name"]
    assert not user.api_tokens.exists()


def test_tokens_of_others_are_not_found(client_of, user):
    token = ApiTokenFactory()

    response = client_of(user).post(f"/accounts/tokens/{token.pk}/revoke/")

    assert response.status_code == 404
    assert token.user.api_tokens.exists()


def test_revoking_a_token(client_of, user):
    token = ApiTokenFactory(user=user)

    client_of(user).post(f"/accounts/tokens/{token.pk}/revoke/")

    assert not user.api_tokens.exists()


def test_the_token_list_asks_the_same_number_of_questions(
    client_of, user, django_assert_max_num_queries
):
    ApiTokenFactory(user=user)
    client = client_of(user)
    with django_assert_max_num_queries(8) as one:
        client.get("/accounts/tokens/")
    ApiTokenFactory.create_batch(2, user=user)
    with django_assert_max_num_queries(len(one)):
        client.get("/accounts/tokens/")
