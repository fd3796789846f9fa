"""Forms of pages that combine apps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.sketches.forms import ACCEPT
from apps.sketches.models import Sketch


class ModelForm(forms.Form):
    """A new model, with a sketch of the project, a new picture, or neither."""

    title = forms.CharField(label=_("Title"), max_length=120)
    sketch = forms.ModelChoiceField(
        label=_("Sketch of this project"),
        queryset=Sketch.objects.none(),
        required=False,
        empty_label=_("No sketch"),
    )
    file = forms.FileField(
        label=_("New picture"),
        required=False,
        allow_empty_file=True,
        help_text=_("PNG, JPEG or WebP, at most 20 MB and 50 megapixels."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )

    def __init__(self, *args: Any, sketches: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sketch"].queryset = sketches


class RenameForm(forms.Form):
    """Another name for a model."""

    title = forms.CharField(label=_("Title"), max_length=120)
