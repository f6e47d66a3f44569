"""What is written about what is lent out, and about a time of it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

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
from samtun.operation.lending.enums import Condition, Every, Kind, Price, Way
from samtun.operation.lending.models import Lendable
from samtun.operation.lending.rules import Slot, repeated
from samtun.people.persons.models import Person
from samtun.people.places.models import Village

ACCESS = [("step_free", _("No steps")), ("hearing_loop", _("Hearing loop")), ("toilet", _("Toilet"))]
COUNTED = _("Write a whole number, with digits.")


def number_field(label: Any, most: int, help_text: Any = "") -> forms.IntegerField:
    """Return a field for a whole number, from none to `most`."""
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=most, help_text=help_text,
        error_messages={"invalid": COUNTED, "min_value": COUNTED, "max_value": COUNTED},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "short", "autocomplete": "off"}),
    )  # fmt: skip


class BookForm(AsksAboutIllness, Form):
    """A time of a thing, once or repeated. `leave_out` and `waits` are on the page only when something is taken."""

    asked_about = ("what",)
    key = forms.UUIDField(widget=forms.HiddenInput)
    on = DayField(label=_("Which day?"), shown=3)
    starts = ClockField(label=_("From what time?"))
    ends = ClockField(label=_("Until what time?"))
    ends_on = DateField(
        label=_("Until another day?"), required=False, help_text=_("Only when you keep it for more than a day.")
    )
    every = forms.ChoiceField(label=_("Do you need it again?"), choices=Every.choices, initial=Every.ONCE)
    until = DateField(label=_("The last day, when you need it again"), required=False)
    what = ShortText(
        label=_("What is it for?"), max_length=120, required=False,
        help_text=_("A word or two, like bingo or choir. Only those who lend it out read it."),
    )  # fmt: skip
    for_owner = OneOf(label=_("Who borrows it?"), widget=forms.RadioSelect)
    leave_out = forms.BooleanField(label=_("Leave out the dates that are taken, and book the others"), required=False)
    waits = forms.BooleanField(label=_("Tell us if the time becomes free after all"), required=False)

    def __init__(self, *args: Any, owners: Sequence[Owner], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("on", DayField).start_at(today)
        self.part("for_owner", OneOf).offer(owners, asks_of_one=False)

    def clean(self) -> Any:
        """Make the times, where there is enough to make them of; a rule that cannot be read is said beside it."""
        data = super().clean()
        if data.get("every") not in {None, "", Every.ONCE} and not data.get("until"):
            self.add_error("until", _("Write the last day you need it."))
        return data

    @property
    def slots(self) -> list[Slot]:
        """The times asked for, by the rule chosen. Refused when they cannot be."""
        data = self.cleaned_data
        first = Slot.of(data["on"], data["starts"], data["ends"], data["ends_on"])
        return repeated(first, Every(data["every"]), data["until"])


class WriteDownForm(BookForm):
    """A time for somebody who rang: a name and a number, perhaps on behalf of an organisation."""

    name = ShortText(label=_("Who rang?"), max_length=120)
    phone = PhoneField(label=_("Telephone number"), autocomplete="off")
    phone_kind = forms.ChoiceField(
        label=_("Can we send them a text?"), widget=forms.RadioSelect, initial=Person.Reached.MOBILE,
        choices=[(Person.Reached.MOBILE, _("Yes, it is a mobile")), (Person.Reached.LANDLINE, _("No, ring them"))],
    )  # fmt: skip
    field_order = (
        "key", "name", "phone", "phone_kind", "for_owner", "on", "starts", "ends", "ends_on", "every", "until", "what",
    )  # fmt: skip

    def __init__(self, *args: Any, owners: Sequence[Owner], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, owners=owners, today=today, **kwargs)
        field = self.part("for_owner", OneOf)
        field.widget, field.required = forms.Select(), False
        field.offer(owners, none=_("Themselves"))


class ThingForm(Form):
    """Something to lend out, with its rules in plain words."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput, initial=0)
    owner = OneOf(label=_("Who lends it out?"), widget=forms.RadioSelect)
    name = ShortText(label=_("What is it called?"), max_length=80)
    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect, choices=Kind.choices)
    about = LongText(label=_("Tell a little about it"), max_length=600, rows=3, required=False)
    village: "forms.ModelChoiceField[Village]" = forms.ModelChoiceField(
        label=_("Where?"), required=False, queryset=None, empty_label=_("Nowhere in particular")
    )
    place = ShortText(label=_("Address"), max_length=120, required=False)
    seats = number_field(_("How many is there room for?"), 5000)
    step_free = forms.BooleanField(label=_("No steps, room for a wheelchair"), required=False)
    hearing_loop = forms.BooleanField(label=_("Hearing loop"), required=False)
    toilet = forms.BooleanField(label=_("A toilet with room for a wheelchair"), required=False)
    price = forms.ChoiceField(
        label=_("What does it cost?"), widget=forms.RadioSelect, choices=Price.choices, initial=Price.ASSOCIATIONS
    )
    price_words = ShortText(label=_("The price, in words"), max_length=200, required=False)
    way = forms.ChoiceField(
        label=_("How is it borrowed?"), widget=forms.RadioSelect, choices=Way.choices, initial=Way.REQUEST
    )
    who_may = ShortText(label=_("Who may use it or drive it?"), max_length=300, required=False)
    licence = forms.BooleanField(label=_("A licence is needed"), required=False)
    insurance = ShortText(label=_("How is it insured?"), max_length=200, required=False)
    key_words = ShortText(
        label=_("Where is the key, or the thing, fetched?"), max_length=200, required=False,
        help_text=_("Everyone reads it: never the code to a door."),
    )  # fmt: skip
    cleaning = ShortText(label=_("How should it be left?"), max_length=200, required=False)
    contact_phone = PhoneField(
        label=_("A number of its own to ring"), required=False, autocomplete="off",
        help_text=_("Everyone sees it. Without it they ring the organisation."),
    )  # fmt: skip
    opens = ClockField(label=_("It can be borrowed from"), required=False)
    closes = ClockField(label=_("It can be borrowed until"), required=False)
    buffer_minutes = number_field(_("Minutes between two who borrow it"), 1440, _("To clean, or to drive it back."))
    months = forms.TypedMultipleChoiceField(
        label=_("In which months?"), required=False, coerce=int, choices=list(MONTHS.items()),
        widget=forms.CheckboxSelectMultiple, help_text=_("None ticked is all the year."),
    )  # fmt: skip

    def __init__(self, *args: Any, owners: Sequence[Owner], villages: Any, found: Lendable | None = None,
                 **kwargs: Any) -> None:  # fmt: skip
        if found:
            kwargs["initial"] = {
                name: getattr(found, name) for name in self.base_fields if name not in {"key", "owner"}
            }
            kwargs["initial"] |= {"key": found.sent_key, "owner": found.owner_id}
        super().__init__(*args, **kwargs)
        self.part("village", forms.ModelChoiceField).queryset = villages
        self.part("owner", OneOf).offer(owners, asks_of_one=False)
        if found:
            del self.fields["owner"]

    @property
    def facts(self) -> dict[str, Any]:
        """What is written about the thing."""
        left_out = {"key", "version", "owner"}
        facts = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        return facts | {"buffer_minutes": facts["buffer_minutes"] or 0, "months": sorted(facts["months"])}


