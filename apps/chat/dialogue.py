"""Answers that need no model: undo, assumptions, origins."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.chat.intents import Asked, Intent
from apps.chat.origins import assumed_text, origin_text
from apps.common.errors import Conflict
from apps.common.models import JobStatus
from apps.generation.changes import changes_between
from apps.generation.enums import Origin
from apps.generation.models import Draft, DraftVersion
from apps.generation.services import version_restore
from apps.generation.speech import answer_language

MOST_CHANGES = 8


def newest(draft: Draft) -> DraftVersion | None:
    return draft.versions.order_by("-number").first()


def reply(asked: Asked, shown: DraftVersion, actor: User) -> tuple[str, DraftVersion | None]:
    """The answer, and the version that it made, if it made one."""
    with translation.override(answer_language(asked.text, actor.language) or None):
        if asked.intent == Intent.ASSUMPTIONS:
            return assumed_text(shown), None
        if asked.intent == Intent.ORIGIN:
            return origin_text(asked.text, shown), None
        return undo(shown.draft, actor, asked.text)


def undo(draft: Draft, actor: User, text: str) -> tuple[str, DraftVersion | None]:
    """The version before the last change becomes the newest one. Raises Conflict while a prompt
    is being worked on."""
    if draft.jobs.filter(status__in=(JobStatus.QUEUED, JobStatus.RUNNING)).exists():
        raise Conflict(
            _("The model is being changed just now."), "busy", _("Wait for it, or cancel it.")
        )
    last = newest(draft)
    meant = None if last is None else before(last)
    if last is None or meant is None:
        return _("There is nothing to undo: this is the first version."), None
    with transaction.atomic():
        made = version_restore(version=meant, actor=actor, prompt=text.strip())
    words = {"n": made.number, "old": meant.number}
    told = _("Undone: version %(n)d is what version %(old)d was.") % words
    return f"{told} {changed_text(last, made)}".strip(), made


def before(version: DraftVersion) -> DraftVersion | None:
    """What was current before the last change that has not been undone yet."""
    while version.origin == Origin.RESTORED and version.prompt and version.parent is not None:
        version = version.parent  # an undo: what it repeats
    if version.origin != Origin.RESTORED and version.parent is not None:
        return version.parent
    older = version.draft.versions.filter(number__lt=version.number)
    return older.order_by("-number").first()


def changed_text(old: DraftVersion, new: DraftVersion) -> str:
    """What differs, in a sentence; "" where nothing does."""
    changes = changes_between(old.source, new.source)
    if not changes:
        return ""
    shown = changes[:MOST_CHANGES]
    if len(changes) > MOST_CHANGES:
        shown.append(_("%(count)d more") % {"count": len(changes) - MOST_CHANGES})
    return _("Changed: %(what)s.") % {"what": _("; ").join(shown)}
