"""What is written about fixed times: the season, what a club wishes for, what it is given, and what is decided."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import AsksAboutIllness, ClockField, DateField, Form, OneOf, PhoneField, ShortText
from samtun.foundation.models import Owner
from samtun.operation.lending.actions.season import Plan
from samtun.operation.lending.actions.wishing import MOST_WISHES, Wishes
from samtun.operation.lending.models import Lendable, Season
from samtun.operation.lending.rules import NoTimeAtAll, Weekly
from samtun.operation.lending.web.forms.borrowing import number_field
from samtun.people.persons.models import Person

DAYS = [(n, capfirst(name)) for n, name in WEEKDAYS.items()]
RANKS = (_("What you would like best"), _("If not that, or as well"), _("If not those, or as well"))


def _days(numbers: Sequence[int] | None = None) -> list[tuple[Any, Any]]:
    return [(n, capfirst(name)) for n, name in WEEKDAYS.items() if numbers is None or n in numbers]


class SeasonForm(Form):
    """Fixed times of a hall between two dates, to be shared out."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    lendable = OneOf(label=_("Which hall?"), widget=forms.RadioSelect)
    name = ShortText(label=_("What is the season called?"), max_length=80, help_text=_("Like: Spring 2027"))
    starts = DateField(label=_("The first day"))
    ends = DateField(label=_("The last day"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days of the week?"), coerce=int, choices=DAYS, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one day of the week.")},
    )  # fmt: skip
    opens = ClockField(label=_("From what time?"))
    closes = ClockField(label=_("Until what time?"))
    leaves_out = forms.BooleanField(label=_("Not on public holidays and Christmas Eve"), required=False, initial=True)
    deadline = DateField(label=_("The last day to wish"))
    asked = forms.MultipleChoiceField(
        label=_("Who is asked?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("They hear of it at once. Others may wish too."),
    )  # fmt: skip

    def __init__(self, *args: Any, things: Sequence[Lendable], bodies: Sequence[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("lendable", OneOf).offer(things, asks_of_one=False)
        self.bodies = {str(one.id): one for one in bodies}
        self.part("asked", forms.MultipleChoiceField).choices = [(key, one.name) for key, one in self.bodies.items()]

    @property
    def plan(self) -> Plan:
        """What is shared out."""
        left_out = {"key", "lendable", "asked"}
        facts = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        return Plan(**facts | {"weekdays": tuple(facts["weekdays"])})

    @property
    def owners(self) -> list[Owner]:
        """Who is asked."""
        return [self.bodies[key] for key in self.cleaned_data["asked"]]


class _Times(Form):
    """Up to three weekly times, each a day, from and until; a row left empty is none."""

    def __init__(self, *args: Any, season: Season, times: Sequence[Weekly] = (), **kwargs: Any) -> None:
        initial = dict(kwargs.pop("initial", None) or {})
        for number, time in enumerate(times[:MOST_WISHES], 1):
            initial |= {f"day_{number}": time.weekday, f"from_{number}": time.starts, f"until_{number}": time.ends}
        super().__init__(*args, initial=initial, **kwargs)
        days = _days(season.weekdays)
        for number in range(1, MOST_WISHES + 1):
            self.fields[f"day_{number}"] = forms.TypedChoiceField(
                label=_("Day of the week"), required=False, coerce=int, empty_value=None,
                choices=[("", _("None")), *days],
            )  # fmt: skip
            self.fields[f"from_{number}"] = ClockField(label=_("From"), required=False)
            self.fields[f"until_{number}"] = ClockField(label=_("Until"), required=False)

    @property
    def rows(self) -> list[tuple[Any, Any, Any, Any]]:
        """The rows as they are drawn: what it is, and its three fields."""
        return [
            (RANKS[n - 1], self[f"day_{n}"], self[f"from_{n}"], self[f"until_{n}"]) for n in range(1, MOST_WISHES + 1)
        ]

    def clean(self) -> Any:
        """See that each row is whole, and ends after it begins."""
        data = super().clean() or self.cleaned_data
        for n in range(1, MOST_WISHES + 1):
            starts, ends = data.get(f"from_{n}"), data.get(f"until_{n}")
            said = [part is not None for part in (data.get(f"day_{n}"), starts, ends)]
            if any(said) and not all(said):
                first = ("day", "from", "until")[said.index(False)]
                if f"{first}_{n}" not in self.errors:
                    self.add_error(f"{first}_{n}", _("Write the day, from and until, or leave all three empty."))
            elif starts and ends and starts >= ends:
                self.add_error(f"until_{n}", gettext(NoTimeAtAll().message))
        return data

    @property
    def times(self) -> tuple[Weekly, ...]:
        """The times written, in their order."""
        data = self.cleaned_data
        return tuple(
            Weekly(data[f"day_{n}"], data[f"from_{n}"], data[f"until_{n}"])
            for n in range(1, MOST_WISHES + 1)
            if data[f"day_{n}"] is not None
        )


class WishForm(AsksAboutIllness, _Times):
    """What a club wishes for."""

    for_owner = OneOf(label=_("Who wishes?"), widget=forms.RadioSelect)
    minutes = number_field(
        _("How many minutes a week do you want in all?"), 5000,
        _("Left empty it is as long as the first time. Ask for more if you want more than one of them."),
    )  # fmt: skip
    for_children = forms.BooleanField(label=_("It is for children or young people"), required=False)
    words = ShortText(
        label=_("Anything else?"), max_length=300, required=False, help_text=_("Those who share it out read it.")
    )

    def __init__(self, *args: Any, owners: Sequence[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("for_owner", OneOf).offer(owners, asks_of_one=False)

    @property
    def wishes(self) -> Wishes:
        """What is wished for."""
        data = self.cleaned_data
        return Wishes(self.times, data["minutes"] or 0, data["for_children"], data["words"])


class WishForOtherForm(WishForm):
    """The wish of one that rings or sends paper: which club, who it was, and a number."""

    name = ShortText(label=_("Who rang or wrote?"), max_length=120)
    phone = PhoneField(label=_("Telephone number"), autocomplete="off")
    phone_kind = forms.ChoiceField(
        label=_("Can we send them a text?"), widget=forms.RadioSelect, initial=Person.Reached.MOBILE,
        choices=[(Person.Reached.MOBILE, _("Yes, it is a mobile")), (Person.Reached.LANDLINE, _("No, ring them"))],
    )  # fmt: skip

    def __init__(self, *args: Any, owners: Sequence[Owner], **kwargs: Any) -> None:
        super().__init__(*args, owners=owners, **kwargs)
        field = self.part("for_owner", OneOf)
        field.widget = forms.Select()
        field.offer(owners)


class GiveForm(_Times):
    """What a person gives a club instead of what was proposed."""


class DecideForm(AsksAboutIllness, Form):
    """What is decided, with words for all."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    words = ShortText(label=_("Anything all of them should know?"), max_length=400, required=False)
    leave_out = forms.BooleanField(label=_("Leave out the dates that are taken, and book the others"), required=False)


class CallOffForm(AsksAboutIllness, Form):
    """Why nothing is shared out after all."""

    words = ShortText(label=_("Why?"), max_length=400)
