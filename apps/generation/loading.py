"""Which model answers: the shipped one, or what GENDT_GENERATOR names."""

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from apps.common.errors import ApplicationError
from apps.common.heavy import LOADING

if TYPE_CHECKING:
    from apps.engines.vlsm.api import Generator


def load_generator() -> "Generator":
    """Heavy at its first call. Raises ApplicationError where no weights are installed."""
    try:
        with LOADING:
            if settings.GENDT_GENERATOR:
                return cast("Generator", import_string(settings.GENDT_GENERATOR)())
            from apps.engines.vlsm.loader import load_generator as load_shipped

            return load_shipped(settings.GENDT_DEVICE)
    except (FileNotFoundError, ImportError) as error:
        raise ApplicationError(
            _("No language model is installed on this server."),
            "no_model",
            _("Scripts can still be written by hand. Tell whoever runs the server."),
        ) from error
