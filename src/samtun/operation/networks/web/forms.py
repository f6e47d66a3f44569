"""What is written about networks and home visits. Free text about a person asks about illness."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import (
    AsksAboutIllness,
    DateField,
    DayField,
    Form,
    LongText,
    OneOf,
    PhoneField,
    ShortText,
)
from samtun.operation.networks.actions import Needs
from samtun.operation.networks.enums import Ended, VisitOutcome
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.models import Organisation
from samtun.people.consents.models import Consent


class BeginForm(Form):
    """The person's own yes, and who begins."""

    basis = forms.ChoiceField(
        label=_("Who said yes?"), widget=forms.RadioSelect, initial=Consent.Basis.SELF,
        choices=[
            (Consent.Basis.SELF, _("The person")), (Consent.Basis.NEXT_OF_KIN, _("Next of kin, who may")),
            (Consent.Basis.GUARDIAN, _("The guardian")),
        ],
    )  # fmt: skip
    given_by = ShortText(label=_("Name of the one who said yes"), max_length=120)
    form = forms.ChoiceField(
        label=_("How was it said?"), widget=forms.RadioSelect, initial=Consent.Form.ORAL,
        choices=[(Consent.Form.ORAL, _("In words")), (Consent.Form.WRITTEN, _("In writing"))],
    )  # fmt: skip
    who = ShortText(label=_("Who does the first step?"), max_length=120)
    said_yes = forms.BooleanField(
        label=_("Has been told that a sheet with names will be made, and says yes to a network")
    )


class StepForm(AsksAboutIllness, Form):
    """What was done, when, and who does the next."""

    asked_about: ClassVar[tuple[str, ...]] = ("note",)

    on = DateField(label=_("When was it done?"))
    note = LongText(
        label=_("What did you agree on?"), required=False, max_length=300, rows=3,
        help_text=_("What is wished for, what suits. Nothing about illness or how anyone is."),
    )  # fmt: skip
    who = ShortText(label=_("Who does the next step?"), required=False, max_length=120)


class SkipForm(AsksAboutIllness, Form):
    """Why a step is skipped."""

    asked_about: ClassVar[tuple[str, ...]] = ("because",)

    because = ShortText(label=_("Why is it skipped?"), max_length=200)


class NearForm(AsksAboutIllness, Form):
    """Somebody near: kin, a neighbour, an employee, in words and with a yes."""

    asked_about: ClassVar[tuple[str, ...]] = ("what",)

    name = ShortText(label=_("Name"), max_length=80)
    phone = PhoneField(label=_("Telephone"), required=False)
    what = ShortText(label=_("What do they do?"), max_length=60, required=False, help_text=_("For example: rings"))
    when_words = ShortText(label=_("When?"), max_length=60, required=False, help_text=_("For example: Sundays at 18"))
    is_employee = forms.BooleanField(label=_("Is an employee of the municipality"), required=False)
    said_yes = forms.BooleanField(label=_("Has been asked, and says yes to standing here with name and number"))


class GroupForm(AsksAboutIllness, Form):
    """A group or association."""

    asked_about: ClassVar[tuple[str, ...]] = ("what", "when_words")

    organisation = OneOf(label=_("Which group or association?"))
    what = ShortText(label=_("What do they do?"), max_length=60, required=False)
    when_words = ShortText(label=_("When?"), max_length=60, required=False)

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("organisation", OneOf).offer(organisations, none=_("Choose"))


