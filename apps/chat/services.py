"""Writes to conversations."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.chat.dialogue import changed_text, newest, reply
from apps.chat.enums import Kind
from apps.chat.intents import Asked, intent_of
from apps.chat.models import Conversation, Message
from apps.chat.payloads import message_payload
from apps.common.errors import ApplicationError, NotFound
from apps.common.models import JobStatus
from apps.generation.models import Draft, DraftVersion, GenerationJob
from apps.generation.services import generation_start, require_open
from apps.projects.rules import require_comment, require_edit
from apps.realtime.events import publish, publish_ephemeral
from apps.sketches.models import Sketch

NOTE_CHARS = 5_000


def conversation_of(draft: Draft) -> Conversation:
    """The draft's conversation, made where it is missing."""
    conversation, _made = Conversation.objects.get_or_create(
        draft=draft, defaults={"project_id": draft.project_id, "title": draft.title}
    )
    return conversation


def note_send(*, conversation: Conversation, actor: User, text: str) -> Message:
    """A note to the team. For commenters too."""
    require_comment(actor, conversation.project)
    if not text.strip():
        raise ApplicationError(_("The message is empty."), "empty", field="text")
    if len(text) > NOTE_CHARS:
        raise ApplicationError(
            _("The note has %(n)s characters; at most %(most)s can be sent.")
            % {"n": f"{len(text):,}", "most": f"{NOTE_CHARS:,}"},
            "too_long",
            field="text",
        )
    return message_add(conversation, kind=Kind.NOTE, author=actor, text=text.strip())


def prompt_send(
    *,
    conversation: Conversation,
    actor: User,
    text: str,
    sketch: Sketch | None = None,
    base_version: DraftVersion | None = None,
) -> Message:
    """A prompt: starts a generation, whose answer follows as a message. What needs no model, such
    as an undo, is answered at once. For editors."""
    asked, version = intent_of(text), base_version or newest(conversation.draft)
    if asked is not None and version is not None:
        return answered(conversation, actor, asked, version)
    job = generation_start(
        draft=conversation.draft,
        actor=actor,
        prompt=text,
        sketch=sketch,
        base_version=base_version,
    )
    return Message.objects.select_related("author").get(job=job, kind=Kind.PROMPT)


def answered(
    conversation: Conversation, actor: User, asked: Asked, version: DraftVersion
) -> Message:
    """The message and its answer."""
    require_edit(actor, conversation.project)
    require_open(conversation.draft)
    if version.draft_id != conversation.draft_id:
        raise NotFound
    text, made = reply(asked, version, actor)
    message = message_add(conversation, kind=Kind.PROMPT, author=actor, text=asked.text.strip())
    message_add(conversation, kind=Kind.ANSWER, text=text, version=made)
    return message


def typing_tell(*, conversation: Conversation, actor: User, typing: bool) -> None:
    """Tell those who look just now that somebody writes."""
    require_comment(actor, conversation.project)
    payload = {
        "conversation": str(conversation.pk),
        "user": str(actor.pk),
        "name": actor.name,
        "typing": typing,
    }
    publish_ephemeral(conversation.project.topic, "chat.typing", payload)


@transaction.atomic
def message_add(conversation: Conversation, **fields: object) -> Message:
    message = Message.objects.create(conversation=conversation, **fields)
    publish(conversation.project.topic, "chat.message", {"message": message_payload(message)})
    return message


def prompt_posted(job: GenerationJob) -> None:
    """Listener: the accepted prompt as a message."""
    message_add(
        conversation_of(job.draft),
        kind=Kind.PROMPT,
        author=job.requested_by,
        text=job.prompt,
        job=job,
        sketch=job.sketch,
    )


def outcome_posted(job: GenerationJob) -> None:
    """Listener: the model's answer, its question, or why there is none. A cancel says nothing."""
    conversation = conversation_of(job.draft)
    if job.status == JobStatus.SUCCEEDED and job.version is not None:
        text = answer_text(job.version)
        message_add(conversation, kind=Kind.ANSWER, text=text, job=job, version=job.version)
    elif job.status == JobStatus.FAILED:
        error = job.error or {}
        parts = (error.get("message"), error.get("hint"))
        text = " ".join(part for part in parts if part) or _("This did not work.")
        kind = Kind.ANSWER if error.get("code") == "question" else Kind.ERROR
        message_add(conversation, kind=kind, text=text, job=job)


def answer_text(version: DraftVersion) -> str:
    """What the version is and changes; assumptions and script go with the version itself."""
    words = {"n": version.number}
    if version.has_errors:
        return _("Here is version %(n)d. It has errors that need your hand.") % words
    changed = changed_text(version.parent, version) if version.parent else ""
    text = _("Here is version %(n)d.") % words
    if version.assumptions:
        text = _("Here is version %(n)d. Please check what I assumed.") % words
    return f"{text} {changed}".strip()
