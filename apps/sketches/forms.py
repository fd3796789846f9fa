"""Forms of sketches."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.sketches.models import Origin, Sketch

ACCEPT = "image/png,image/jpeg,image/webp"


class UploadForm(forms.Form):
    """An upload or a drawing; the picture itself is checked by the service."""

    file = forms.FileField(
        label=_("Picture"),
        allow_empty_file=True,
        help_text=_("PNG, JPEG or WebP, at most 20 MB and 50 megapixels."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    origin = forms.ChoiceField(
        choices=Origin.choices, required=False, widget=forms.HiddenInput, initial=Origin.UPLOADED
    )
    strokes = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_title(self) -> str:
        """Without a title, the file's name without its ending."""
        title: str = self.cleaned_data["title"].strip()
        file = self.cleaned_data.get("file")
        return title or (file.name.rpartition(".")[0] or file.name if file else "")[:120]

    def clean_origin(self) -> str:
        return self.cleaned_data["origin"] or Origin.UPLOADED

    def clean_strokes(self) -> dict[str, Any] | None:
        text = self.cleaned_data["strokes"]
        if not text:
            return None
        try:
            strokes = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(_("The strokes cannot be read.")) from error
        if not isinstance(strokes, dict):
            raise forms.ValidationError(_("The strokes cannot be read."))
        return strokes


class RenameForm(forms.ModelForm):
    class Meta:
        model = Sketch
        fields = ("title",)
