"""What is written when a wish is passed on, or when someone worries about another."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import AsksAboutIllness, Form, LongText, PhoneField, ShortText


class PassOnForm(AsksAboutIllness, Form):
    """Four fields at a kitchen table: name, number, what, and that the person has said yes."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = ShortText(label=_("Whose wish is it?"), max_length=120, help_text=_("First name and family name."))
    phone = PhoneField(label=_("Number to ring"), autocomplete="off")
    words = LongText(
        label=_("What would be of help?"), max_length=400, rows=2,
        help_text=_("In their own words. Not illness, diagnoses or what you know from work."),
    )  # fmt: skip
    said_yes = forms.BooleanField(
        label=_("The person is with me, and says yes to the volunteer centre ringing about this"), required=False
    )

    def clean_said_yes(self) -> bool:
        """Nothing is passed on without a yes."""
        if not self.cleaned_data["said_yes"]:
            raise forms.ValidationError(_("Ask the person first. Without their yes nothing can be passed on."))
        return True


class WorryForm(AsksAboutIllness, Form):
    """Someone worries about another: name and a way to them, and who tells us."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = ShortText(label=_("Whom do you think of?"), max_length=120)
    phone = PhoneField(label=_("Their telephone number, if you know it"), required=False, autocomplete="off")
    place = ShortText(label=_("Or where they live"), required=False, max_length=120)
    words = LongText(
        label=_("What makes you think of them?"), required=False, max_length=400, rows=3,
        help_text=_("A few words, if you like. Not about illness."),
    )  # fmt: skip
    sender_name = ShortText(label=_("Your name"), max_length=120, autocomplete="name")
    sender_phone = PhoneField(label=_("Your telephone number"), help_text=_("So that we can ask you, if need be."))

    def clean(self) -> dict[str, Any]:
        """See that there is a way to the person."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("phone") and not data.get("place") and "phone" not in self.errors:
            self.add_error("phone", _("Write a telephone number, or where they live, so that we find the right one."))
        return data


class NoteForm(AsksAboutIllness, Form):
    """A few words for oneself. From the telephone they are kept as they stand, and asked about with the wish.

    `age` is how long they have lain there, in seconds: a telephone's own clock may be wrong.
    """

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    age = forms.IntegerField(required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput)
    words = LongText(
        label=_("Who, and what?"), max_length=400, widget=forms.Textarea(attrs={"rows": 3, "autofocus": True})
    )

    def __init__(self, *args: Any, asks: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields[self.keep_as_written]

    def clean(self) -> Any:
        """Ask, unless it comes by itself from a telephone, where nobody would see the question."""
        return super().clean() if self.keep_as_written in self.fields else self.cleaned_data
