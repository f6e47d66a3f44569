"""What people fill in about help: on the telephone with us, or by themselves."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.models import TaskType
from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation.forms import (
    AsksAboutIllness,
    Card,
    Cards,
    ClockField,
    DateField,
    DayField,
    Form,
    LongText,
    PhoneField,
    ShortText,
)  # fmt: skip
from samtun.operation.help_requests.enums import Outcome
from samtun.people.consents.models import Consent
from samtun.people.places.models import Village

NEW_PERSON = "new"
ICONS = {
    "social": "cup", "practical": "shovel", "transport": "car", "companion": "walk", "knowledge": "book",
    "organising": "users", "grey": "info", "professional": "info",
}  # fmt: skip
MINUTES: list[tuple[int, str | Promise]] = [
    (15, _("A quarter of an hour")), (30, _("Half an hour")), (45, _("Three quarters of an hour")), (60, _("An hour")),
    (90, _("An hour and a half")), (120, _("Two hours")), (180, _("Three hours")), (240, _("Four hours")),
]  # fmt: skip


def type_cards(types: list[TaskType]) -> list[tuple[str, Card]]:
    """Return the kinds of help as big choices."""
    return [
        (str(t.id), Card(in_language(t.name), in_language(t.limits)[:110], ICONS.get(t.task_class, "hands")))
        for t in types
    ]


class WishForm(AsksAboutIllness, Form):
    """What, which day, what time, how long."""

    asked_about: ClassVar[tuple[str, ...]] = ("words", "gives")

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    task_type = forms.ChoiceField(label=_("What would be of help?"), widget=Cards)
    words = LongText(
        label=_("In their own words"), required=False, max_length=400, rows=2,
        help_text=_("What they would like done. Not illness or diagnoses."),
    )  # fmt: skip
    on = DayField(label=_("Which day?"))
    at = ClockField(
        label=_("What time?"), required=False, help_text=_("Leave it empty if any time that day will do."),
        error_messages={"invalid": _("Write the time as 10.30, or leave it empty if any time will do.")},
    )  # fmt: skip
    minutes = forms.TypedChoiceField(label=_("How long, about?"), coerce=int, choices=MINUTES, initial=60)

    def __init__(self, *args: Any, types: list[TaskType], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.types = {str(t.id): t for t in types}
        self.part("task_type", forms.ChoiceField).choices = type_cards(types)
        self.part("on", DayField).start_at(today)

    def clean_task_type(self) -> TaskType:
        """Return the kind of help itself."""
        return self.types[self.cleaned_data["task_type"]]


class CallForm(WishForm):
    """The whole call on one screen: who, for whom, what, when, and who is not wanted."""

    q = ShortText(
        label=_("Who is it for?"), required=False, max_length=80,
        help_text=_("Write at least three letters of the name, or the whole telephone number."),
    )  # fmt: skip
    person = forms.ChoiceField(label=_("Choose the right one"), required=False, widget=forms.RadioSelect)
    given_name = ShortText(label=_("First name"), required=False, max_length=60)
    family_name = ShortText(label=_("Family name"), required=False, max_length=60)
    phone = PhoneField(label=_("Telephone"), required=False, autocomplete="off")
    phone_kind = forms.ChoiceField(
        label=_("What sort of telephone?"), required=False, widget=forms.RadioSelect, initial="mobile",
        choices=[("mobile", _("Mobile")), ("landline", _("Landline, no texts"))],
    )  # fmt: skip
    address = ShortText(label=_("Address"), required=False, max_length=120)
    village: "forms.ModelChoiceField[Village]" = forms.ModelChoiceField(
        label=_("Which part of the municipality?"), required=False, queryset=None, empty_label=_("Choose")
    )
    asked_by = ShortText(
        label=_("Is someone else ringing for them? Who?"), required=False, max_length=120,
        help_text=_("Name and how they know each other. Leave it empty when they ring themselves."),
    )  # fmt: skip
    asked_by_phone = PhoneField(label=_("Their telephone"), required=False, autocomplete="off")
    consent = forms.BooleanField(
        label=_("The person has said yes to us being asked"), required=False,
        help_text=_("Without a yes it waits until you have asked the person."),
    )  # fmt: skip
    wants_too = forms.BooleanField(
        label=_("Would the one who rings like a hand too?"), required=False,
        help_text=_("Then it stands on the desk to ring them."),
    )  # fmt: skip
    not_wanted = ShortText(
        label=_("Is there someone they would rather not have?"), required=False, max_length=160,
        help_text=_("Write the full name, with a comma between several. No reason is needed. Nobody gets to see it."),
    )  # fmt: skip
    source = forms.ChoiceField(
        label=_("How did it come in?"), required=False, initial="call",
        choices=[
            ("call", _("By telephone or in person")), ("paper", _("On paper")), ("sms", _("By text message")),
            ("passed_on", _("Passed on by someone")),
        ],
    )  # fmt: skip
    gives = ShortText(
        label=_("Is there something they would like to give a hand with?"), required=False, max_length=300,
        help_text=_("Everyone is asked, lightly. Leave it empty if not."),
    )  # fmt: skip
    referral = forms.UUIDField(required=False, widget=forms.HiddenInput)
    note = forms.UUIDField(required=False, widget=forms.HiddenInput)
    inbound = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, villages: Any, hits: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("village", forms.ModelChoiceField).queryset = villages
        self.part("person", forms.ChoiceField).choices = [*hits, (NEW_PERSON, _("Someone new"))]

    @property
    def is_new(self) -> bool:
        """True when the person is to be registered."""
        return self.cleaned_data.get("person") in {"", None, NEW_PERSON}

    def clean(self) -> dict[str, Any]:
        """See that it is told who it is for, and whose consent there is."""
        data = super().clean() or self.cleaned_data
        if self.is_new and not data.get("given_name") and "given_name" not in self.errors:
            self.add_error(
                "q" if not data.get("family_name") else "given_name",
                _("Find the person, or write at least a first name under “Someone new”."),
            )
        if self.is_new and not data.get("phone") and not data.get("address") and "phone" not in self.errors:
            self.add_error("phone", _("Write a telephone number, or an address to send a letter to."))
        to_ring = data.get("wants_too") or (data.get("asked_by") and data.get("gives"))
        if to_ring and not data.get("asked_by") and "asked_by" not in self.errors:
            self.add_error("asked_by", _("Write the name of the one who rings for them."))
        if to_ring and not data.get("asked_by_phone") and "asked_by_phone" not in self.errors:
            self.add_error("asked_by_phone", _("Write their number, so that we can ring them about it."))
        return data

    def names_not_wanted(self) -> list[str]:
        """Return the full names written, one by one."""
        return [n for n in (" ".join(part.split()) for part in self.cleaned_data["not_wanted"].split(",")) if n]


class PublicForm(WishForm):
    """«Spør om hjelp»: the same without an account. Nobody is asked why."""

    name = ShortText(label=_("Your name"), max_length=120, autocomplete="name")
    phone = PhoneField(label=_("Your telephone number"), help_text=_("So that we can ring you."))
    phone_kind = forms.ChoiceField(
        label=_("Can we send you a text?"), widget=forms.RadioSelect, initial="mobile",
        choices=[("mobile", _("Yes, it is a mobile")), ("landline", _("No, ring me"))],
    )  # fmt: skip
    village: "forms.ModelChoiceField[Village]" = forms.ModelChoiceField(
        label=_("Where do you live?"),
        required=False,
        queryset=None,
        empty_label=_("I would rather say it on the telephone"),
    )
    for_whom = forms.ChoiceField(
        label=_("Who is it for?"), widget=forms.RadioSelect, initial="self",
        choices=[("self", _("For me")), ("other", _("For someone else"))],
    )  # fmt: skip
    other_name = ShortText(label=_("Their name"), required=False, max_length=120)
    other_phone = PhoneField(label=_("Their telephone number"), required=False, autocomplete="off")
    wants_too = forms.BooleanField(
        label=_("And you, would you like a hand yourself?"), required=False,
        help_text=_("Then we ring you about that too."),
    )  # fmt: skip
    gives = ShortText(
        label=_("Is there something you would like to give a hand with?"), required=False, max_length=300,
        help_text=_("Baking, a chat on the telephone, knitting, knowing the valley. Only if you like."),
    )  # fmt: skip

    def __init__(self, *args: Any, villages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("village", forms.ModelChoiceField).queryset = villages
        self.fields["words"].label = _("Anything more we should know?")
        self.fields["words"].help_text = _("You need not say why. Do not write about illness.")
        self.fields["minutes"].required = False

    def clean(self) -> dict[str, Any]:
        """See that someone else is named when it is for them."""
        data = super().clean() or self.cleaned_data
        if data.get("for_whom") == "other" and not data.get("other_name"):
            self.add_error("other_name", _("Write the name of the one it is for."))
        return data


class AssessForm(AsksAboutIllness, Form):
    """Whose task it is, and why."""

    asked_about = ("reason",)

    outcome = forms.ChoiceField(
        label=_("Whose task is it?"), widget=forms.RadioSelect,
        choices=[
            (Outcome.VOLUNTEER, _("A volunteer's")), (Outcome.MUNICIPALITY, _("The municipality's")),
            (Outcome.BUSINESS, _("Can be bought here")), (Outcome.OTHER, _("Someone else's")),
            (Outcome.CANNOT, _("Nobody can")),
        ],
    )  # fmt: skip
    reason = LongText(label=_("Why?"), max_length=300, rows=2, help_text=_("A few words. Nothing about health."))


class PlanForm(AsksAboutIllness, Form):
    """What someone who comes again and again is given before they are asked (R28)."""

    asked_about = ("limits", "whom_to_call", "how_often")

    limits = LongText(label=_("What belongs to it, and what does not?"), max_length=300, rows=2)
    whom_to_call = ShortText(label=_("Whom to ring when something is amiss?"), max_length=120)
    how_often = ShortText(label=_("How often?"), max_length=120, required=False)


class ConsentForm(Form):
    """That the person themselves has said yes."""

    basis = forms.ChoiceField(
        label=_("Who said yes?"), widget=forms.RadioSelect, initial=Consent.Basis.SELF,
        choices=[
            (Consent.Basis.SELF, _("The person")), (Consent.Basis.NEXT_OF_KIN, _("Next of kin, who may")),
            (Consent.Basis.GUARDIAN, _("The guardian")),
        ],
    )  # fmt: skip
    given_by = ShortText(label=_("Name of the one who said yes"), max_length=120)


class CancelForm(AsksAboutIllness, Form):
    """Why it is cancelled: for ourselves, in a few words."""

    asked_about = ("reason",)

    reason = ShortText(label=_("A few words about why, for ourselves"), required=False, max_length=200)


class MinutesForm(Form):
    """How long it took."""

    minutes = forms.IntegerField(
        label=_("How many minutes did it take?"), min_value=0, max_value=1440,
        error_messages={
            "invalid": _("Write the number of minutes with digits, for example 45."),
            "max_value": _("Write at most one day: 1440 minutes."), "min_value": _("Write 0 or more."),
        },
        widget=forms.NumberInput(attrs={"data-width": "short", "inputmode": "numeric"}),
    )  # fmt: skip


class CodeForm(Form):
    """The code we sent."""

    code = ShortText(label=_("The code we sent you"), max_length=10, autocomplete="one-time-code", inputmode="numeric")


def person_label(
    person_id: uuid.UUID, name: str, village: str, phone_end: str, birth_year: int | None
) -> tuple[str, str]:
    """Return a choice that lets one tell people of the same name apart."""
    rest = ", ".join(
        part
        for part in (village, f"… {phone_end}" if phone_end else "", f"f. {birth_year}" if birth_year else "")
        if part
    )
    return str(person_id), f"{name} ({rest})" if rest else name


class AskerCallForm(Form):
    """Nothing to fill in: they have been rung."""


class VisitorCallForm(Form):
    """What a volunteer would like after a call: a talk on a day, a pause."""

    talk_on = DayField(label=_("Wants a talk"), required=False)
    wants_pause = forms.BooleanField(label=_("Wants a pause"), required=False)
    pause_until = DateField(
        label=_("Pause until which day?"), required=False, help_text=_("Leave it empty for a pause until they say.")
    )

    def __init__(self, *args: Any, today: dt.date, pauses: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        day = self.fields["talk_on"]
        assert isinstance(day, DayField)
        day.start_at(today)
        if not pauses:
            del self.fields["wants_pause"], self.fields["pause_until"]

    def clean(self) -> dict[str, Any]:
        """Let a day mean a pause, and a pause end some day to come."""
        data = super().clean() or self.cleaned_data
        until = data.get("pause_until")
        if until and until < self.today:
            self.add_error("pause_until", _("That day has been. Choose today or a later day."))
        if until:
            data["wants_pause"] = True
        return data


class GoOnForm(Form):
    """What a visitor says about going on where the person is now."""

    goes_on = forms.TypedChoiceField(
        label=_("What did they say?"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("yes", _("Goes on there")), ("no", _("Waits until they are back"))],
    )  # fmt: skip


class TalkForm(AsksAboutIllness, Form):
    """What was said, in a few neutral words; the next talk; or that the arrangement has ended."""

    asked_about = ("note",)

    note = LongText(
        label=_("About the arrangement, in a few words"), required=False, max_length=300, rows=3,
        help_text=_("Time, place, what suits. Nothing about illness or how anyone is."),
    )  # fmt: skip
    next_on = DateField(
        label=_("When is the next talk?"), required=False, help_text=_("Leave it empty to follow the usual rhythm.")
    )
    has_ended = forms.BooleanField(label=_("They no longer meet: no more talks"), required=False)
