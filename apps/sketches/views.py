"""Pages of sketches, and the only way to their pictures."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models.fields.files import FieldFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    condition,
    require_http_methods,
    require_POST,
    require_safe,
)

from apps.common.errors import ApplicationError, NotFound
from apps.projects import rules
from apps.projects.selectors import project_get
from apps.projects.views import project_context
from apps.sketches import selectors, services
from apps.sketches.forms import RenameForm, UploadForm
from apps.sketches.models import Sketch

PER_PAGE = 24


@login_required
@require_http_methods(["GET", "POST"])
def sketch_list(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The project's sketches, and a form to add one."""
    project = project_get(request.user, project_id)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        rules.require_edit(request.user, project)
        sketch = create(request, project, form) if form.is_valid() else None
        if sketch is not None:
            return redirect("sketches:detail", project.pk, sketch.pk)
    found = selectors.sketches_of(request.user, project)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **project_context(request, project),
        "form": form,
        "page_obj": page,
        "sketches": page.object_list,
        "deleted": selectors.sketches_deleted(request.user, project)[:PER_PAGE],
    }
    return render(request, "sketches/list.html", context)


def create(request: HttpRequest, project: object, form: UploadForm) -> Sketch | None:
    """None where the service refused; the form then says why."""
    try:
        return services.sketch_create(project=project, actor=request.user, **form.cleaned_data)
    except ApplicationError as error:
        text = f"{error.message} {error.hint or ''}".strip()
        form.add_error(error.field if error.field in form.fields else None, text)
        return None


@login_required
@require_safe
def sketch_draw(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Draw a new one, or with `?from=<id>` go on from a drawn one."""
    project = project_get(request.user, project_id)
    rules.require_edit(request.user, project)
    start = request.GET.get("from")
    sketch = selectors.sketch_get(request.user, start, project=project.pk) if start else None
    context = {
        **project_context(request, project),
        "sketch": sketch,
        "strokes": sketch.strokes if sketch else None,
        "form": UploadForm(initial={"origin": "drawn"}),
    }
    return render(request, "sketches/sketch_draw.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def sketch_detail(request: HttpRequest, project_id: UUID, sketch_id: UUID) -> HttpResponse:
    """Look at one; editors rename it here."""
    project = project_get(request.user, project_id)
    sketch = selectors.sketch_get(request.user, sketch_id, project=project_id)
    form = RenameForm(request.POST or None, initial={"title": sketch.title})
    if request.method == "POST":
        rules.require_edit(request.user, project)
        if form.is_valid():
            services.sketch_rename(sketch=sketch, actor=request.user, **form.cleaned_data)
            return redirect("sketches:detail", project_id, sketch_id)
    context = {
        **project_context(request, project),
        "sketch": sketch,
        "form": form,
        "delete_url": reverse("sketches:delete", args=[project_id, sketch_id]),
    }
    return render(request, "sketches/detail.html", context)


@login_required
@require_POST
def sketch_delete(request: HttpRequest, project_id: UUID, sketch_id: UUID) -> HttpResponse:
    sketch = selectors.sketch_get(request.user, sketch_id, project=project_id)
    services.sketch_delete(sketch=sketch, actor=request.user)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": sketch.title})
    return redirect("sketches:list", project_id)


@login_required
@require_POST
def sketch_restore(request: HttpRequest, project_id: UUID, sketch_id: UUID) -> HttpResponse:
    sketch = selectors.sketch_get(request.user, sketch_id, project=project_id, deleted=True)
    services.sketch_restore(sketch=sketch, actor=request.user)
    messages.success(request, _("“%(title)s” is back.") % {"title": sketch.title})
    return redirect("sketches:detail", project_id, sketch_id)


# Pictures are asked for anew each time (no-cache), so that a removed member loses them at once;
# the ETag keeps that cheap.
def picture_view(part: str) -> Callable[..., HttpResponse]:
    """A view that sends the `image` or `thumbnail` of a sketch to members."""

    def etag(request: HttpRequest, project_id: UUID, sketch_id: UUID) -> str:
        sketch = visible(request, project_id, sketch_id)
        return f'"{sketch.sha256[:32]}-{part}"'

    @login_required
    @require_safe
    @condition(etag_func=etag)
    def view(request: HttpRequest, project_id: UUID, sketch_id: UUID) -> HttpResponse:
        return send(getattr(visible(request, project_id, sketch_id), part))

    return view


def visible(request: HttpRequest, project_id: UUID, sketch_id: UUID) -> Sketch:
    """Deleted ones too: older versions of a model still show them. Raises NotFound."""
    return selectors.sketch_get(request.user, sketch_id, project=project_id, deleted=True)


def send(file: FieldFile) -> HttpResponse:
    try:
        with file.open("rb") as opened:
            content = opened.read()
    except (FileNotFoundError, ValueError) as error:
        raise NotFound(_("The picture's file is gone.")) from error
    kind = "image/jpeg" if file.name.endswith(".jpg") else "image/png"
    response = HttpResponse(content, content_type=kind)
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response


image = picture_view("image")
thumbnail = picture_view("thumbnail")
