"""What the cashier writes: a clip card, what was wrong, and what those who pay see. Kroner are whole on the page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import Form, PhoneField, ShortText
from samtun.operation.registrations.enums import BOUGHT, Got
from samtun.operation.registrations.models import Till

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
    clips = forms.IntegerField(
        label=_("Clips"), min_value=1, max_value=100, widget=forms.NumberInput(attrs=SHORT)
    )
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
