"""What a certificate says."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import AsksAboutIllness, DateField, Form, LongText, ShortText


def _day(label: Any) -> DateField:
    return DateField(label=label)


class CertificateForm(AsksAboutIllness, Form):
    """The period, a few words of one's own, and who signs."""

    asked_about = ("words",)
    starts = _day(_("From which day?"))
    ends = _day(_("To which day?"))
    words = LongText(
        label=_("What you would like to say"), required=False, max_length=500,
        help_text=_("In your own words: how the person works with others. Nothing about health, and never why."),
    )  # fmt: skip
    signer = ShortText(label=_("Who signs?"), max_length=120)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """See that the period is in order and not of days to come."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The last day must be the same as the first day, or later."))
        elif ends and ends > self.today:
            self.add_error("ends", _("That day has not come yet. Choose today or an earlier day."))
        return data
