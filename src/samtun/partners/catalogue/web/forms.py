"""What is written about those who publish, and about what is on offer."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import AsksAboutIllness, Form, LongText, OneOf, PhoneField, ShortText
from samtun.foundation.models import Owner
from samtun.partners.catalogue.actions.offers import Told
from samtun.partners.catalogue.enums import Category, Competence, Group, Known, Shelf, Transport
from samtun.partners.catalogue.models import ACCESS, Offer
from samtun.partners.catalogue.rules import MOST_WHY
from samtun.people.places.models import Village

FACTS = {
    "step_free": _("Can one get in without steps?"), "hearing_loop": _("Is there a hearing loop?"),
    "toilet": _("Is there a toilet one can use with a wheelchair?"), "companion": _("May one bring a companion?"),
}  # fmt: skip


class RefuseForm(Form):
    """Why it cannot be seen who an organisation is."""

    why = LongText(
        label=_("Why can it not be seen who they are?"), max_length=MOST_WHY, rows=3,
        help_text=_("The organisation is told these words."),
    )  # fmt: skip


class SortForm(Form):
    """What sort of thing it is and where, so that one sees who nearly does it already (R98)."""

    slag = forms.ChoiceField(label=_("What is it?"), choices=[("", _("Choose")), *Category.choices])
    grend: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Where?"), required=False, queryset=None, empty_label=_("The whole municipality")
    )

    def __init__(self, *args: Any, villages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("grend", forms.ModelChoiceField).queryset = villages


class OfferForm(AsksAboutIllness, Form):
    """A standing offer, as those who look for it will read it."""

    asked_about = ("title", "about", "easy")

    key = forms.UUIDField(widget=forms.HiddenInput)
    owner = OneOf(label=_("Who offers it?"))
    title = ShortText(label=_("What is it called?"), max_length=80)
    about = LongText(
        label=_("What is it?"),
        max_length=1500,
        rows=5,
        help_text=_("What happens, and what one need not know or bring."),
    )
    easy = LongText(
        label=_("The same in plain words"), max_length=300, rows=2, required=False,
        help_text=_("For those who are learning Norwegian: two short sentences."),
    )  # fmt: skip
    shelf = forms.ChoiceField(label=_("On which shelf does it belong?"), choices=[("", _("Choose")), *Shelf.choices])
    category = forms.ChoiceField(label=_("What sort of thing is it?"), choices=[("", _("Choose")), *Category.choices])
    groups = forms.MultipleChoiceField(
        label=_("Whom do you think of?"), required=False, widget=forms.CheckboxSelectMultiple, choices=Group.choices,
        help_text=_("Nobody is kept out by this. Leave it empty for everyone."),
    )  # fmt: skip
    villages: "forms.ModelMultipleChoiceField[Any]" = forms.ModelMultipleChoiceField(
        label=_("Where?"), required=False, queryset=None, widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave it empty for the whole municipality."),
    )  # fmt: skip
    phone = PhoneField(label=_("Whom to ring"), required=False, autocomplete="off", help_text=_("It stands first."))
    answers = ShortText(
        label=_("Who takes the telephone?"), max_length=80, required=False, help_text=_("A first name.")
    )
    hours = ShortText(label=_("When?"), max_length=120, required=False, help_text=_("As Monday to Friday, 9 to 15."))
    place = ShortText(label=_("Where to come"), max_length=120, required=False)
    url = ShortText(label=_("A page with more"), max_length=200, required=False, inputmode="url")
    transport = forms.ChoiceField(
        label=_("How does one get there?"), widget=forms.RadioSelect, choices=Transport.choices
    )
    step_free = forms.ChoiceField(label=FACTS["step_free"], choices=Known.choices, initial=Known.UNKNOWN)
    hearing_loop = forms.ChoiceField(label=FACTS["hearing_loop"], choices=Known.choices, initial=Known.UNKNOWN)
    toilet = forms.ChoiceField(label=FACTS["toilet"], choices=Known.choices, initial=Known.UNKNOWN)
    companion = forms.ChoiceField(label=FACTS["companion"], choices=Known.choices, initial=Known.UNKNOWN)
    is_free = forms.BooleanField(label=_("It is free"), required=False)
    price = ShortText(label=_("What does it cost, in words?"), max_length=120, required=False)
    languages = ShortText(label=_("Languages beside Norwegian"), max_length=120, required=False)
    competence = forms.ChoiceField(
        label=_("Does it take special competence?"), required=False, choices=Competence.choices,
        help_text=_("Such offers are run by the municipality."),
    )  # fmt: skip
    months = forms.TypedMultipleChoiceField(
        label=_("Months with room"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        choices=list(MONTHS.items()), help_text=_("For a business with quiet months. Leave it empty for all year."),
    )  # fmt: skip
    sponsor = ShortText(
        label=_("Who pays for it, in one line"), max_length=100, required=False, help_text=_("A name, no advertising.")
    )

    def __init__(self, *args: Any, owners: Sequence[Owner], villages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.keep_as_written].label = _("Keep it as it is written: it is what the offer is called")
        self.part("owner", OneOf).offer(owners, asks_of_one=False)
        self.part("villages", forms.ModelMultipleChoiceField).queryset = villages

    def told(self) -> Told:
        """Return what was written, for the action."""
        data = self.cleaned_data
        plain = (
            "title", "about", "easy", "place", "phone", "hours", "answers", "url", "languages", "is_free", "price",
            "months", "sponsor",
        )  # fmt: skip
        return Told(
            shelf=Shelf(data["shelf"]), category=Category(data["category"]), transport=Transport(data["transport"]),
            groups=[Group(g) for g in data["groups"]], villages=list(data["villages"]),
            competence=Competence(data["competence"]), access={name: Known(data[name]) for name in ACCESS},
            **{name: data[name] for name in plain},
        )  # fmt: skip


def as_written(offer: Offer) -> dict[str, Any]:
    """Return what a form begins with when an offer is changed."""
    names = [name for name in OfferForm.base_fields if name not in {"key", "owner"}]
    return {name: getattr(offer, name) for name in names} | {"key": offer.sent_key, "owner": offer.owner_id}


class HandOnForm(Form):
    """Who answers for it from now on."""

    to = OneOf(label=_("Who answers for it from now on?"))


class ReportForm(Form):
    """What is wrong, from anyone."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    words = LongText(
        label=_("What is wrong?"), max_length=MOST_WHY, rows=3, help_text=_("You need not say who you are.")
    )
    phone = PhoneField(
        label=_("Your number, if you would like to be rung"), required=False, help_text=_("Nobody but us sees it.")
    )


class KeepForm(Form):
    """What was found when somebody looked."""

    words = LongText(label=_("What did you find?"), max_length=MOST_WHY, rows=2, required=False)


class TakeDownForm(Form):
    """Why something is taken down."""

    why = LongText(
        label=_("Why is it taken down?"), max_length=MOST_WHY, rows=2,
        help_text=_("Those who published it are told these words."),
    )  # fmt: skip


def chosen_village(text: str, villages: Sequence[Village]) -> Village | None:
    """Return the village that an address names; None when it names none."""
    return next((one for one in villages if str(one.id) == text), None)
