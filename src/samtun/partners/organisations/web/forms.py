"""Forms for one's own organisation."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import DateField, Form, OneOf, PhoneField, ShortText
from samtun.foundation.models import Municipality, Share
from samtun.foundation.options import Option
from samtun.kernel.opening import Opening
from samtun.kernel.phones import tidy
from samtun.partners.organisations.models import Membership, Organisation
from samtun.partners.organisations.queries import receivers_for
from samtun.partners.organisations.rules import read_hours, say_hours
from samtun.people.roles.rules import CLASSES

WHAT = {Share.What.VOLUNTEERS: _("Volunteers"), Share.What.REQUESTS: _("Requests for help")}

KINDS = Organisation.Kind
SORTS = [
    (KINDS.ASSOCIATION, _("Association")),
    (KINDS.CENTRE, _("Volunteer centre")),
    (KINDS.UNIT, _("Unit of the municipality")),
    (KINDS.CONGREGATION, _("Congregation")),
    (KINDS.BUSINESS, _("Business")),
]


class ContactForm(Form):
    """How the organisation is reached."""

    phone = PhoneField(label=_("Telephone"), required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False,
        error_messages={"invalid": _("Write an e-mail address with @ and a dot, for example post@eksempel.no.")},
    )  # fmt: skip
    number = ShortText(label=_("Organisation number"), required=False, max_length=20, inputmode="numeric")

    def clean_number(self) -> str:
        """Keep the digits."""
        return "".join(self.cleaned_data["number"].split())


class WeekForm(Form):
    """One line a weekday."""

    marks_optional = False

    def __init__(
        self, *args: Any, hours: dict[int, list[tuple[dt.time, dt.time]]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for day in range(7):
            said = ", ".join(say_hours(*pair) for pair in (hours or {}).get(day, []))
            self.fields[f"day_{day}"] = ShortText(
                label=capfirst(str(WEEKDAYS[day])), required=False, max_length=60, initial=said
            )
            self.fields[f"day_{day}"].widget.attrs["data-width"] = "short"

    def clean(self) -> dict[str, Any]:
        """Read each day."""
        cleaned = super().clean() or {}
        week = []
        for day in range(7):
            text = cleaned.get(f"day_{day}", "")
            try:
                week += [Opening(day, opens, closes) for opens, closes in (read_hours(text) if text else [])]
            except ValueError:
                self.add_error(
                    f"day_{day}", gettext("Write from and to, for example 9–15. Leave it empty when closed.")
                )
        cleaned["week"] = week
        return cleaned


class ClosedForm(Form):
    """From one day to another."""

    starts = DateField(label=_("First day closed"))
    ends = DateField(label=_("Last day closed"))


class ShareForm(Form):
    """What is shared, with whom, for what, until when."""

    receiver = OneOf(label=_("Share with"))
    what = forms.ChoiceField(label=_("What they may see"), choices=list(WHAT.items()))
    purpose = ShortText(
        label=_("What for"), max_length=200, help_text=_("For example: finding someone who can clear snow this winter.")
    )
    ends = DateField(label=_("Ends on"), help_text=_("From this day on it is closed again. At most a year."))

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("receiver", OneOf).offer(receivers_for(organisation))


class NewForm(ContactForm):
    """A body that is to take part."""

    field_order = ("name", "kind", "hosts_volunteers")
    name = ShortText(label=_("Name of the organisation"), max_length=120)
    kind = forms.ChoiceField(label=_("What sort of organisation is it?"), widget=forms.RadioSelect, choices=SORTS)
    hosts_volunteers = forms.BooleanField(
        label=_("Has volunteers of its own who may be asked"), required=False,
        help_text=_("Someone there takes requests and asks the volunteers."),
    )  # fmt: skip


class MunicipalityForm(Form):
    """What everyone sees of the municipality, and how it is reached."""

    shared_name = ShortText(
        label=_("What the pages are called"), max_length=80,
        help_text=_("Shared by all who take part, for example Samtun i Dalgrend."),
    )  # fmt: skip
    phone = PhoneField(
        label=_("Telephone people may ring"), required=False,
        help_text=_("Stands on every page and in messages. Somebody should answer it in the opening hours."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Form of Norwegian"), widget=forms.RadioSelect, choices=Municipality.Language,
        help_text=_("For pages and messages, until somebody chooses another."),
    )  # fmt: skip
    sms_number = ShortText(
        label=_("Number that text messages come from"), required=False, max_length=20, inputmode="tel",
        help_text=_("The one your gateway has given you. Answers come in to it."),
    )  # fmt: skip
    privacy_email = forms.EmailField(
        label=_("E-mail to the privacy officer"), required=False,
        error_messages={"invalid": _("Write an e-mail address with @ and a dot, for example post@eksempel.no.")},
    )  # fmt: skip
    accessibility_url = forms.URLField(
        label=_("Address of the accessibility statement"), required=False, assume_scheme="https",
        error_messages={"invalid": _("Write a web address, for example https://uustatus.no/nn/…")},
    )  # fmt: skip

    def clean_sms_number(self) -> str:
        """Take short numbers too, as gateways have them; a telephone number becomes E.164."""
        typed: str = "".join(self.cleaned_data["sms_number"].split())
        if typed and not re.fullmatch(r"\+?\d{4,15}", typed):
            raise ValidationError(gettext("Write the number with digits only, as your gateway has it."))
        return tidy(typed) or typed


class AppointForm(Form):
    """Who is to act for the organisation."""

    given_name = ShortText(label=_("First name"), max_length=60)
    family_name = ShortText(label=_("Last name"), max_length=60)
    phone = PhoneField(label=_("Mobile number"), help_text=_("The person logs in with this number."))
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    is_deputy = forms.BooleanField(label=_("Steps in when the other is away"), required=False)

    def __init__(
        self, *args: Any, organisation: Organisation, may: Callable[[str], bool] = lambda _role: True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [
            (c.role.value, f"{c.name}: {c.sentence}")
            for c in CLASSES.values()
            if organisation.kind in c.given_in and may(c.role)
        ]

    def clean_phone(self) -> str:
        """Ask for a number that can be texted."""
        phone: str = self.cleaned_data["phone"]
        if phone.startswith("+47") and phone[3] not in "49":
            raise ValidationError(
                gettext("Write a mobile number: the person gets the code to log in as a text message.")
            )
        return phone


class LeaveForm(Form):
    """Who is away, from one day to another, and who steps in."""

    who = forms.ChoiceField(label=_("Who is away?"))
    starts = DateField(label=_("First day away"))
    ends = DateField(label=_("Last day away"))
    cover = forms.ChoiceField(
        label=_("Who steps in?"), required=False,
        help_text=_(
            "The one who steps in has the same desk. With nobody, answers and deadlines wait while it is empty."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(m.id): m for m in people}
        said = [(key, f"{m.person.full_name}, {m.organisation.name}") for key, m in self.people.items()]
        who, cover = self.fields["who"], self.fields["cover"]
        assert isinstance(who, forms.ChoiceField)
        assert isinstance(cover, forms.ChoiceField)
        who.choices = said

    def offer(self, covers: list[Membership]) -> Self:
        """Let these step in."""
        self.people |= {str(m.id): m for m in covers}
        cover = self.fields["cover"]
        assert isinstance(cover, forms.ChoiceField)
        cover.choices = [("", _("Nobody")), *((str(m.id), m.person.full_name) for m in covers)]
        return self

    def clean(self) -> dict[str, Any]:
        """Return the rows behind the choices."""
        cleaned = super().clean() or {}
        if "who" in cleaned:
            cleaned["membership"] = self.people[cleaned.pop("who")]
        cleaned["cover"] = self.people.get(cleaned.get("cover") or "")
        return cleaned


class ChoicesForm(Form):
    """The municipality's choices, as they stand on a day; a field for each, by key."""

    marks_optional = False

    def __init__(self, *args: Any, options: Iterable[Option[Any]], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for option in options:
            self.fields[option.key] = _field_of(option, option.read(today))


def _field_of(option: Option[Any], value: Any) -> forms.Field:
    label: Any = option.text
    if isinstance(option.default, bool):
        return forms.BooleanField(label=label, required=False, initial=value)
    if not isinstance(option.default, int):
        return ShortText(label=label, max_length=200, initial=value, required=False)
    least, most = option.least or 0, 9999 if option.most is None else option.most
    wrong = _("Write a number from %(least)s to %(most)s.") % {"least": least, "most": most}
    return forms.IntegerField(
        label=label, initial=value, min_value=least, max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "short", "autocomplete": "off"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong, "required": wrong},
    )  # fmt: skip
