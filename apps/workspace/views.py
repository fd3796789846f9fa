"""Pages that combine apps."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.errors import ApplicationError, NotFound
from apps.generation import selectors as drafts
from apps.generation.models import Draft
from apps.generation.services import draft_create
from apps.projects import rules
from apps.projects.models import Project
from apps.projects.selectors import activities_of, memberships_of, project_get
from apps.projects.views import project_context
from apps.runs.selectors import runs_of_project
from apps.sketches.selectors import sketches_of
from apps.sketches.services import sketch_create
from apps.workspace.forms import ModelForm
from apps.workspace.studio import studio_data

MOST_DRAFTS = 48
MOST_RUNS = 8
MOST_SKETCHES = 8
RECENT = 12


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("projects:list")
    return render(request, "workspace/landing.html")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "workspace/help.html")


@login_required
@require_safe
def project_home(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Models, sketches, runs and what happened."""
    project = project_get(request.user, project_id)
    context = {
        **project_context(request, project),
        "drafts": drafts.drafts_of(request.user, project)[:MOST_DRAFTS],
        "archived_drafts": drafts.drafts_archived(request.user, project)[:MOST_DRAFTS],
        "runs": runs_of_project(request.user, project)[:MOST_RUNS],
        "sketches": sketches_of(request.user, project)[:MOST_SKETCHES],
        "memberships": memberships_of(project),
        "activities": activities_of(project)[:RECENT],
    }
    return render(request, "workspace/project_home.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def model_new(request: HttpRequest, project_id: UUID) -> HttpResponse:
    project = project_get(request.user, project_id)
    rules.require_edit(request.user, project)
    form = ModelForm(
        request.POST or None,
        request.FILES or None,
        sketches=sketches_of(request.user, project),
        initial={"sketch": request.GET.get("sketch")},
    )
    draft = create(request, project, form) if form.is_valid() else None
    if draft is not None:
        return redirect("workspace:studio", project.pk, draft.pk)
    context = {**project_context(request, project), "form": form}
    return render(request, "workspace/model_new.html", context)


def create(request: HttpRequest, project: Project, form: ModelForm) -> Draft | None:
    """None where a service refused; the form then says why."""
    title, sketch, file = (form.cleaned_data[name] for name in ("title", "sketch", "file"))
    try:
        if file:
            sketch = sketch_create(
                project=project, actor=request.user, file=file, title=title, origin="uploaded"
            )
        return draft_create(project=project, actor=request.user, title=title, sketch=sketch)
    except ApplicationError as error:
        text = f"{error.message} {error.hint or ''}".strip()
        form.add_error(error.field if error.field in form.fields else None, text)
        return None


@login_required
@require_safe
@never_cache
def studio(request: HttpRequest, project_id: UUID, draft_id: UUID) -> HttpResponse:
    """Sketch and layout, conversation, script, versions and runs of one model."""
    project = project_get(request.user, project_id)
    draft = drafts.draft_get(request.user, draft_id, project=project_id)
    context = project_context(request, project)
    # What is archived can be read by all and changed by nobody.
    archived = draft.is_archived or project.is_archived
    page = studio_data(request.user, draft, "viewer" if archived else context["role"])
    return render(
        request,
        "workspace/studio.html",
        {**context, "draft": draft, "archived": archived, "sketch": page["sketch"], "page": page},
    )


@login_required
@require_safe
def script(request: HttpRequest, project_id: UUID, draft_id: UUID) -> HttpResponse:
    """The newest script as a file, or with ?version=N an older one. Raises NotFound."""
    draft = drafts.draft_get(request.user, draft_id, project=project_id)
    wanted = request.GET.get("version", "")
    version = (
        drafts.version_by_number(draft, int(wanted))
        if wanted.isdecimal() and len(wanted) < 10
        else drafts.version_latest(draft)
    )
    if version is None:
        raise NotFound
    response = HttpResponse(version.source, content_type="text/plain; charset=utf-8")
    name = f"{slugify(draft.title) or 'model'}-v{version.number}.fs"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
