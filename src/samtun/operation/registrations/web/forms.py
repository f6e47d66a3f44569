"""What is written when somebody signs up. Why they come is no question."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import Form, LongText, OneOf, PhoneField, ShortText
from samtun.foundation.models import Owner
from samtun.operation.activities.enums import SignUp
from samtun.operation.activities.models import Activity
from samtun.operation.activities.queries import RIDES
from samtun.operation.registrations.actions.signing import ChildAlone, Comer, Gear, NameMissing, Ride, TooMany
from samtun.operation.registrations.enums import BOUGHT, Got, Pays, Via
from samtun.operation.registrations.models import Till
from samtun.operation.registrations.rules import MOST_AT_ONCE, is_whole
from samtun.partners.catalogue.enums import WITH_CHILDREN, Group

WISHES = ("at_short_notice", "is_first_time", "wants_ride", "ride_from", "borrows", "gear_size", "pays")
CAME = [(Via.PHONE, _("On the telephone")), (Via.PAPER, _("On paper")), (Via.SMS, _("By text message"))]


@dataclass(frozen=True, slots=True)
class Asks:
    """What is asked where it matters, and nowhere else: a ride, children, gear, how one pays, short notice."""

    has_ride: bool = False
    only_ride: bool = False
    children: bool = False
    families: bool = False
    gear: bool = False
    price: bool = False
    line: bool = False

    @classmethod
    def of(cls, activity: Activity, *, line: bool = False) -> "Asks":
        """Return what signing up for an activity asks; `line` where one may come to stand in line."""
        return cls(
            has_ride=activity.transport in RIDES, only_ride=activity.sign_up == SignUp.RIDE_ONLY,
            children=bool(WITH_CHILDREN & set(activity.groups)),
            families=Group.FAMILIES in activity.groups and Group.CHILDREN not in activity.groups,
            gear=bool(activity.gear), price=not activity.is_free, line=line and not is_whole(activity),
        )  # fmt: skip


class _Coming(Form):
    """A part of a form: the others who come, children too, whether it is the first time, a ride, gear, paying."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    others = LongText(
        label=_("Others who come along, one name a line"), required=False, max_length=900, rows=3,
        help_text=_("Leave it empty when you come alone."),
    )  # fmt: skip
    children = LongText(
        label=_("Children you sign up, one name a line"), required=False, max_length=900, rows=3,
        help_text=_("The first name is enough. The name stands on the list at the door, and nowhere else."),
    )  # fmt: skip
    guardian = forms.BooleanField(label=_("I am a parent or guardian of the children"), required=False)
    at_short_notice = forms.BooleanField(
        label=_("I can come at short notice"), required=False,
        help_text=_("The last day only those who can are asked, with two hours to answer."),
    )  # fmt: skip
    is_first_time = forms.BooleanField(label=_("It is the first time"), required=False)
    wants_ride = forms.BooleanField(label=_("I would like a ride there and home"), required=False)
    ride_from: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("From where?"), required=False, queryset=None, empty_label=_("Choose")
    )

    borrows = forms.BooleanField(label=_("We would like to borrow gear"), required=False)
    gear_size = ShortText(
        label=_("Which, and what size?"), required=False, max_length=60, help_text=_("For example: ski boots 36.")
    )
    pays = forms.ChoiceField(
        label=_("How would you like to pay?"), required=False, widget=forms.RadioSelect, choices=Pays.choices,
        help_text=_("Only you and the cashier see it. At the door it looks the same for everyone."),
    )  # fmt: skip

    def __init__(self, *args: Any, villages: Any, asks: Asks, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks = asks
        self.part("ride_from", forms.ModelChoiceField).queryset = villages
        wanted = {
            "ride_from": asks.has_ride or asks.only_ride, "wants_ride": asks.has_ride and not asks.only_ride,
            "children": asks.children, "guardian": asks.children, "borrows": asks.gear, "gear_size": asks.gear,
            "pays": asks.price, "at_short_notice": asks.line,
        }  # fmt: skip
        for name, is_asked in wanted.items():
            if not is_asked:
                del self.fields[name]
        if asks.children:
            self.fields["others"].label = _("Grown-ups who come along, one name a line")
            self.fields["others"].help_text = _("Leave it empty when no other grown-ups come.")

    def clean_others(self) -> list[str]:
        """Return the names, one a line."""
        return self._names("others")

    def clean_children(self) -> list[str]:
        """Return the names, one a line."""
        return self._names("children")

    def clean_guardian(self) -> bool:
        """A child is signed up by its guardian, never by itself or by just anybody."""
        ticked: bool = self.cleaned_data["guardian"]
        if self.cleaned_data.get("children") and not ticked:
            raise forms.ValidationError(gettext("A parent or guardian signs up a child. Tick here if that is you."))
        return ticked

    def clean_gear_size(self) -> str:
        """Whoever says which gear would like to borrow it."""
        size: str = self.cleaned_data["gear_size"]
        self.cleaned_data["borrows"] = self.cleaned_data.get("borrows") or bool(size)
        return size

    def _names(self, field: str) -> list[str]:
        names = [" ".join(line.split()) for line in self.cleaned_data[field].splitlines() if line.strip()]
        if len(names) >= MOST_AT_ONCE:
            raise forms.ValidationError(gettext(TooMany().message))
        if any(len(name) > 80 for name in names):
            raise forms.ValidationError(gettext("Write one name a line."))
        return names


class PublicForm(_Coming):
    """Signing up without a login: a name and a number, and whoever comes along. Where children come, perhaps only they.

    Nobody is asked how old they are.
    """

    name = ShortText(label=_("Your name"), max_length=80, autocomplete="name")
    phone = PhoneField(label=_("Your telephone number"), help_text=_("So that we can tell you if something changes."))
    comes = forms.BooleanField(label=_("I come along myself"), required=False)
    field_order = ("key", "name", "phone", "children", "guardian", "comes", "others", *WISHES)

    def __init__(self, *args: Any, asks: Asks, **kwargs: Any) -> None:
        super().__init__(*args, asks=asks, **kwargs)
        self.fields["comes"].initial = asks.families
        if not asks.children:
            del self.fields["comes"]

    def clean(self) -> Any:
        """See that there is somebody who comes."""
        data: Any = super().clean()
        comes = data.get("comes", True) or data.get("others") or data.get("children")
        if not comes and not self.errors:
            self.add_error("children", gettext(NameMissing().message))
        return data


class DeskForm(_Coming):
    """Somebody who rings, or a list on paper typed in: one name a line."""

    via = forms.ChoiceField(label=_("How did it come in?"), widget=forms.RadioSelect, initial=Via.PHONE, choices=CAME)
    name = ShortText(label=_("Whom do we tell if something changes?"), max_length=80, required=False)
    phone = PhoneField(label=_("Their telephone number"), required=False, autocomplete="off")
    comes = forms.BooleanField(label=_("They come themselves"), required=False, initial=True)
    field_order = ("key", "via", "name", "phone", "comes", "children", "guardian", "others", *WISHES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"].label = _("All the others who come, one name a line")
        self.fields["others"].help_text = _("A whole list on paper can be typed in here.")
        told = {
            "wants_ride": _("They would like a ride there and home"), "borrows": _("They would like to borrow gear"),
            "children": _("Children they sign up, one name a line"), "pays": _("How would they like to pay?"),
            "at_short_notice": _("If it is full: they can come at short notice"),
            "guardian": _("They say that they are a parent or guardian of the children"),
        }  # fmt: skip
        for name in told.keys() & self.fields.keys():
            self.fields[name].label = told[name]
        if "pays" in self.fields:
            self.fields["pays"].help_text = _("Let it be if they would rather choose on their own page.")

    def clean(self) -> Any:
        """See that there is somebody who comes, a name with the number, and somebody to ring about a child."""
        data: Any = super().clean()
        if data.get("children") and not (data.get("name") and data.get("phone")) and "phone" not in self.errors:
            self.add_error("phone", gettext(ChildAlone().message))
        if data.get("phone") and not data.get("name"):
            self.add_error("name", gettext("Write whose number it is."))
        written = data.get("children") or "children" in self.errors or data.get("others")
        if "others" in data and not written and not (data.get("name") and data.get("comes")):
            self.add_error("others", gettext(NameMissing().message))
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


class PlaceForm(_Coming):
    """One who is given a place: a name and a number, nothing else. Where children come, their names and a guardian."""

    name = ShortText(label=_("Name"), max_length=80)
    phone = PhoneField(label=_("Telephone number"), autocomplete="off")
    comes = forms.BooleanField(label=_("They come themselves"), required=False)
    field_order = ("key", "name", "phone", "children", "guardian", "comes", *WISHES)

    def __init__(self, *args: Any, asks: Asks, **kwargs: Any) -> None:
        super().__init__(*args, asks=asks, **kwargs)
        told = {
            "wants_ride": _("They would like a ride there and home"), "borrows": _("They would like to borrow gear"),
            "pays": _("How would they like to pay?"),
        }  # fmt: skip
        if asks.children:
            told |= {
                "name": _("Parent or guardian, or the grown-up who comes"),
                "phone": _("Their telephone number"),
                "children": _("Children who get a place, one name a line"),
                "guardian": _("A parent or guardian knows of it, and has said yes"),
            }
            self.fields["children"].help_text = _("The first name is enough. Only you and those who hold it see it.")
            self.fields["comes"].initial = asks.families
        else:
            del self.fields["comes"]
        for name in ("others", "is_first_time"):
            del self.fields[name]
        for name in told.keys() & self.fields.keys():
            self.fields[name].label = told[name]
        if "pays" in self.fields:
            self.fields["pays"].help_text = _("Let it be if they would rather choose on their own page.")

    def clean_guardian(self) -> bool:
        """Nobody gives a child a place without its guardian."""
        ticked: bool = self.cleaned_data["guardian"]
        if self.cleaned_data.get("children") and not ticked:
            raise forms.ValidationError(gettext("Ask a parent or guardian first, and tick that they have said yes."))
        return ticked

    def clean(self) -> Any:
        """See that there is somebody who comes."""
        data: Any = super().clean()
        if not (data.get("comes", True) or data.get("children")) and not self.errors:
            self.add_error("children", gettext(NameMissing().message))
        return data


def comers_of(data: dict[str, Any], *, contact: Any, comes: bool = True) -> list[Comer]:
    """Return those who come, as they were written; the contact first, where they come themselves."""
    new = data.get("is_first_time", False)
    first = [Comer(data["name"], new, contact)] if comes and data["name"] else []
    children = [Comer(name, new, is_child=True) for name in data.get("children", ())]
    return [*first, *children, *(Comer(name, new and not first) for name in data.get("others", ()))]


def wishes_of(data: dict[str, Any]) -> dict[str, Any]:
    """Return what they would like beside a place, as `sign_up` takes it."""
    return {
        "ride": Ride(bool(data.get("wants_ride")), data.get("ride_from")),
        "gear": Gear(bool(data.get("borrows")), data.get("gear_size", "")),
        "at_short_notice": bool(data.get("at_short_notice")),
    }


WAYS = [
    ("own", _("By text, or as they have chosen before")), ("call", _("We ring them")), ("letter", _("By letter")),
]  # fmt: skip


class SuggestForm(Form):
    """To whom something is suggested. Why is no question, and there is nowhere to write it."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    name = ShortText(label=_("To whom?"), max_length=120, help_text=_("First name and family name of a grown-up."))
    way = forms.ChoiceField(
        label=_("How would they like to hear of it?"), widget=forms.RadioSelect, choices=WAYS, initial="own",
        help_text=_("Whoever has no mobile telephone is rung. You ring or post it yourselves: nobody else sees it."),
    )  # fmt: skip
    phone = PhoneField(label=_("Their telephone number"), required=False, autocomplete="off")
    address = ShortText(
        label=_("Their address, for a letter"), required=False, max_length=120, autocomplete="off",
        help_text=_("For example: Storvegen 1, 6899 Dalgrend."),
    )  # fmt: skip
    said_yes = forms.BooleanField(
        label=_("They have said yes to hearing from us about something to come along to"), required=False,
        help_text=_("It can stay empty when they have said yes to us before."),
    )  # fmt: skip

    def clean(self) -> Any:
        """See that there is a number or, for a letter, an address."""
        data: Any = super().clean()
        letter = data.get("way") == "letter"
        if letter and not data.get("address") and "address" not in self.errors:
            self.add_error("address", gettext("Write the address the letter goes to."))
        if not letter and not data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", gettext("Write a number, or choose a letter."))
        return data


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
