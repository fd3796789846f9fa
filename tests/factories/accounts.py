"""People."""

import factory

from apps.accounts.models import ApiToken, User
from apps.accounts.selectors import token_digest

PASSWORD = "a long enough phrase 42"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    display_name = factory.Sequence(lambda n: f"Person {n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, password=PASSWORD, **kwargs)


class ApiTokenFactory(factory.django.DjangoModelFactory):
    """`raw` is what a program sends."""

    class Meta:
        model = ApiToken
        exclude = ["raw"]

    raw = factory.Sequence(lambda n: f"gdt_test{n:060d}")
    user = factory.SubFactory(UserFactory)
    name = "Script"
    digest = factory.LazyAttribute(lambda token: token_digest(token.raw))
    prefix = factory.LazyAttribute(lambda token: token.raw[:10])
