"""Small pieces of markup that every page uses: icons, initials, texts for the scripts."""

from datetime import datetime, timedelta

from django import template
from django.forms import BoundField
from django.template.defaultfilters import floatformat
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import get_language, gettext

from apps.common.browser_messages import MESSAGES

register = template.Library()


@register.simple_tag
def icon(name: str, classes: str = "icon") -> SafeString:
    """An icon of static/icons.svg; decorative, so hidden from screen readers."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        classes,
        static("icons.svg"),
        name,
    )


@register.filter
def initials(name: object) -> str:
    """Up to two letters for an avatar: first and last word of the name."""
    words = str(name).replace(".", " ").replace("_", " ").split() or ["?"]
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()


@register.filter
def ago(moment: datetime) -> str:
    """How long ago, in the largest unit that fits: "3 hours ago"."""
    if timezone.now() - moment < timedelta(minutes=1):
        return gettext("just now")
    return gettext("%(time)s ago") % {"time": timesince(moment, depth=1)}


@register.filter
def as_duration(seconds: float) -> str:
    """A length of time in the largest unit that fits: "8 h"."""
    if seconds >= 86_400:
        return gettext("%(n)s d") % {"n": floatformat(seconds / 86_400, "-2g")}
    if seconds >= 3600:
        return gettext("%(n)s h") % {"n": floatformat(seconds / 3600, "-2g")}
    if seconds >= 60:
        return gettext("%(n)s min") % {"n": floatformat(seconds / 60, "-2g")}
    return gettext("%(n)s s") % {"n": floatformat(seconds, "-2g")}


@register.filter
def described(field: BoundField) -> str:
    """The ids of the help and error texts of a form field, for aria-describedby."""
    ids = [f"{field.id_for_label}-help"] if field.help_text else []
    if field.errors:
        ids.append(f"{field.id_for_label}-error")
    return " ".join(ids)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The widget of a form field with its accessible description and error state."""
    attributes: dict[str, str | bool] = {}
    if described(field):
        attributes["aria-describedby"] = described(field)
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)


@register.simple_tag
def js_messages() -> SafeString:
    """The translations that the scripts need; nothing in English, their source language."""
    if (get_language() or "en").startswith("en"):
        return SafeString("")
    texts = {message: gettext(message) for message in MESSAGES}
    return json_script({key: text for key, text in texts.items() if text != key}, "messages")


@register.filter
def as_percent(share: float | None) -> str:
    """A share 0..1 as a number of per cent with one decimal, in the page's language."""
    return "–" if share is None else floatformat(100 * share, "1g")
