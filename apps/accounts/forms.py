"""Forms of accounts."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, BaseUserCreationForm, SetPasswordMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import ApiToken, Language, Theme, User

EXPIRIES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("One year")), ("", _("Never"))]


class SignupForm(BaseUserCreationForm):
    display_name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        required=False,
        help_text=_("Shown to the members of your projects."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    class Meta(BaseUserCreationForm.Meta):
        model = User
        fields = ("username", "display_name")

    def clean_username(self) -> str:
        """Names that differ in case alone could be mistaken for one another."""
        username: str = self.cleaned_data["username"]
        UnicodeUsernameValidator()(username)
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("This user name is taken."), "unique")
        return username


class LockedForm(AuthenticationForm):
    """The sign-in form after too many failures: looks at nothing."""

    def clean(self) -> dict[str, object]:
        minutes = settings.LOGIN_LOCK_SECONDS // 60
        message = _("Too many wrong passwords. Try again in %(minutes)d minutes.")
        raise forms.ValidationError(message % {"minutes": minutes}, "locked")


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("display_name", "language", "theme")
        widgets = {"display_name": forms.TextInput(attrs={"autocomplete": "name"})}

    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, required=False)
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme.choices)


class PasswordForm(SetPasswordMixin, forms.Form):
    """The old password, and the new one twice."""

    old_password = forms.CharField(
        label=_("Password until now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new_password1, new_password2 = SetPasswordMixin.create_password_fields(
        label1=_("New password"), label2=_("New password again")
    )

    def __init__(self, user: User, *args: object, **kwargs: object) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_old_password(self) -> str:
        password: str = self.cleaned_data["old_password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("That is not your password."), "password_incorrect")
        return password

    def clean(self) -> dict[str, object] | None:
        self.validate_passwords("new_password1", "new_password2")
        self.validate_password_for_user(self.user, "new_password2")
        return super().clean()


class TokenForm(forms.ModelForm):
    expires = forms.ChoiceField(
        label=_("Valid for"), choices=EXPIRIES, required=False, initial="90"
    )

    class Meta:
        model = ApiToken
        fields = ("name",)
        help_texts = {"name": _("What the token is for, so that you know it again.")}

    @property
    def expires_at(self) -> object:
        days = self.cleaned_data["expires"]
        return timezone.now() + timedelta(days=int(days)) if days else None
