"""Words that rows of this app use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Where a version's script came from."""

    GENERATED = "generated", _("generated")
    EDITED = "edited", _("edited by hand")
    RESTORED = "restored", _("restored")
    IMPORTED = "imported", _("imported")
