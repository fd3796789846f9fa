"""Pages of projects and their settings."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.projects import rules, selectors, services
from apps.projects.forms import ProjectForm
from apps.projects.models import Project

PER_PAGE = 24


def project_context(request: HttpRequest, project: Project) -> dict[str, Any]:
    """What every page inside a project needs: the project and what the reader may do."""
    role = getattr(project, "my_role", None) or rules.role_of(request.user, project)
    editable = not project.is_archived
    return {
        "project": project,
        "role": role,
        "can_comment": editable and role in rules.COMMENTING,
        "can_edit": editable and role in rules.EDITING,
        "can_manage": role == rules.Role.OWNER,
    }


@login_required
@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:100]
    archived = request.GET.get("archived") == "1"
    found = selectors.projects_search(request.user, query, archived=archived)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "projects": page.object_list, "query": query, "archived": archived}
    return render(request, "projects/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def project_new(request: HttpRequest) -> HttpResponse:
    form = ProjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        project = services.project_create(actor=request.user, **form.cleaned_data)
        return redirect("projects:home", project.pk)
    return render(request, "projects/new.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def project_settings(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Name and description for owners; leaving for everybody."""
    project = selectors.project_get(request.user, project_id)
    if request.method == "POST":
        rules.require_manage(request.user, project)
    # A copy: what a failed form writes to its instance must not show in the page's heading.
    form = ProjectForm(request.POST or None, instance=Project.objects.get(pk=project.pk))
    if request.method == "POST" and form.is_valid():
        services.project_update(project=project, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The project is saved."))
        return redirect("projects:settings", project.pk)
    context = {**project_context(request, project), "form": form}
    return render(request, "projects/settings.html", context)


@login_required
@require_POST
def project_archive(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Archive, or with `restore` undo that."""
    project = selectors.project_get(request.user, project_id)
    if request.POST.get("restore"):
        services.project_restore(project=project, actor=request.user)
        messages.success(request, _("The project is back."))
        return redirect("projects:home", project.pk)
    services.project_archive(project=project, actor=request.user)
    messages.success(request, _("The project is archived. You can bring it back here."))
    return redirect("projects:settings", project.pk)


@login_required
@require_safe
def activity(request: HttpRequest, project_id: UUID) -> HttpResponse:
    project = selectors.project_get(request.user, project_id)
    page = Paginator(selectors.activities_of(project), 50).get_page(request.GET.get("page"))
    context = {
        **project_context(request, project),
        "page_obj": page,
        "activities": page.object_list,
    }
    return render(request, "projects/history.html", context)
