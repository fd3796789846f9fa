"""Makers of rows for tests."""

from tests.factories.accounts import ApiTokenFactory, UserFactory
from tests.factories.projects import InvitationFactory, MembershipFactory, ProjectFactory
from tests.factories.sketches import SketchFactory, png_bytes, upload

__all__ = [
    "ApiTokenFactory",
    "InvitationFactory",
    "MembershipFactory",
    "ProjectFactory",
    "SketchFactory",
    "UserFactory",
    "png_bytes",
    "upload",
]
