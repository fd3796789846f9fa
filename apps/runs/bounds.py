"""What a run may ask for."""

from dataclasses import dataclass
from math import isfinite

from django.utils.translation import gettext as _

from apps.common.errors import ApplicationError

LONGEST = 10 * 366 * 24 * 3600.0
MOST_REPLICATIONS = 1000
LARGEST_SEED = 2**31 - 1


@dataclass(frozen=True)
class RunSettings:
    """Times in seconds of the model; `until` includes the warm-up."""

    until: float
    warmup: float = 0.0
    replications: int = 1
    seed: int = 1

    def check(self) -> None:
        """Raises ApplicationError that names the field."""
        if not isfinite(self.until) or self.until <= 0:
            raise refuse("until", _("The horizon must be longer than nothing."))
        if self.until > LONGEST:
            raise refuse("until", _("The horizon may be at most ten years."))
        if not isfinite(self.warmup) or self.warmup < 0:
            raise refuse("warmup", _("The warm-up cannot be negative."))
        if self.warmup >= self.until:
            raise refuse("warmup", _("The warm-up must end before the horizon."))
        if not 1 <= self.replications <= MOST_REPLICATIONS:
            text = _("Between 1 and %(n)d replications are possible.") % {"n": MOST_REPLICATIONS}
            raise refuse("replications", text)
        if not 0 <= self.seed <= LARGEST_SEED:
            text = _("The seed is a whole number from 0 to %(n)d.") % {"n": LARGEST_SEED}
            raise refuse("seed", text)


def refuse(field: str, message: str) -> ApplicationError:
    return ApplicationError(message, "invalid", field=field)
