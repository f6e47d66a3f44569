"""What is written to call out."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.models import TaskType
from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation.forms import ClockField, DayField, Form, OneOf, ShortText
from samtun.operation.volunteers.models import Volunteer

MINUTES = [(60, _("An hour")), (90, _("An hour and a half")), (120, _("Two hours")), (180, _("Three hours")),
           (240, _("Four hours"))]  # fmt: skip


class ListForm(Form):
    """A list of friends."""

    name = ShortText(label=_("What is the list called?"), max_length=80)


class FriendForm(Form):
    """One for the list, or a group through its adult."""

    volunteer = forms.ChoiceField(label=_("Who?"))
    group_name = ShortText(
        label=_("Does the person come with a group?"), required=False, max_length=80,
        help_text=_("A school class or a company: write its name. This person is the adult who answers for it."),
    )  # fmt: skip
    counts = forms.IntegerField(
        label=_("How many hands is the group?"), required=False, min_value=1, max_value=60,
        widget=forms.NumberInput(attrs={"data-width": "short", "inputmode": "numeric"}),
        error_messages={
            "min_value": _("Say how many the group counts as: between 1 and 60."),
            "max_value": _("Say how many the group counts as: between 1 and 60."),
            "invalid": _("Write the number with digits."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, volunteers: list[Volunteer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose")), *((str(v.id), v.person.full_name) for v in volunteers)]
        self.part("volunteer", forms.ChoiceField).choices = choices

    def clean(self) -> dict[str, Any]:
        """See that a group says how many it is."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("group_name") and not data.get("counts") and "counts" not in self.errors:
            self.add_error("counts", _("Say how many the group counts as: between 1 and 60."))
        return data


class CallOutForm(Form):
    """What, where, when, how many."""

    task_type = OneOf(label=_("Which kind of help?"))
    words = ShortText(
        label=_("What is it?"), max_length=30, help_text=_("A few words for the text message. Nobody's name.")
    )
    place = ShortText(label=_("Where do we meet?"), max_length=24)
    on = DayField(label=_("Which day?"))
    starts = ClockField(label=_("What time?"))
    minutes = forms.TypedChoiceField(label=_("How long, about?"), coerce=int, choices=MINUTES, initial=120)
    needed = forms.IntegerField(
        label=_("How many are needed?"), min_value=1, max_value=60,
        widget=forms.NumberInput(attrs={"data-width": "short", "inputmode": "numeric"}),
        error_messages={
            "min_value": _("Say how many are needed: between 1 and 60."),
            "max_value": _("Say how many are needed: between 1 and 60."),
            "invalid": _("Write the number with digits."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, types: list[TaskType], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("task_type", OneOf).offer(types, lambda t: in_language(t.name), none=_("Choose"))
        self.part("on", DayField).start_at(today)