class AcceptForm(AsksAboutIllness, Form):
    """A yes, perhaps with words; `leave_out` when another has got some of the times meanwhile."""

    words = ShortText(label=_("Anything they should know?"), max_length=400, required=False)
    leave_out = forms.BooleanField(label=_("Leave out the dates that are taken, and book the others"), required=False)


class DeclineForm(AsksAboutIllness, Form):
    """A no, with a way on."""

    words = LongText(
        label=_("Why, and what could they do instead?"), max_length=400, rows=3,
        help_text=_("They read it as you write it."),
    )  # fmt: skip


class CancelForm(AsksAboutIllness, Form):
    """Why it is cancelled."""

    words = ShortText(label=_("Why?"), max_length=400, required=False)
    whole = forms.BooleanField(label=_("The dates that come after as well"), required=False)


class BackForm(AsksAboutIllness, Form):
    """How it was when it came back."""

    condition = forms.ChoiceField(
        label=_("How was it?"), widget=forms.RadioSelect, choices=Condition.choices, initial=Condition.FINE
    )
    words = ShortText(
        label=_("What is broken or missing?"), max_length=400, required=False,
        help_text=_("It becomes something to do on your desk."),
    )  # fmt: skip

    def clean_condition(self) -> Condition:
        """Return the condition itself."""
        return Condition(self.cleaned_data["condition"])


class FilterForm(Form):
    """What is looked for among what can be borrowed; what cannot be read is left out."""

    kind = forms.ChoiceField(required=False, choices=[("", _("All")), *Kind.choices])
    village = OneOf(label=_("Where?"), required=False)
    seats = number_field(_("Room for at least"), 5000)
    access = forms.MultipleChoiceField(
        required=False,
        choices=ACCESS,
    )
    marks_optional = False

    def __init__(self, *args: Any, villages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("village", OneOf).offer(villages, none=_("Everywhere"))
