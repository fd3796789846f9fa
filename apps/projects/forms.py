"""Forms of projects."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.projects.enums import Role
from apps.projects.models import Project
from apps.projects.services import INVITATION_DAYS, MOST_DAYS


class ProjectForm(forms.ModelForm):
    class Meta:
        model = Project
        fields = ("name", "description")
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}


class InvitationForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.EDITOR)
    days = forms.IntegerField(
        label=_("Valid for days"), min_value=1, max_value=MOST_DAYS, initial=INVITATION_DAYS
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
