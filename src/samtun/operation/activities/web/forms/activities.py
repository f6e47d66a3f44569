"""What is written about an activity, and about one time of it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.models import PolicePurpose
from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation.forms import (
    AsksAboutIllness,
    ClockField,
    DateField,
    DayField,
    Form,
    LongText,
    OneOf,
    PhoneField,
    ShortText,
)
from samtun.foundation.models import Owner
from samtun.kernel.coordinates import LONGEST, spots_in
from samtun.kernel.errors import Refused
from samtun.operation.activities.actions.making import OnlyForMinors, Told, When
from samtun.operation.activities.enums import Repeat, Rotate, SignUp
from samtun.operation.activities.models import Activity, Turn
from samtun.operation.activities.rules import LAST
from samtun.operation.lending.enums import Kind
from samtun.operation.lending.models import Lendable
from samtun.partners.catalogue.enums import MINORS, Category, Group, Known, Transport
from samtun.partners.catalogue.models import ACCESS
from samtun.partners.organisations.models import Organisation
from samtun.people.places.models import Place

NARROW = {"data-width": "short"}
LANGUAGES = [
    ("nb", _("Norwegian")), ("en", _("English")), ("uk", _("Ukrainian")), ("ar", _("Arabic")), ("ti", _("Tigrinya")),
    ("pl", _("Polish")), ("so", _("Somali")), ("easy", _("Easy Norwegian")), ("none", _("No words needed")),
]  # fmt: skip
NTH = [("", _("Choose")), (1, _("The first")), (2, _("The second")), (3, _("The third")), (4, _("The fourth")),
       (LAST, _("The last"))]  # fmt: skip


class Several(OneOf, forms.MultipleChoiceField):
    """Several of some things, in the order they are offered."""

    def clean(self, value: Any) -> Any:
        """Return the things."""
        chosen = forms.MultipleChoiceField.clean(self, value)
        return [thing for key, thing in self.things.items() if key in chosen]


class ActivityForm(AsksAboutIllness, Form):
    """An activity as it is written, the needful first."""

    asked_about = ("title", "about", "easy")
    key = forms.UUIDField(widget=forms.HiddenInput)
    owner = OneOf(label=_("Who answers for it?"))
    title = ShortText(label=_("What is it called?"), max_length=80)
    category = forms.ChoiceField(label=_("What sort of thing is it?"), choices=[("", _("Choose")), *Category.choices])
    about = LongText(
        label=_("Tell in a few sentences what one does there"), required=False, max_length=800, rows=4,
    )  # fmt: skip
    easy = ShortText(
        label=_("The same in one easy sentence"), required=False, max_length=200,
        help_text=_("For those who are learning Norwegian: Vi drikker kaffe og snakker sammen."),
    )  # fmt: skip
    starts_on = DayField(label=_("Which day is it the first time?"), shown=7)
    at = ClockField(label=_("From"))
    to = ClockField(label=_("To"))
    repeat = forms.ChoiceField(
        label=_("How often?"), widget=forms.RadioSelect, choices=Repeat.choices, initial=Repeat.ONCE
    )
    every = forms.IntegerField(
        label=_("With how many weeks or months between? 1 is every one"), min_value=1, max_value=12, required=False,
        widget=forms.NumberInput(attrs=NARROW),
    )  # fmt: skip
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days? Empty is the same day as the first"), required=False, coerce=int,
        widget=forms.CheckboxSelectMultiple, choices=[(n, capfirst(str(name))) for n, name in WEEKDAYS.items()],
    )  # fmt: skip
    nth = forms.TypedChoiceField(
        label=_("Which one of the month?"), required=False, coerce=int, empty_value=None, choices=NTH
    )
    until = DateField(label=_("Until and with"), required=False, help_text=_("Empty: it goes on."))
    not_on_holidays = forms.BooleanField(label=_("Not on public holidays"), required=False, initial=True)
    school_year = forms.BooleanField(label=_("Only when there is school"), required=False)
    place = OneOf(label=_("In which hall?"), required=False)
    where = ShortText(label=_("Or somewhere else"), required=False, max_length=80)
    village: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("In which part of the municipality?"), required=False, queryset=None,
        empty_label=_("Follows the hall, or the whole municipality"),
    )  # fmt: skip
    halls = Several(
        label=_("Halls that take turns"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Moved around by itself, in the order they stand here."),
    )  # fmt: skip
    hosts = Several(label=_("Organisations that host in turn"), required=False, widget=forms.CheckboxSelectMultiple)
    rotate = forms.ChoiceField(label=_("When is it the next one's turn?"), required=False, choices=Rotate.choices)
    things = Several(
        label=_("Book this too"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("For each of the coming times, half a year at most. Somebody else's answer you get as usual."),
    )  # fmt: skip
    transport = forms.ChoiceField(
        label=_("How does one get there, and home?"), widget=forms.RadioSelect, choices=Transport.choices
    )
    transport_words = ShortText(
        label=_("More about that"), required=False, max_length=160,
        help_text=_("For example: bus 210 there at 17.40, no bus home."),
    )  # fmt: skip
    meets_name = ShortText(label=_("Who meets you at the door? A first name"), max_length=30)
    meets_phone = PhoneField(label=_("Whom can one ring?"))
    groups = forms.MultipleChoiceField(
        label=_("Whom is it made with in mind?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=Group.choices,
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Which languages does one get along with?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=LANGUAGES,
    )  # fmt: skip
    is_free = forms.BooleanField(label=_("It is free"), required=False)
    price = ShortText(label=_("What does it cost, in words?"), required=False, max_length=120)
    fee = forms.IntegerField(
        label=_("The price in kroner, if there is one price"), required=False, min_value=0, max_value=20_000,
        widget=forms.NumberInput(attrs=NARROW),
    )  # fmt: skip
    sign_up = forms.ChoiceField(
        label=_("How does one come along?"), widget=forms.RadioSelect, choices=SignUp.choices, initial=SignUp.OPEN_DOOR
    )
    least = forms.IntegerField(label=_("At least how many?"), required=False, min_value=1, max_value=500,
                               widget=forms.NumberInput(attrs=NARROW))  # fmt: skip
    most = forms.IntegerField(label=_("Room for how many?"), required=False, min_value=1, max_value=5_000,
                              widget=forms.NumberInput(attrs=NARROW))  # fmt: skip
    closes_hours = forms.IntegerField(
        label=_("How many hours before does the sign-up close?"), required=False, min_value=0, max_value=1_000,
        widget=forms.NumberInput(attrs=NARROW),
    )  # fmt: skip
    shares_single = forms.BooleanField(
        label=_("For a whole period: a place somebody does not use one time may go to one in line, that time"),
        required=False,
    )  # fmt: skip
    gear = ShortText(
        label=_("Gear that can be borrowed"), required=False, max_length=160,
        help_text=_("For example: skis, boots and a headlamp. Whoever signs up ticks that they would like to borrow."),
    )  # fmt: skip
    certificate_for = OneOf(
        label=_("Do those who lead it show a police certificate?"), required=False, widget=forms.RadioSelect,
        help_text=_("It can be asked for only where the law lists a purpose. Nothing of it is kept here."),
    )  # fmt: skip
    step_free = forms.ChoiceField(label=_("Can one get in without steps?"), choices=Known.choices, required=False)
    hearing_loop = forms.ChoiceField(label=_("Is there a hearing loop?"), choices=Known.choices, required=False)
    toilet = forms.ChoiceField(label=_("Is there a toilet for a wheelchair?"), choices=Known.choices, required=False)
    companion = forms.ChoiceField(
        label=_("Is a companion welcome, free of charge?"), choices=Known.choices, required=False
    )
    sponsor = ShortText(label=_("Supported by, in one line"), required=False, max_length=80)
    clinical = forms.BooleanField(
        label=_("It is led by a physiotherapist or others with such training"), required=False
    )
    in_unit = forms.BooleanField(
        label=_("It is inside a care home or the like: somebody of the staff is there each time"), required=False
    )

    def __init__(
        self, *args: Any, owners: Iterable[Owner], halls: Iterable[Place], villages: Any,
        hosts: Iterable[Organisation], today: dt.date, things: Iterable[Lendable] = (),
        purposes: Iterable[PolicePurpose] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.part("owner", OneOf).offer(owners, asks_of_one=False)
        halls = list(halls)
        self.part("place", OneOf).offer(halls, _hall, none=_("None of these"))
        self.part("halls", Several).offer(halls, _hall)
        self.part("things", Several).offer(things)
        self.part("hosts", Several).offer([one.owner for one in hosts])
        self.part("certificate_for", OneOf).offer(purposes, _purpose, none=_("No, nobody is asked"))
        self.part("village", forms.ModelChoiceField).queryset = villages
        self.part("starts_on", DayField).start_at(today)

    def clean(self) -> Any:
        """See that the parts of the rule, the place and the price fit together."""
        data = super().clean()
        if data.get("until") and data.get("starts_on") and data["until"] < data["starts_on"]:
            self.add_error("until", gettext("The last day is before the first. Change one of them."))
        if data.get("repeat") == Repeat.MONTHLY and not data.get("nth"):
            self.add_error("nth", gettext("Say which one of the month: the first, the second … or the last."))
        hall = next((one for one in data.get("things") or () if one.kind == Kind.HALL), None)
        if hall and not (data.get("place") or data.get("where") or data.get("halls")):
            data["where"], data["village"] = hall.name[:80], data.get("village") or hall.village
        if not (data.get("place") or data.get("where") or data.get("halls")):
            self.add_error("where", gettext("Say where it is: a hall, or somewhere else."))
        if not data.get("is_free") and not data.get("price") and data.get("fee") is None:
            self.add_error("price", gettext("Say what it costs, or tick that it is free."))
        if data.get("certificate_for") and not MINORS & set(data.get("groups") or ()):
            self.add_error("certificate_for", gettext(OnlyForMinors().message))
        if data.get("least") and data.get("most") and data["most"] < data["least"]:
            self.add_error("most", gettext("There must be room for as many as must come."))
        return data

    def told(self) -> Told:
        """Return what was written."""
        data = self.written
        day = data["starts_on"]
        weekdays = tuple(data["weekdays"]) or (day.weekday(),)
        monthly = data["repeat"] == Repeat.MONTHLY
        when = When(
            repeat=Repeat(data["repeat"]), starts_on=day, at=data["at"], to=data["to"], until=data["until"],
            every=data["every"] or 1, weekdays=weekdays[:1] if monthly else weekdays,
            nth=data["nth"] or 0 if monthly else 0, not_on_holidays=data["not_on_holidays"],
            school_year=data["school_year"], rotate=Rotate(data["rotate"] or Rotate.TIMES),
            halls=tuple(data["halls"]), hosts=tuple(data["hosts"]),
        )  # fmt: skip
        plain = (
            "title", "about", "easy", "where", "transport_words", "meets_name", "meets_phone", "is_free", "price",
            "sponsor", "clinical", "in_unit", "least", "most", "place", "village", "shares_single", "gear",
            "certificate_for",
        )  # fmt: skip
        return Told(
            when=when, category=Category(data["category"]), transport=Transport(data["transport"]),
            groups=tuple(data["groups"]), languages=tuple(data["languages"]),
            fee=None if data["fee"] is None else data["fee"] * 100, sign_up=SignUp(data["sign_up"]),
            closes_hours=data["closes_hours"] or 0, is_listed=data["sign_up"] != SignUp.ALLOCATED,
            access={name: data[name] or Known.UNKNOWN for name in ACCESS}, **{name: data[name] for name in plain},
        )  # fmt: skip


def _hall(place: Place) -> str:
    return f"{place.name}, {place.village.name}"


def _purpose(purpose: PolicePurpose) -> str:
    return f"{in_language(purpose.name)} ({purpose.law})"


def initial_of(activity: Activity, turns: Sequence[Turn]) -> dict[str, Any]:
    """Return an activity as the form writes it."""
    same = [name for name in ActivityForm.base_fields if hasattr(activity, name) and name not in {"place", "owner"}]
    return {name: getattr(activity, name) for name in same} | {
        "owner": str(activity.owner_id), "key": activity.sent_key, "place": str(activity.place_id or ""),
        "certificate_for": str(activity.certificate_for_id or ""),
        "village": activity.village_id, "fee": None if activity.fee is None else activity.fee // 100,
        "halls": [str(one.place_id) for one in turns if one.place_id],
        "hosts": [str(one.host_id) for one in turns if one.host_id],
    }  # fmt: skip


class MoveForm(AsksAboutIllness, Form):
    """One time moved to another day, hour or hall."""

    asked_about = ("note",)
    on = DayField(label=_("Which day?"), shown=1)
    at = ClockField(label=_("From"))
    to = ClockField(label=_("To"))
    place = OneOf(label=_("In which hall?"), required=False)
    where = ShortText(label=_("Or somewhere else"), required=False, max_length=80)
    note = ShortText(label=_("A word to those who come"), required=False, max_length=200)

    def __init__(self, *args: Any, halls: Iterable[Place], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("place", OneOf).offer(halls, _hall, none=_("None of these"))
        self.part("on", DayField).start_at(today)

    def clean(self) -> Any:
        """See that it is somewhere."""
        data: dict[str, Any] = super().clean() or {}
        if not (data.get("place") or data.get("where")):
            self.add_error("where", gettext("Say where it is: a hall, or somewhere else."))
        return data


class WhyForm(AsksAboutIllness, Form):
    """A reason that those who had meant to come read."""

    asked_about = ("because",)
    because = ShortText(
        label=_("Why? Those who had meant to come read it"), max_length=200, help_text=_("Nobody's name, no illness.")
    )


class DownForm(AsksAboutIllness, Form):
    """Why the centre takes something down, an activity or its picture: read by those who put it up, and no others."""

    asked_about = ("because",)
    because = ShortText(
        label=_("Why? Those who put it up read it"), max_length=200, help_text=_("Nobody's name, no illness.")
    )


class HeldForm(Form):
    """How many came."""

    head_count = forms.IntegerField(
        label=_("How many came? It can stay empty"), required=False, min_value=0, max_value=5_000,
        widget=forms.NumberInput(attrs=NARROW),
    )  # fmt: skip


class StaffForm(Form):
    """Who of the staff is there."""

    name = ShortText(label=_("Who of the staff is there? A first name"), required=False, max_length=60)


class WeatherForm(WhyForm):
    """Which times are called off, and why; the day and the village stand in the address."""

    times = Several(label=_("Which?"), widget=forms.CheckboxSelectMultiple)


class SpotForm(Form):
    """Where something is, as it was copied from a map or chosen on ours."""

    where = ShortText(
        label=_("Where it is: north and east"),
        max_length=LONGEST,
        help_text=_(
            "Copied from norgeskart.no or from a telephone, as it stands there, for example 61.12345, 8.12345."
        ),
    )

    def clean_where(self) -> str:
        """Keep what was typed; `spots` are what it may mean."""
        text: str = self.cleaned_data["where"]
        try:
            self.spots = spots_in(text)
        except Refused as refusal:
            raise forms.ValidationError(gettext(refusal.message)) from refusal
        return text
