"""Forms of the login."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import Form, ShortText
from samtun.people.accounts.rules import address_of


class SixDigits(ShortText):
    """A one-time code: digits, with or without a space."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, autocomplete="one-time-code", inputmode="numeric", **kwargs)
        self.widget.attrs["data-width"] = "short"

    def to_python(self, value: Any) -> str:
        """Keep the digits."""
        text = "".join(c for c in (super().to_python(value) or "") if c.isdigit())
        if value and len(text) != 6:
            raise ValidationError(gettext("The code has six digits. Write the ones in the message."), code="six")
        return text


class Hidden(forms.CharField):
    """A value that goes with the form."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=400, widget=forms.HiddenInput)


def _secret(label: Any, autocomplete: str, **kwargs: Any) -> forms.CharField:
    attrs = {"autocomplete": autocomplete}
    return forms.CharField(label=label, strip=False, max_length=200, widget=forms.PasswordInput(attrs=attrs), **kwargs)


class AddressForm(Form):
    """One field: e-mail or telephone."""

    address = ShortText(label=_("E-mail or mobile number"), autocomplete="username", max_length=200)
    then = Hidden()

    def clean_address(self) -> tuple[str, str]:
        """Return what kind of address it is, and the address in one form."""
        found = address_of(self.cleaned_data["address"])
        if not found[0]:
            raise ValidationError(gettext("Write an e-mail address, or a mobile number with eight digits."))
        return found


class CodeForm(Form):
    """The six digits."""

    code = SixDigits(label=_("The six digits"))


class PasswordForm(Form):
    """All three at once, so that nothing is said about which was wrong. Before there is an app, two will do."""

    marks_optional = False

    address = ShortText(label=_("E-mail or mobile number"), autocomplete="username", max_length=200)
    password = _secret(_("Password"), "current-password")
    code = SixDigits(
        label=_("Six digits from the app"), required=False,
        help_text=_("The first time, before you have set up an app, this stays empty."),
    )  # fmt: skip
    then = Hidden()


class ProveForm(Form):
    """Password and digits once more."""

    password = _secret(_("Password"), "current-password")
    code = SixDigits(label=_("Six digits from the app"))
    then = Hidden()


class SetUpForm(Form):
    """A new password and the first digits from the app."""

    password = _secret(
        _("Choose a password"), "new-password",
        help_text=_("At least ten characters. A few words in a row are good, and easy to remember."),
    )  # fmt: skip
    password_again = _secret(_("The password once more"), "new-password")
    code = SixDigits(label=_("Six digits from the app"))
    then = Hidden()

    def __init__(self, *args: Any, has_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_password:
            del self.fields["password"], self.fields["password_again"]

    def clean(self) -> dict[str, Any]:
        """Compare the two passwords."""
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("password") != cleaned.get("password_again"):
            self.add_error("password_again", gettext("The two passwords are not the same. Write both once more."))
        return cleaned
