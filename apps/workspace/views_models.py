"""Renaming a model, archiving it and bringing it back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.generation.selectors import draft_get
from apps.generation.services import draft_update
from apps.projects import rules
from apps.projects.selectors import project_get
from apps.projects.views import project_context
from apps.workspace.forms import RenameForm


@login_required
@require_http_methods(["GET", "POST"])
def model_settings(request: HttpRequest, project_id: UUID, draft_id: UUID) -> HttpResponse:
    """Name of the model, and the way into the archive and back. For editors."""
    project = project_get(request.user, project_id)
    draft = draft_get(request.user, draft_id, project=project_id)
    rules.require_edit(request.user, project)
    form = RenameForm(request.POST or None, initial={"title": draft.title})
    if request.method == "POST" and form.is_valid():
        draft_update(draft=draft, actor=request.user, title=form.cleaned_data["title"])
        messages.success(request, _("The model is renamed."))
        return redirect("workspace:studio", project_id, draft_id)
    context = {**project_context(request, project), "draft": draft, "form": form}
    return render(request, "workspace/model_settings.html", context)


@login_required
@require_POST
def model_archive(request: HttpRequest, project_id: UUID, draft_id: UUID) -> HttpResponse:
    """Archive, or with `restore` undo that."""
    draft = draft_get(request.user, draft_id, project=project_id)
    archived = not request.POST.get("restore")
    draft_update(draft=draft, actor=request.user, archived=archived)
    if archived:
        messages.success(request, _("The model is archived. You can bring it back here."))
        return redirect("workspace:model_settings", project_id, draft_id)
    messages.success(request, _("The model is back."))
    return redirect("workspace:studio", project_id, draft_id)
