"""What a volunteer, or the host for them, says about helping."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.models import TaskType
from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation.forms import DateField, Form, PhoneField, ShortText
from samtun.foundation.models import Owner
from samtun.operation.volunteers.models import Profile, Slot
from samtun.operation.volunteers.web.tables import PARTS, WEEKDAYS, cell_of
from samtun.people.persons.models import Person

NEW_PERSON = "new"
NUMBER = _("Write a number from 1 to 99, or leave it empty.")


def day_field(label: Any, **kwargs: Any) -> DateField:
    """A date that can be picked, or written as people write it."""
    return DateField(label=label, **kwargs)


class KindsField(forms.MultipleChoiceField):
    """Kinds of help, to be ticked."""

    def __init__(self, **kwargs: Any) -> None:
        message = {"invalid_choice": _("One of the kinds is no longer in use. Look through the list once more.")}
        super().__init__(widget=forms.CheckboxSelectMultiple, required=False, error_messages=message, **kwargs)

    def offer(self, types: Iterable[TaskType]) -> None:
        """Give the kinds to choose among."""
        self.types = {str(t.id): t for t in types}
        self.choices = [(key, in_language(t.name)) for key, t in self.types.items()]

    def clean(self, value: Any) -> list[TaskType]:
        """Return the kinds themselves."""
        return [self.types[key] for key in super().clean(value)]


class KindsForm(Form):
    """What one would like to help with."""

    kinds = KindsField(label=_("What would you like to help with?"))
    marks_optional = False

    def __init__(self, *args: Any, types: Iterable[TaskType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("kinds", KindsField).offer(types)


def times_field() -> forms.IntegerField:
    """How many times at most."""
    return forms.IntegerField(
        label=_("How many times at most?"), required=False, min_value=1, max_value=99,
        help_text=_("All together, whoever asks. Leave it empty if there is no limit."),
        error_messages={"invalid": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "short", "autocomplete": "off"}),
    )  # fmt: skip


def per_field() -> forms.ChoiceField:
    """A week or a month."""
    return forms.ChoiceField(
        label=_("In a week, or in a month?"), widget=forms.RadioSelect, initial=Profile.Per.MONTH, required=False,
        choices=[(Profile.Per.WEEK, _("In a week")), (Profile.Per.MONTH, _("In a month"))],
    )  # fmt: skip


class CeilingForm(Form):
    """How often, over all hosts (R60)."""

    times = times_field()
    per = per_field()
    marks_optional = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One box of the week."""

    value: str
    label: str
    part: str
    on: bool


class WeekField(forms.MultipleChoiceField):
    """Weekday × part of the day, as boxes: `0-morning` is Monday morning."""

    def __init__(self, **kwargs: Any) -> None:
        boxes = [(f"{day}-{part}", f"{day}-{part}") for day in range(7) for part in PARTS]
        super().__init__(choices=boxes, widget=forms.CheckboxSelectMultiple, required=False, **kwargs)


class TimesForm(Form):
    """When it usually suits."""

    week = WeekField(label=_("When does it usually suit?"))

    def rows(self) -> list[tuple[str, list[Cell]]]:
        """Return the grid for the template: weekday, then a box for each part of the day."""
        on = set(self["week"].value() or [])
        found = []
        for day, name in WEEKDAYS.items():
            cells = []
            for part, (words, _starts, _ends) in PARTS.items():
                label = gettext("%(day)s %(part)s") % {"day": capfirst(str(name)), "part": words}
                cells.append(Cell(f"{day}-{part}", label, str(words), f"{day}-{part}" in on))
            found.append((capfirst(str(name)), cells))
        return found

    def parts(self) -> list[str]:
        """Return the headings of the grid."""
        return [capfirst(str(words)) for words, _starts, _ends in PARTS.values()]

    def weekly(self) -> list[tuple[int, dt.time, dt.time]]:
        """Return the times as the action takes them."""
        found = []
        for value in self.cleaned_data["week"]:
            day, part = value.split("-")
            _words, starts, ends = PARTS[part]
            found.append((int(day), starts, ends))
        return sorted(found)


