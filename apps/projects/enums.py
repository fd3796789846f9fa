"""Roles, and what each includes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    COMMENTER = "commenter", _("Commenter")
    VIEWER = "viewer", _("Viewer")


EDITING = {Role.OWNER, Role.EDITOR}
COMMENTING = {*EDITING, Role.COMMENTER}


class Verb(models.TextChoices):
    """What the apps below `generation` report; higher apps record words of their own."""

    PROJECT_CREATED = "project.created", _("created the project")
    PROJECT_CHANGED = "project.changed", _("changed the project's description")
    PROJECT_ARCHIVED = "project.archived", _("archived the project")
    PROJECT_RESTORED = "project.restored", _("brought the project back")
    MEMBER_JOINED = "member.joined", _("joined as")
    MEMBER_ROLE = "member.role", _("changed the role of")
    MEMBER_REMOVED = "member.removed", _("removed")
    MEMBER_LEFT = "member.left", _("left the project")
    INVITATION_CREATED = "invitation.created", _("made an invitation for")
    INVITATION_REVOKED = "invitation.revoked", _("revoked an invitation for")
    SKETCH_CREATED = "sketch.created", _("added the sketch")
    SKETCH_DELETED = "sketch.deleted", _("deleted the sketch")
    SKETCH_RESTORED = "sketch.restored", _("brought back the sketch")
    SKETCH_RENAMED = "sketch.renamed", _("renamed the sketch")
    MODEL_CREATED = "model.created", _("began the model")
    MODEL_ARCHIVED = "model.archived", _("archived the model")
    MODEL_RESTORED = "model.restored", _("brought back the model")
    VERSION_GENERATED = "version.generated", _("had a version generated of")
    VERSION_EDITED = "version.edited", _("edited")
    VERSION_RESTORED = "version.restored", _("turned back")
    RUN_STARTED = "run.started", _("ran")
    RUN_FINISHED = "run.finished", _("finished a run of")
    EXPERIMENT_STARTED = "experiment.started", _("began the experiment")
    EXPERIMENT_FINISHED = "experiment.finished", _("finished the experiment")
