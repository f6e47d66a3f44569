"""A course held."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.rules import course_code
from samtun.foundation.forms import Form, ShortText

OTHER = "other"
DAYS_READ = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y"]
BAD_DATE = {"invalid": _("Write the date as day, month and year, for example 27.11.2026.")}


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "data-width": "short"})


class CourseForm(Form):
    """Which course, when, and how long it holds."""

    course = forms.ChoiceField(label=_("Which course?"), widget=forms.RadioSelect)
    name = ShortText(label=_("Name of the course, if it is another"), required=False, max_length=40)
    held_on = forms.DateField(label=_("Held on"), input_formats=DAYS_READ, error_messages=BAD_DATE, widget=_day())
    expires_on = forms.DateField(
        label=_("Runs out on"), required=False, input_formats=DAYS_READ, error_messages=BAD_DATE, widget=_day(),
        help_text=_("Leave it empty if it does not run out."),
    )  # fmt: skip

    def __init__(self, *args: Any, courses: list[str], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"held_on": today}, **kwargs)
        self.today = today
        known = [(code, capfirst(code.replace("-", " "))) for code in courses]
        self.part("course", forms.ChoiceField).choices = [*known, (OTHER, _("Another course"))]

    def clean_held_on(self) -> dt.date:
        """Only what has been held can be noted."""
        day: dt.date = self.cleaned_data["held_on"]
        if day > self.today:
            raise forms.ValidationError(_("That day has not come yet. Write the day the course was held."))
        return day

    def clean(self) -> dict[str, Any]:
        """Return a course by its code, whichever way it was named."""
        data = super().clean() or self.cleaned_data
        if data.get("course") == OTHER:
            data["course"] = course_code(data.get("name", ""))
            if not data["course"] and "name" not in self.errors:
                self.add_error("name", _("Write the name of the course."))
        return data
