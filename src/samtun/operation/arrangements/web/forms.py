"""What is written about something that lasts: the plan, a pause, an end."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.models import TaskType
from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation.forms import (
    AsksAboutIllness,
    ClockField,
    DateField,
    DayField,
    Form,
    LongText,
    OneOf,
    ShortText,
)
from samtun.operation.arrangements.actions import Plan
from samtun.operation.arrangements.enums import EndReason, PauseKind

MINUTES: list[tuple[int, str | Promise]] = [
    (30, _("Half an hour")), (45, _("Three quarters of an hour")), (60, _("An hour")), (90, _("An hour and a half")),
    (120, _("Two hours")), (180, _("Three hours")), (240, _("Four hours")),
]  # fmt: skip
WEEKS = [(1, _("Every week")), (2, _("Every other week")), (4, _("Every fourth week"))]


def _date(**rest: Any) -> DateField:
    return DateField(required=False, **rest)


class PlanForm(AsksAboutIllness, Form):
    """What, where, how often, limits, whom to call: all that a volunteer is given before they are asked (R28)."""

    asked_about = ("limits", "place", "whom_to_call")
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    task_type = OneOf(label=_("What would be of help?"))
    first = DayField(label=_("Which day is the first time?"), help_text=_("The weekday stays the same after that."))
    at = ClockField(label=_("What time?"))
    every_weeks = forms.TypedChoiceField(
        label=_("How often?"), coerce=int, choices=WEEKS, initial=1, widget=forms.RadioSelect
    )
    minutes = forms.TypedChoiceField(label=_("How long each time, about?"), coerce=int, choices=MINUTES, initial=60)
    until = _date(label=_("Until which day?"), help_text=_("Leave it empty when nobody knows yet."))
    on_holidays = forms.BooleanField(label=_("On public holidays too"), required=False)
    place = ShortText(
        label=_("Where do they meet?"),
        required=False,
        max_length=80,
        help_text=_("Leave it empty for the person's home."),
    )
    limits = LongText(
        label=_("What belongs to it, and what does not?"), max_length=300, rows=2,
        help_text=_("For example: coffee and a chat, a walk when the weather is good. Not cleaning, not money."),
    )  # fmt: skip
    whom_to_call = ShortText(label=_("Whom to ring when something is amiss?"), max_length=120)

    def __init__(self, *args: Any, types: list[TaskType], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("task_type", OneOf).offer(types, lambda t: in_language(t.name), none=_("Choose"))
        if not types:
            del self.fields["task_type"]
        self.part("first", DayField).start_at(today)

    def clean(self) -> dict[str, Any]:
        """See that it does not end before it begins."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("until") and data.get("first") and data["until"] < data["first"]:
            self.add_error("until", _("The last day must be the same as the first, or later."))
        return data

    @property
    def plan(self) -> Plan:
        """What was written, when all of it is right."""
        names = ("first", "at", "minutes", "every_weeks", "limits", "whom_to_call", "until", "place", "on_holidays")
        return Plan(**{name: self.cleaned_data[name] for name in names})


class PauseForm(Form):
    """From which day, to which, and who would like it; nobody is asked why."""

    kind = forms.ChoiceField(
        label=_("Who would like a pause?"), widget=forms.RadioSelect,
        choices=[
            (PauseKind.RECIPIENT, _("The one who is visited")), (PauseKind.VOLUNTEER, _("The volunteer")),
            (PauseKind.HOLIDAY, _("Both: holidays, summer")),
        ],
    )  # fmt: skip
    starts = DayField(label=_("From which day?"))
    ends = _date(label=_("To which day?"), help_text=_("That day too. Leave it empty for a pause until they say."))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("starts", DayField).start_at(today)

    def clean(self) -> dict[str, Any]:
        """See that it ends after it begins."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("ends") and data.get("starts") and data["ends"] < data["starts"]:
            self.add_error("ends", _("The last day must be the same as the first day, or later."))
        return data


class EndForm(AsksAboutIllness, Form):
    """Why it ends, in one choice; a few words for ourselves."""

    asked_about = ("words",)

    reason = forms.ChoiceField(
        label=_("Why does it end?"), widget=forms.RadioSelect,
        choices=[
            (EndReason.RECIPIENT, _("The one who is visited would like it to end")),
            (EndReason.VOLUNTEER, _("The volunteer stops")), (EndReason.DONE, _("It has done what it should")),
            (EndReason.OTHER, _("Something else")),
        ],
    )  # fmt: skip
    words = ShortText(label=_("A few words about why, for ourselves"), required=False, max_length=200)


class AnotherForm(Form):
    """From which day someone else should come."""

    first = DayField(label=_("From which day?"))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("first", DayField).start_at(today)


class CodeForm(Form):
    """The code we sent."""

    code = ShortText(label=_("The code we sent you"), max_length=10, autocomplete="one-time-code", inputmode="numeric")
