"""Days and times of day as people write them: picked, or 27.11.26, or 1030."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.kernel.clock import is_writable

OTHER_DAY = "other"
YEAR_WRONG = _("Write a year from 1900 to 2100.")


class ClockField(forms.TimeField):
    """A time of day on the wall as people write it: 10, 10.30, 10:30, 1030."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("Write the time as 10.30.")}

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%H.%M", "%H:%M", "%H", "%H%M"]
        widget = forms.TimeInput(format="%H.%M", attrs={"inputmode": "decimal", "data-width": "short"})
        super().__init__(input_formats=formats, widget=widget, **kwargs)


class DateField(forms.DateField):
    """One date, picked or as people write it: 27.11.2026, 27.11.26, 27/11/2026; of a year somebody can have meant."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Write the date as day, month and year, for example 27.11.2026."),
        "year": YEAR_WRONG,
    }

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y"]
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "data-width": "short"})
        super().__init__(input_formats=formats, widget=widget, **kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        """Return the date. A day far outside our time is none: days cannot be counted from it."""
        day = super().to_python(value)
        if day and not is_writable(day):
            raise ValidationError(self.error_messages["year"], code="year")
        return day


class DayWidget(forms.MultiWidget):
    """A few days to pick from and an input for any other."""

    template_name = "ui/forms/days.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        other = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "ds-input", "data-width": "short"})
        super().__init__({"pick": forms.RadioSelect(), "other": other}, attrs)
        self.days: list[tuple[str, str]] = []

    def decompress(self, value: Any) -> list[Any]:
        """Split a date into a picked day, or another."""
        if not value:
            return ["", None]
        iso = value.isoformat() if isinstance(value, dt.date) else str(value)
        return [iso, None] if iso in dict(self.days) else [OTHER_DAY, value]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the template the days and which is chosen."""
        pick = self.widgets[0]
        assert isinstance(pick, forms.RadioSelect)
        pick.choices = [*self.days, (OTHER_DAY, gettext("Another day"))]
        return super().get_context(name, value, attrs)


class DayField(forms.MultiValueField):
    """A day: today, tomorrow, the days after, or any other. Call `start_at` with the reader's today in the form."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Write the date as day, month and year, for example 27.11.2026."),
        "two": _("You have chosen two different days. Keep one of them."),
        "past": _("That day has been. Choose today or a later day."),
        "year": YEAR_WRONG,
    }

    def __init__(self, *, shown: int = 7, allow_past: bool = False, **kwargs: Any) -> None:
        parts = (forms.CharField(required=False), DateField(required=False))
        super().__init__(parts, require_all_fields=False, widget=DayWidget, **kwargs)
        self.shown, self.allow_past = shown, allow_past
        self.today: dt.date | None = None

    def start_at(self, today: dt.date) -> None:
        """Offer `shown` days from `today`."""
        self.today = today
        self.widget.days = [(day.isoformat(), day_words(day, today)) for day in days_from(today, self.shown)]

    def compress(self, data_list: Sequence[Any]) -> dt.date | None:
        """Make one date of the picked and the written one."""
        pick, other = data_list or ("", None)
        picked = None
        if pick and pick != OTHER_DAY:
            try:
                picked = dt.date.fromisoformat(pick)
            except ValueError as fault:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from fault
        if picked and other and picked != other:
            raise ValidationError(self.error_messages["two"], code="two")
        if picked and not is_writable(picked):
            raise ValidationError(self.error_messages["year"], code="year")
        day = picked or other
        if day is None and (self.required or pick == OTHER_DAY):
            raise ValidationError(self.error_messages["required"], code="required")
        if day and self.today and day < self.today and not self.allow_past:
            raise ValidationError(self.error_messages["past"], code="past")
        return day


def days_from(today: dt.date, number: int) -> Iterable[dt.date]:
    """`number` days from today on."""
    return (today + dt.timedelta(days=n) for n in range(number))


def day_words(day: dt.date, today: dt.date) -> str:
    """A day as one says it: today, tomorrow, then the weekday, with the date after a week."""
    ahead = (day - today).days
    if ahead in (0, 1):
        return gettext("Today") if ahead == 0 else gettext("Tomorrow")
    weekday = capfirst(str(WEEKDAYS[day.weekday()]))
    return weekday if 0 < ahead < 7 else f"{weekday} {date_format(day, 'j. F')}"
