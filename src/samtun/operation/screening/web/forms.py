"""Dates of what was signed, held or shown; never a paper."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.models import PolicePurpose
from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation.forms import DateField, Form, OneOf


class DateForm(Form):
    """A day that has been."""

    on = DateField(label=_("Which day?"))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.today = today

    def clean_on(self) -> dt.date:
        """Only what has happened can be noted."""
        day: dt.date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("That day has not come yet. Write the day it happened."))
        return day


class CertificateForm(DateForm):
    """A certificate shown for a purpose the law lists: there is no other way to ask."""

    purpose = OneOf(label=_("For which purpose?"), widget=forms.RadioSelect)
    field_order = ("purpose", "on")

    def __init__(self, *args: Any, purposes: list[PolicePurpose], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("purpose", OneOf).offer(purposes, lambda p: f"{in_language(p.name)} ({p.law})")
