"""What may be asked of the model."""

from django.utils.translation import gettext as _

from apps.common.errors import ApplicationError

PROMPT_CHARS = 20_000


def require_prompt(prompt: str, *, has_sketch: bool) -> None:
    """Raises ApplicationError. A sketch may go without words."""
    if len(prompt) > PROMPT_CHARS:
        raise ApplicationError(
            _("The prompt has %(n)s characters; at most %(most)s can be read.")
            % {"n": f"{len(prompt):,}", "most": f"{PROMPT_CHARS:,}"},
            "too_long",
            _("Describe the factory in parts: each prompt adds to the model."),
            "prompt",
        )
    if not prompt.strip() and not has_sketch:
        raise ApplicationError(
            _("The prompt is empty."), "empty", _("Say what the factory does."), "prompt"
        )
