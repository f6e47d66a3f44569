"""A course held."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.rules import course_code
from samtun.foundation.forms import DateField, Form, ShortText

OTHER = "other"


class CourseForm(Form):
    """Which course, when, and how long it holds."""

    course = forms.ChoiceField(label=_("Which course?"), widget=forms.RadioSelect)
    name = ShortText(label=_("Name of the course, if it is another"), required=False, max_length=40)
    held_on = DateField(label=_("Held on"))
    expires_on = DateField(
        label=_("Runs out on"), required=False, help_text=_("Leave it empty if it does not run out.")
    )

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
