"""Pages of members and invitations."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.common.errors import Conflict, NotFound
from apps.projects import rules, selectors, services
from apps.projects.forms import InvitationForm, RoleForm
from apps.projects.models import Project
from apps.projects.views import project_context


@login_required
@never_cache
@require_safe
def members(request: HttpRequest, project_id: UUID) -> HttpResponse:
    project = selectors.project_get(request.user, project_id)
    return members_page(request, project, InvitationForm())


def members_page(
    request: HttpRequest, project: Project, form: InvitationForm, link: str | None = None
) -> HttpResponse:
    """The list; owners also see open invitations and, once, the link of a new one."""
    context = project_context(request, project)
    invitations = selectors.invitations_open(project) if context["can_manage"] else []
    context |= {
        "memberships": selectors.memberships_of(project),
        "invitations": invitations,
        "form": form,
        "roles": rules.Role.choices,
        "invitation_link": link,
    }
    return render(request, "projects/members.html", context)


@login_required
@never_cache
@require_POST
def invite(request: HttpRequest, project_id: UUID) -> HttpResponse:
    project = selectors.project_get(request.user, project_id)
    rules.require_manage(request.user, project)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return members_page(request, project, form)
    _invitation, token = services.invitation_create(
        project=project, actor=request.user, **form.cleaned_data
    )
    link = request.build_absolute_uri(reverse("projects:invitation", args=[token]))
    return members_page(request, project, InvitationForm(), link)


@login_required
@require_POST
def invitation_revoke(request: HttpRequest, project_id: UUID, invitation_id: UUID) -> HttpResponse:
    project = selectors.project_get(request.user, project_id)
    rules.require_manage(request.user, project)
    invitation = selectors.invitation_get(project, invitation_id)
    services.invitation_revoke(invitation=invitation, actor=request.user)
    messages.success(request, _("The invitation is revoked."))
    return redirect("projects:members", project.pk)


@login_required
@require_POST
def member_role(request: HttpRequest, project_id: UUID, member_id: UUID) -> HttpResponse:
    project = selectors.project_get(request.user, project_id)
    membership = selectors.membership_get(project, member_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("There is no such role."))
        return redirect("projects:members", project.pk)
    try:
        services.member_set_role(membership=membership, actor=request.user, **form.cleaned_data)
    except Conflict as error:
        messages.error(request, f"{error.message} {error.hint or ''}".strip())
    else:
        messages.success(request, _("The role is changed."))
    return redirect("projects:members", project.pk)


@login_required
@require_POST
def member_remove(request: HttpRequest, project_id: UUID, member_id: UUID) -> HttpResponse:
    """Remove somebody, or leave; who left goes back to the list of projects."""
    project = selectors.project_get(request.user, project_id)
    membership = selectors.membership_get(project, member_id)
    leaving = membership.user_id == request.user.pk
    try:
        services.member_remove(membership=membership, actor=request.user)
    except Conflict as error:
        messages.error(request, f"{error.message} {error.hint or ''}".strip())
        return redirect("projects:members", project.pk)
    if leaving:
        messages.success(request, _("You have left “%(name)s”.") % {"name": project.name})
        return redirect("projects:list")
    messages.success(request, _("%(name)s is removed.") % {"name": membership.user.name})
    return redirect("projects:members", project.pk)


@login_required
@require_POST
def leave(request: HttpRequest, project_id: UUID) -> HttpResponse:
    project = selectors.project_get(request.user, project_id)
    membership = selectors.memberships_of(project).get(user=request.user)
    return member_remove(request, project_id, membership.pk)


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Shows where the link leads; joining is a POST, so that no preview uses it up."""
    try:
        found = selectors.invitation_find(token)
    except NotFound:
        return render(request, "projects/invitation_gone.html", status=404)
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        membership = services.invitation_accept(token=token, user=request.user)
        return redirect("projects:home", membership.project_id)
    member = request.user.is_authenticated and rules.can_view(request.user, found.project)
    if member:
        return redirect("projects:home", found.project_id)
    return render(request, "projects/invitation.html", {"invitation": found})