def boxes_of(slots: Iterable[Slot]) -> list[str]:
    """Return the boxes that weekly times fill."""
    return sorted({f"{slot.weekday}-{part}" for slot in slots for part in cell_of(slot.starts, slot.ends)})


class AbsenceForm(Form):
    """Away, both days included. Nobody is asked why."""

    starts = day_field(_("First day away"))
    ends = day_field(_("Last day away"), required=False, help_text=_("Leave it empty for one day."))

    def clean(self) -> dict[str, Any]:
        """See that the last day does not come before the first."""
        data = super().clean() or self.cleaned_data
        data["ends"] = data.get("ends") or data.get("starts")
        if data.get("starts") and data["ends"] and data["ends"] < data["starts"]:
            self.add_error("ends", _("The last day must be the same as the first day, or later."))
        return data


class PauseForm(Form):
    """How long."""

    until = day_field(_("Until which day?"), required=False, help_text=_("Leave it empty to pause until you say."))


class WelcomeForm(TimesForm, CeilingForm, KindsForm):
    """Someone becomes a volunteer: who, with what, how often, when."""

    q = ShortText(
        label=_("Do you know the person already?"), max_length=80, required=False,
        help_text=_("Write at least three letters of the name, or the whole telephone number."),
    )  # fmt: skip
    person = forms.ChoiceField(label=_("Choose the right one"), required=False, widget=forms.RadioSelect)
    given_name = ShortText(label=_("First name"), required=False, max_length=60)
    family_name = ShortText(label=_("Family name"), required=False, max_length=60)
    phone = PhoneField(label=_("Telephone"), required=False, autocomplete="off")
    phone_kind = forms.ChoiceField(
        label=_("What sort of telephone?"), required=False, widget=forms.RadioSelect, initial=Person.Reached.MOBILE,
        choices=[(Person.Reached.MOBILE, _("Mobile")), (Person.Reached.LANDLINE, _("Landline, no texts"))],
    )  # fmt: skip
    village: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Which part of the municipality?"), required=False, queryset=None, empty_label=_("Choose")
    )
    host: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Who are they a volunteer with?"), queryset=None, empty_label=_("Choose")
    )
    has_car = forms.BooleanField(label=_("Has a car to use"), required=False)
    marks_optional = False

    def __init__(
        self, *args: Any, types: Iterable[TaskType], villages: Any, hosts: Sequence[Owner],
        hits: list[tuple[str, str]], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, types=types, **kwargs)
        self.fields["kinds"].label = _("What would they like to help with?")
        self.part("village", forms.ModelChoiceField).queryset = villages
        self.part("person", forms.ChoiceField).choices = [*hits, (NEW_PERSON, _("Someone new"))]
        self.only = hosts[0] if len(hosts) == 1 else None
        if self.only:
            del self.fields["host"]
        else:
            rows = Owner.objects.filter(id__in=[o.id for o in hosts])
            self.part("host", forms.ModelChoiceField).queryset = rows

    @property
    def is_new(self) -> bool:
        """True when the person is to be written down."""
        return self.cleaned_data.get("person") in {"", None, NEW_PERSON}

    @property
    def chosen_host(self) -> Owner:
        """The host."""
        return self.only or self.cleaned_data["host"]

    def clean(self) -> dict[str, Any]:
        """See that it is told who it is, how to reach them, and what they want."""
        data = super().clean() or self.cleaned_data
        if self.is_new and not data.get("given_name") and "given_name" not in self.errors:
            self.add_error("given_name", _("Find the person, or write at least a first name."))
        if self.is_new and not data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Write a telephone number, so that we can ask them."))
        if not data.get("kinds") and "kinds" not in self.errors:
            self.add_error("kinds", _("Tick at least one kind of help; it can be changed at any time."))
        return data

    def person_facts(self) -> dict[str, Any]:
        """Return what is known of someone new."""
        names = ("given_name", "family_name", "phone", "phone_kind", "village")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}
