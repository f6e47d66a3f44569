"""What is written when somebody signs up. Why they come is no question."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import Form, LongText, OneOf, PhoneField, ShortText
from samtun.foundation.models import Owner
from samtun.operation.registrations.actions.signing import Comer
from samtun.operation.registrations.enums import BOUGHT, Got, Pays, Via
from samtun.operation.registrations.models import Till
from samtun.operation.registrations.rules import MOST_AT_ONCE

CAME = [(Via.PHONE, _("On the telephone")), (Via.PAPER, _("On paper")), (Via.SMS, _("By text message"))]


class _Coming(Form):
    """A part of a form: the others who come, whether it is the first time, and a ride."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    others = LongText(
        label=_("Others who come along, one name a line"), required=False, max_length=900, rows=3,
        help_text=_("Leave it empty when you come alone."),
    )  # fmt: skip
    is_first_time = forms.BooleanField(label=_("It is the first time"), required=False)
    wants_ride = forms.BooleanField(label=_("I would like a ride there and home"), required=False)
    ride_from: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("From where?"), required=False, queryset=None, empty_label=_("Choose")
    )

    def __init__(self, *args: Any, villages: Any, has_ride: bool, only_ride: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("ride_from", forms.ModelChoiceField).queryset = villages
        if not (has_ride or only_ride):
            del self.fields["ride_from"]
        if only_ride or not has_ride:
            del self.fields["wants_ride"]

    def clean_others(self) -> list[str]:
        """Return the names, one a line."""
        names = [" ".join(line.split()) for line in self.cleaned_data["others"].splitlines() if line.strip()]
        if len(names) >= MOST_AT_ONCE:
            raise forms.ValidationError(gettext("So many cannot be signed up at once. Ring, and we find a way."))
        if any(len(name) > 80 for name in names):
            raise forms.ValidationError(gettext("Write one name a line."))
        return names


class PublicForm(_Coming):
    """Signing up without a login: a name and a number, and whoever comes along."""

    name = ShortText(label=_("Your name"), max_length=80, autocomplete="name")
    phone = PhoneField(label=_("Your telephone number"), help_text=_("So that we can tell you if something changes."))
    field_order = ("key", "name", "phone", "others", "is_first_time", "wants_ride", "ride_from")


class DeskForm(_Coming):
    """Somebody who rings, or a list on paper typed in: one name a line."""

    via = forms.ChoiceField(label=_("How did it come in?"), widget=forms.RadioSelect, initial=Via.PHONE, choices=CAME)
    name = ShortText(label=_("Whom do we tell if something changes?"), max_length=80, required=False)
    phone = PhoneField(label=_("Their telephone number"), required=False, autocomplete="off")
    comes = forms.BooleanField(label=_("They come themselves"), required=False, initial=True)
    field_order = ("key", "via", "name", "phone", "comes", "others", "is_first_time", "wants_ride", "ride_from")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"].label = _("All the others who come, one name a line")
        self.fields["others"].help_text = _("A whole list on paper can be typed in here.")
        if "wants_ride" in self.fields:
            self.fields["wants_ride"].label = _("They would like a ride there and home")

    def clean(self) -> Any:
        """See that there is somebody who comes, and a name with the number."""
        data: Any = super().clean()
        if data.get("phone") and not data.get("name"):
            self.add_error("name", gettext("Write whose number it is."))
        if "others" in data and not data["others"] and not (data.get("name") and data.get("comes")):
            self.add_error("others", gettext("Write the name of each one who comes."))
        return data


class CountForm(Form):
    """How many came."""

    number = forms.IntegerField(
        label=_("How many came?"), min_value=0, max_value=5_000, widget=forms.NumberInput(attrs={"data-width": "short"})
    )


class PayForm(Form):
    """How one pays, chosen by oneself."""

    pays = forms.ChoiceField(label=_("How would you like to pay?"), widget=forms.RadioSelect, choices=Pays.choices)


class AllocatorForm(Form):
    """Who gives out the places."""

    owner = OneOf(label=_("Which unit gives out the places?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, owners: list[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("owner", OneOf).offer(owners)


class PlaceForm(Form):
    """One who is given a place: a name and a number, nothing else."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    name = ShortText(label=_("Name"), max_length=80)
    phone = PhoneField(label=_("Telephone number"), autocomplete="off")


def comers_of(data: dict[str, Any], *, contact: Any, comes: bool = True) -> list[Comer]:
    """Return those who come, as they were written; the contact first, where they come themselves."""
    first = [Comer(data["name"], data["is_first_time"], contact)] if comes and data["name"] else []
    return [*first, *(Comer(name, data["is_first_time"] and not first) for name in data["others"])]


SHORT = {"data-width": "short"}


def to_ore(kroner: int | None) -> int | None:
    """Return kroner as øre."""
    return None if kroner is None else kroner * 100


class TillForm(Form):
    """What those who pay see."""

    number = ShortText(
        label=_("Your own number for paying, in words"), required=False, max_length=80,
        help_text=_("For example: Vipps 12 345. Only those who chose it see it."),
    )  # fmt: skip
    clips = forms.IntegerField(
        label=_("Clips on a card"), min_value=1, max_value=100, widget=forms.NumberInput(attrs=SHORT)
    )
    price = forms.IntegerField(
        label=_("The price of a card, in kroner"), required=False, min_value=0, max_value=20_000,
        widget=forms.NumberInput(attrs=SHORT),
    )  # fmt: skip

    @staticmethod
    def of(till: Till) -> dict[str, Any]:
        """Return what is written at a till, as it stands in the form."""
        return {
            "number": till.number, "clips": till.clips, "price": None if till.price is None else till.price // 100
        }  # fmt: skip


class CardForm(Form):
    """Somebody gets a clip card."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = ShortText(label=_("Whose is the card?"), max_length=80)
    phone = PhoneField(label=_("Their telephone number"), autocomplete="off")
    how = forms.ChoiceField(
        label=_("How was it paid?"), widget=forms.RadioSelect, choices=[(way.value, way.label) for way in BOUGHT],
        initial=Got.CASH, help_text=_("A card that is given looks like any other, everywhere but here."),
    )  # fmt: skip
    clips = forms.IntegerField(label=_("Clips"), min_value=1, max_value=100, widget=forms.NumberInput(attrs=SHORT))
    price = forms.IntegerField(
        label=_("The price, in kroner"), required=False, min_value=0, max_value=20_000,
        widget=forms.NumberInput(attrs=SHORT),
    )  # fmt: skip


class PutRightForm(Form):
    """A new line that puts right what was wrong."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    change = forms.IntegerField(
        label=_("How many clips?"), min_value=-100, max_value=100, widget=forms.NumberInput(attrs=SHORT),
        help_text=_("With a minus in front they are taken off."),
    )  # fmt: skip
    words = ShortText(label=_("What was wrong?"), max_length=120)