class VolunteerForm(AsksAboutIllness, Form):
    """A volunteer who has agreed with the person."""

    asked_about: ClassVar[tuple[str, ...]] = ("what",)

    volunteer = OneOf(label=_("Which volunteer?"))
    what = ShortText(label=_("What do they do?"), max_length=60, required=False, help_text=_("For example: rings"))
    when_words = ShortText(label=_("When?"), max_length=60, required=False, help_text=_("For example: Sundays at 18"))

    def __init__(self, *args: Any, volunteers: list[Volunteer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("volunteer", OneOf).offer(volunteers, lambda v: v.person.full_name, none=_("Choose"))


class TalkForm(AsksAboutIllness, Form):
    """Whether the talk was held, a few neutral words, and the next one."""

    asked_about: ClassVar[tuple[str, ...]] = ("note",)

    held = forms.ChoiceField(
        label=_("Did you talk?"), widget=forms.RadioSelect,
        choices=[("yes", _("Yes, we have talked")), ("no", _("No, it came to nothing this time"))],
    )  # fmt: skip
    note = LongText(
        label=_("About the arrangement, in a few words"), required=False, max_length=300, rows=3,
        help_text=_("Time, place, what suits. Nothing about illness or how anyone is."),
    )  # fmt: skip
    next_on = DateField(
        label=_("When is the next talk?"), required=False, help_text=_("Leave it empty to follow the usual rhythm.")
    )
    is_last = forms.BooleanField(label=_("No more guidance is needed"), required=False)

    def __init__(self, *args: Any, is_guidance: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_guidance:
            del self.fields["is_last"]


class RhythmForm(Form):
    """How many opening days between talks."""

    days = forms.IntegerField(
        label=_("Opening days between talks"), required=False, min_value=2, max_value=120,
        help_text=_("Empty: as usual here, shorter when a volunteer meets the person alone."),
        widget=forms.NumberInput(attrs={"data-width": "short", "inputmode": "numeric"}),
        error_messages={
            "min_value": _("Choose between 2 and 120 opening days between talks."),
            "max_value": _("Choose between 2 and 120 opening days between talks."),
            "invalid": _("Write the number with digits."),
        },
    )  # fmt: skip


class EndForm(AsksAboutIllness, Form):
    """Why a network ends."""

    asked_about: ClassVar[tuple[str, ...]] = ("note",)

    because = forms.ChoiceField(
        label=_("Why does it end?"), widget=forms.RadioSelect,
        choices=[
            (Ended.STANDS, _("It stands on its own now")), (Ended.WISHED, _("The person wishes it")),
            (Ended.MOVED, _("The person has moved")), (Ended.OTHER, _("Something else")),
        ],
    )  # fmt: skip
    note = ShortText(label=_("A few words about why, for ourselves"), required=False, max_length=200)


class VisitForm(Form):
    """The day of a visit, and who goes."""

    on = DayField(label=_("Which day?"))
    who = ShortText(label=_("Who goes?"), max_length=120)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("on", DayField).start_at(today)


class OutcomeForm(AsksAboutIllness, Form):
    """Whose task it is, and what is practical. There is no field for anything clinical."""

    asked_about: ClassVar[tuple[str, ...]] = ("reason", "needs_what", "limits")

    outcome = forms.ChoiceField(
        label=_("Whose task is it?"), widget=forms.RadioSelect,
        choices=[
            (VisitOutcome.VOLUNTEER, _("A volunteer's")), (VisitOutcome.MUNICIPALITY, _("The municipality's")),
            (VisitOutcome.BOTH, _("Both: each its own part")), (VisitOutcome.NOT_NOW, _("Nobody's just now")),
        ],
    )  # fmt: skip
    reason = ShortText(label=_("Why?"), max_length=200, help_text=_("A few words. Nothing about health."))
    needs_what = ShortText(label=_("What is to be done?"), required=False, max_length=200)
    needs_where = ShortText(label=_("Where?"), required=False, max_length=120)
    how_often = ShortText(label=_("How often?"), required=False, max_length=120)
    limits = LongText(label=_("What belongs to it, and what does not?"), required=False, max_length=300, rows=2)
    whom_to_call = ShortText(label=_("Whom to ring when something is amiss?"), required=False, max_length=120)

    def needs(self) -> Needs:
        """Return what is practical."""
        data = self.cleaned_data
        return Needs(
            what=data["needs_what"], where=data["needs_where"], how_often=data["how_often"], limits=data["limits"],
            whom_to_call=data["whom_to_call"],
        )  # fmt: skip

    def clean(self) -> Any:
        """Ask for the plan in its own fields, when a volunteer is to come."""
        data = super().clean()
        if data.get("outcome") in {VisitOutcome.VOLUNTEER, VisitOutcome.BOTH}:
            for name, words in (
                ("limits", _("Write what belongs to it and what does not: a volunteer must know.")),
                ("whom_to_call", _("Write whom to ring: without it no volunteer can be asked.")),
            ):
                if name not in self.errors and not data.get(name):
                    self.add_error(name, words)
        return data
