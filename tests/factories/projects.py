"""Projects and their members."""

from datetime import timedelta

import factory
from django.utils import timezone

from apps.projects.enums import Role
from apps.projects.models import Invitation, Membership, Project
from apps.projects.selectors import invitation_digest
from tests.factories.accounts import UserFactory


class ProjectFactory(factory.django.DjangoModelFactory):
    """`ProjectFactory(owner=user)` makes the user its owner."""

    class Meta:
        model = Project
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Project {n}")

    @factory.post_generation
    def owner(self, create, extracted, **kwargs):
        if create and extracted is not None:
            MembershipFactory(project=self, user=extracted, role=Role.OWNER)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    project = factory.SubFactory(ProjectFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.EDITOR


class InvitationFactory(factory.django.DjangoModelFactory):
    """`token` is the secret part of the link."""

    class Meta:
        model = Invitation
        exclude = ["token"]

    token = factory.Sequence(lambda n: f"invitation-{n}")
    project = factory.SubFactory(ProjectFactory)
    role = Role.EDITOR
    created_by = factory.SubFactory(UserFactory)
    token_digest = factory.LazyAttribute(lambda invitation: invitation_digest(invitation.token))
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
