"""Who stands beside whom, and how much lighter."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import DateField, Form
from samtun.kernel.errors import Refused
from samtun.operation.mentoring.actions import MINUTES, TALKS, BadMinutes, BadRhythm, Lighter
from samtun.people.persons.models import Person


def _number(label: Any, bounds: tuple[int, int], refusal: type[Refused], **kwargs: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "data-width": "short", "autocomplete": "off"})
    words = _(refusal().message)
    messages = {"invalid": words, "min_value": words, "max_value": words, "required": words}
    return forms.IntegerField(
        label=label, min_value=bounds[0], max_value=bounds[1], widget=widget, error_messages=messages, **kwargs
    )


class PlanForm(Form):
    """The mentor, the longest task, together to a day, and how often they talk."""

    mentor = forms.ChoiceField(
        label=_("Who is the mentor?"), error_messages={"required": _("Choose who the mentor is.")}
    )
    most_minutes = _number(
        _("How long may a task last, in minutes?"), MINUTES, BadMinutes,
        help_text=_("The volunteer is asked about nothing longer."),
    )  # fmt: skip
    together_until = DateField(
        label=_("Until which day does the mentor come along?"),
        required=False,
        help_text=_("Leave it empty if the volunteer goes alone. Those they visit hear both names."),
    )
    talk_days = _number(
        _("How many days with opening hours between the talks?"), TALKS, BadRhythm,
        help_text=_("5 is about once a week."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[Person], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.today = {str(p.id): p for p in people}, today
        chosen = [("", _("Choose")), *((key, p.full_name) for key, p in self.people.items())]
        self.part("mentor", forms.ChoiceField).choices = chosen

    def clean_together_until(self) -> dt.date | None:
        """See that the day has not been."""
        day: dt.date | None = self.cleaned_data["together_until"]
        if day is not None and day < self.today:
            raise forms.ValidationError(_("That day has been. Choose today or a later day, or leave it empty."))
        return day

    def lighter(self) -> Lighter:
        """Return the plan as the action takes it."""
        names = ("most_minutes", "talk_days", "together_until")
        return Lighter(**{name: self.cleaned_data[name] for name in names})

    def chosen(self) -> Person:
        """Return the mentor."""
        return self.people[self.cleaned_data["mentor"]]
