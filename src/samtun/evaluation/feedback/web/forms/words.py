"""What is filled in: a few ticks about something different, whom may be told, a concern, and its steps."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.evaluation.feedback.actions.contacts import Way
from samtun.evaluation.feedback.enums import Kind, Noted, Outcome
from samtun.evaluation.feedback.queries.concerning import Named
from samtun.evaluation.feedback.rules import MOST_WORDS
from samtun.foundation.forms import AsksAboutIllness, DateField, Form, LongText, PhoneField, ShortText
from samtun.partners.organisations.models import Organisation
from samtun.people.consents.models import Consent


class DifferentForm(AsksAboutIllness, Form):
    """What was different: lines to tick, and at most 300 characters."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    ticked = forms.MultipleChoiceField(
        label=_("What was different?"), choices=Noted.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what you saw. You need not know why."),
    )  # fmt: skip
    words = LongText(
        label=_("A few words, if you like"), max_length=MOST_WORDS, rows=3, required=False,
        help_text=_("What you saw or heard. Not illness, and no guesses."),
    )  # fmt: skip
    marks_optional = False

    def clean(self) -> dict[str, Any]:
        """See that something is said."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("ticked") and not data.get("words") and not self.errors:
            self.add_error("ticked", _("Tick what was different, or write a few words."))
        return data


class ContactForm(Form):
    """Whom the person has agreed may be told, in the person's own words."""

    unit = forms.ModelChoiceField(
        queryset=Organisation.unscoped.none(), label=_("Where do they work?"), empty_label=None
    )
    name = ShortText(label=_("Who may be told?"), max_length=120, help_text=_("First name and family name."))
    title = ShortText(label=_("What are they?"), max_length=60, required=False, help_text=_("For example home nurse."))
    phone = PhoneField(label=_("Their mobile number"), required=False, autocomplete="off")
    email = forms.EmailField(label=_("Their e-mail"), required=False)
    channel = forms.ChoiceField(
        label=_("How are they told that something waits?"), widget=forms.RadioSelect, initial="sms",
        choices=[("sms", _("Text message")), ("email", _("E-mail"))],
    )  # fmt: skip
    deputy_name = ShortText(label=_("Who steps in when they are away?"), max_length=120, required=False)
    deputy_phone = PhoneField(label=_("The deputy's mobile number"), required=False, autocomplete="off")
    basis = forms.ChoiceField(
        label=_("Who said yes?"), widget=forms.RadioSelect, initial=Consent.Basis.SELF,
        choices=[
            (Consent.Basis.SELF, _("The person")), (Consent.Basis.NEXT_OF_KIN, _("Next of kin")),
            (Consent.Basis.GUARDIAN, _("Guardian")),
        ],
    )  # fmt: skip
    given_by = ShortText(label=_("Their name, when it was not the person"), max_length=120, required=False)
    form = forms.ChoiceField(
        label=_("How was it said?"), widget=forms.RadioSelect, initial=Consent.Form.ORAL,
        choices=[(Consent.Form.ORAL, _("Said aloud")), (Consent.Form.WRITTEN, _("In writing"))],
    )  # fmt: skip

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units

    def clean(self) -> dict[str, Any]:
        """See that each one named can be reached."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("phone") and not data.get("email") and "phone" not in self.errors:
            self.add_error("phone", _("Write a mobile number, or an e-mail address."))
        if data.get("channel") == "email" and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write the e-mail address, or choose text message."))
        if data.get("deputy_name") and not data.get("deputy_phone") and "deputy_phone" not in self.errors:
            self.add_error("deputy_phone", _("Write the deputy's mobile number."))
        if data.get("basis") not in {None, Consent.Basis.SELF} and not data.get("given_by"):
            self.add_error("given_by", _("Write the name of the one who said yes for the person."))
        return data

    def who(self) -> Way:
        """Return the one who may be told."""
        data = self.cleaned_data
        return Way(data["name"], data["phone"], data["email"], data["channel"])

    def deputy(self) -> Way | None:
        """Return who steps in, if anyone."""
        data = self.cleaned_data
        return Way(data["deputy_name"], data["deputy_phone"]) if data["deputy_name"] else None


class ConcernForm(Form):
    """A concern: what, about whom if anyone, who is to receive it. A name is not asked for, only allowed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What is it about?"), choices=Kind.choices, widget=forms.RadioSelect)
    text = LongText(label=_("What is wrong?"), max_length=2000, rows=6, help_text=_("What happened, where and when."))
    about = ShortText(
        label=_("Is it about somebody in particular?"), max_length=120, required=False,
        help_text=_("Their name. They never get to read this here."),
    )  # fmt: skip
    concerned = forms.MultipleChoiceField(
        label=_("Is it about one of those who receive?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Then it is closed to them, and goes to the others."),
    )  # fmt: skip
    to = forms.ChoiceField(label=_("Who is to receive it?"), widget=forms.RadioSelect, initial="inside")
    name = ShortText(label=_("Your name, if you like"), max_length=120, required=False, autocomplete="name")
    phone = PhoneField(label=_("Your number, if we may ring you"), required=False)
    marks_optional = False

    def __init__(self, *args: Any, inside: Sequence[Named], outside: Sequence[Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices(
            "concerned", [(str(n.person.id), f"{n.person.full_name}, {n.title}") for n in [*inside, *outside]]
        )
        ways = [("inside", self._who(inside)), ("outside", self._who(outside)), ("both", gettext("Both"))]
        ways = [w for w in ways if w[1] and (w[0] != "both" or (inside and outside))]
        self._choices("to", ways)
        if len(ways) < 2:
            self.fields["to"].required = False
        if not inside and outside:
            self.initial["to"] = "outside"

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _who(self, people: Sequence[Named]) -> str:
        return "; ".join(f"{n.person.full_name}, {n.title}" for n in people)

    @property
    def one_way(self) -> bool:
        """True when there is nothing to choose between."""
        field = self.fields["to"]
        return not field.required


class EnterForm(ConcernForm):
    """A concern that a receiver writes down for somebody who rings, writes or comes by."""

    via = forms.ChoiceField(
        label=_("How did it come in?"), widget=forms.RadioSelect, initial="call",
        choices=[("call", _("On the telephone")), ("paper", _("On paper")), ("visit", _("Face to face"))],
    )  # fmt: skip


class CodeForm(Form):
    """The code by which one comes back."""

    code = ShortText(
        label=_("Your code"), max_length=60, help_text=_("Two words and a number, for example furu-hest-48213.")
    )


class MoreForm(Form):
    """Something more from the one who told."""

    text = LongText(label=_("Is there something more?"), max_length=2000, rows=4)


class AnswerForm(Form):
    """Words to the one who told: what is written while it goes on."""

    text = LongText(
        label=_("Words to the one who told"), max_length=2000, rows=4, help_text=_("They read it by the code.")
    )


class CloseForm(Form):
    """The answer with which it is closed."""

    answer = LongText(
        label=_("The answer to the one who told"), max_length=2000, rows=4, help_text=_("They read it by the code.")
    )


class HeardForm(Form):
    """That the one concerned has been told and heard."""

    on = DateField(label=_("Which day?"))
    who = ShortText(label=_("Who talked with them?"), max_length=120)


class WaitForm(Form):
    """Why the one concerned is not told yet."""

    reason = LongText(
        label=_("Why must it wait?"), max_length=500, rows=2,
        help_text=_("Only when telling them now would put somebody in danger, or destroy what must be looked into."),
    )  # fmt: skip


class OutcomeForm(Form):
    """What it came to."""

    outcome = forms.ChoiceField(label=_("What did it come to?"), choices=Outcome.choices, widget=forms.RadioSelect)


class OutsideForm(Form):
    """One outside the organisation who receives, with what everyone may read."""

    name = ShortText(label=_("Name"), max_length=120)
    title = ShortText(
        label=_("Who are they?"), max_length=100, help_text=_("For example privacy officer in the next municipality.")
    )
    phone = PhoneField(label=_("Telephone"), autocomplete="off")
    address = ShortText(label=_("Postal address"), max_length=160, required=False)

    def who(self) -> Way:
        """Return name and number."""
        return Way(self.cleaned_data["name"], self.cleaned_data["phone"])


class DoorForm(Form):
    """Six digits, to see what waits."""

    code = ShortText(
        label=_("The code we sent you"), max_length=12, inputmode="numeric", autocomplete="one-time-code",
        widget=forms.TextInput(attrs={"data-width": "short"}),
    )  # fmt: skip
