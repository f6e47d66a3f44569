"""What is written about ideas and initiatives."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.codesign.ideas.enums import Answered, PromiseKind, Via
from samtun.codesign.ideas.models import Helper
from samtun.codesign.ideas.rules import WRITTEN_DOWN
from samtun.codesign.needs.models import Need
from samtun.foundation.forms import AsksAboutIllness, DayField, Form, LongText, OneOf, PhoneField, ShortText
from samtun.foundation.models import Owner
from samtun.partners.organisations.models import Membership
from samtun.people.persons.models import Person

CAME = [
    (Via.PHONE, _("On the telephone")), (Via.TALK, _("Face to face")), (Via.PAPER, _("On paper")),
    (Via.SMS, _("By text message")),
]  # fmt: skip
TEXTS = [(Person.Reached.MOBILE, _("Yes, it is a mobile")), (Person.Reached.LANDLINE, _("No, ring me"))]
NO_ILLNESS = _("Do not write about anyone's illness, nor name others than yourself.")


class Who(Form):
    """A part of a form: who it is, and whether a text reaches them."""

    name = ShortText(label=_("Your name"), max_length=120, autocomplete="name")
    phone = PhoneField(label=_("Your telephone number"), help_text=_("So that you hear what comes of it."))
    phone_kind = forms.ChoiceField(
        label=_("Can we send you a text?"), widget=forms.RadioSelect, initial=Person.Reached.MOBILE, choices=TEXTS
    )


class IdeaForm(AsksAboutIllness, Form):
    """An idea in its own words."""

    asked_about = ("words", "title")

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = ShortText(label=_("Your idea, in one line"), max_length=80)
    words = LongText(label=_("Tell more"), max_length=1500, rows=6, help_text=NO_ILLNESS)
    village: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Where?"), required=False, queryset=None, empty_label=_("Nowhere in particular")
    )
    is_public = forms.BooleanField(
        label=_("Everyone may read my idea"), required=False,
        help_text=_("Then others can say “yes, and …”. It is shown when somebody here has answered you."),
    )  # fmt: skip
    shown_as = ShortText(
        label=_("What would you like to be called where everyone reads it?"), max_length=60, required=False,
        help_text=_("A first name will do. Leave it empty to stand there without a name."),
    )  # fmt: skip

    def __init__(self, *args: Any, villages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("village", forms.ModelChoiceField).queryset = villages


class PublicIdeaForm(IdeaForm, Who):
    """An idea from anyone, with the number that is proved afterwards."""

    field_order = ("key", "title", "words", "village", "name", "phone", "phone_kind", "is_public", "shown_as")


class OwnIdeaForm(IdeaForm):
    """An idea from one who is logged in: their own, or an organisation's."""

    from_owner = OneOf(label=_("Whose idea is it?"), widget=forms.RadioSelect, required=False)
    near_words = LongText(
        label=_("Who nearly does this already, and why is it wanted still?"), max_length=600, rows=3, required=False,
        help_text=_("Look at what exists nearby first. Perhaps somebody would like a hand with theirs."),
    )  # fmt: skip

    def __init__(self, *args: Any, owners: Sequence[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("from_owner", OneOf).offer(owners, none=_("My own"))
        if not owners:
            del self.fields["from_owner"]
        if not any(o.kind == Owner.Kind.CENTRE for o in owners):
            del self.fields["near_words"]


class TakeDownForm(IdeaForm):
    """An idea that somebody says on the telephone or hands in on paper, written down by a coordinator."""

    via = forms.ChoiceField(label=_("How did it come in?"), widget=forms.RadioSelect, initial=Via.PHONE, choices=CAME)
    name = ShortText(label=_("Whose idea is it?"), max_length=120)
    phone = PhoneField(label=_("Telephone number"), required=False, autocomplete="off")
    phone_kind = forms.ChoiceField(
        label=_("Can we send them a text?"), widget=forms.RadioSelect, initial=Person.Reached.MOBILE,
        choices=[(Person.Reached.MOBILE, _("Yes, it is a mobile")), (Person.Reached.LANDLINE, _("No, ring them"))],
    )  # fmt: skip
    field_order = (
        "key", "via", "name", "phone", "phone_kind", "title", "words", "village", "is_public", "shown_as",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("The idea, in one line")
        self.fields["words"].label = _("In their own words")
        self.fields["is_public"].label = _("They want everyone to be able to read it")
        self.fields["shown_as"].label = _("What do they want to be called there?")


class CodeForm(Form):
    """The code we sent."""

    code = ShortText(label=_("The code we sent you"), max_length=10, autocomplete="one-time-code", inputmode="numeric")


class AddForm(AsksAboutIllness, Who):
    """What somebody adds: "yes, and …"."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = LongText(label=_("Yes, and …"), max_length=800, rows=4, help_text=_("What would make it better still?"))
    shown_as = ShortText(
        label=_("What would you like to be called on the page?"), max_length=60, required=False,
        help_text=_("A first name will do. Leave it empty to stand there without a name."),
    )  # fmt: skip
    field_order = ("key", "words", "name", "phone", "phone_kind", "shown_as")


class AskForm(AsksAboutIllness, Who):
    """A question to the named person."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = LongText(label=_("What are you wondering about?"), max_length=800, rows=4)
    field_order = ("key", "words", "name", "phone", "phone_kind")


class JoinForm(AsksAboutIllness, Who):
    """One who says "I'm in"."""

    words = ShortText(
        label=_("What would you like to do?"), max_length=300, required=False,
        help_text=_("Only if you know already."),
    )  # fmt: skip
    field_order: tuple[str, ...] = ("name", "phone", "phone_kind", "words")


class HelperDownForm(JoinForm):
    """One who says on the telephone that they are in, written down by a coordinator."""

    via = forms.ChoiceField(label=_("How did it come in?"), widget=forms.RadioSelect, initial=Via.PHONE, choices=CAME)
    field_order = ("via", "name", "phone", "phone_kind", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label, self.fields["phone"].label = _("Who?"), _("Telephone number")
        self.fields["phone"].help_text, self.fields["phone"].required = "", False
        self.fields["phone_kind"].label = _("Can we send them a text?")
        self.fields["words"].label = _("What would they like to do?")


class AnswerForm(Form):
    """The answer, with one's own name under."""

    outcome = forms.ChoiceField(label=_("What does it come to?"), widget=forms.RadioSelect, choices=Answered.choices)
    words = LongText(
        label=_("The answer"), max_length=1500, rows=4,
        help_text=_("It goes to the one who has the idea, with your name under. They may go on whatever you answer."),
    )  # fmt: skip

    def clean_outcome(self) -> Answered:
        """Return the outcome itself."""
        return Answered(self.cleaned_data["outcome"])


class QuestionForm(Form):
    """The answer to a question."""

    words = LongText(label=_("The answer"), max_length=800, rows=3)


class WhyForm(AsksAboutIllness, Form):
    """Why something is taken off the open pages, or not done."""

    words = LongText(label=_("Why?"), max_length=400, rows=2, help_text=_("The one who leads it reads this."))


class WordsForm(AsksAboutIllness, Form):
    """The words of an initiative's own page: its lead's, and nobody else's."""

    asked_about = ("words", "wants", "meets")

    title = ShortText(label=_("What is it called?"), max_length=80)
    words = LongText(label=_("What do you want to make happen?"), max_length=1500, rows=6, help_text=NO_ILLNESS)
    wants = LongText(
        label=_("What can those who join in do?"), max_length=400, rows=2, required=False,
        help_text=_("For example cook, drive, carry chairs, ring the neighbours."),
    )  # fmt: skip
    meets = ShortText(label=_("Where and when do you meet?"), max_length=200, required=False)
    is_public = forms.BooleanField(
        label=_("Everyone may read the page"), required=False,
        help_text=_("Otherwise only those who are with it, and your contact in the municipality."),
    )  # fmt: skip
    shown_as = ShortText(
        label=_("What would you like to be called on the page?"), max_length=60, required=False,
        help_text=_("A first name will do. Leave it empty to stand there without a name."),
    )  # fmt: skip


class RestForm(AsksAboutIllness, Form):
    """Why it rests, if they like to say."""

    words = ShortText(label=_("Anything those who are with it should know?"), max_length=400, required=False)


class EndForm(AsksAboutIllness, Form):
    """What became of it."""

    words = LongText(label=_("What became of it?"), max_length=800, rows=3)


class OfferForm(Form):
    """To whom the lead is offered."""

    helper = OneOf(label=_("Who would you like to take over?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, helpers: Sequence[Helper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("helper", OneOf).offer(helpers, lambda one: one.person.full_name)


class ViaForm(Form):
    """How the lead's own word came in, where a coordinator writes it down."""

    via = forms.ChoiceField(label=_("How did they say it?"), widget=forms.RadioSelect, initial=Via.PHONE, choices=CAME)

    def clean_via(self) -> Via:
        """Return the way itself."""
        found = Via(self.cleaned_data["via"])
        assert found in WRITTEN_DOWN
        return found


class ContactForm(Form):
    """Who owes the invisible tasks."""

    contact = OneOf(label=_("Who is the contact?"))
    deputy = OneOf(label=_("Who steps in when they are away?"), required=False)

    def __init__(self, *args: Any, people: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, none in (("contact", _("Choose")), ("deputy", _("Nobody yet"))):
            self.part(name, OneOf).offer(
                people, lambda one: f"{one.person.full_name}, {one.organisation.name}", none=none
            )


class PromiseForm(AsksAboutIllness, Form):
    """An invisible task, promised for a day."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What do you take on?"), choices=[("", _("Choose")), *PromiseKind.choices])
    words = ShortText(
        label=_("In a few words"), max_length=300, help_text=_("It stands on the initiative's page as a promise.")
    )
    due = DayField(label=_("Which day is it done by?"), shown=1)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("due", DayField).start_at(today)

    def clean_kind(self) -> PromiseKind:
        """Return the kind itself."""
        return PromiseKind(self.cleaned_data["kind"])


class NewDayForm(AsksAboutIllness, Form):
    """Another day, and why."""

    due = DayField(label=_("Which day is it done by now?"), shown=1)
    words = ShortText(label=_("Why?"), max_length=300, help_text=_("The one who leads it reads this."))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("due", DayField).start_at(today)


class DoneForm(AsksAboutIllness, Form):
    """What came of a promise."""

    words = ShortText(label=_("What came of it?"), max_length=400, required=False)


class NeedForm(Form):
    """Which need an idea would meet."""

    need = OneOf(label=_("Which need would it meet?"))

    def __init__(self, *args: Any, needs: Sequence[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("need", OneOf).offer(
            needs, lambda one: f"{one.words} ({one.get_group_display()})"[:120], none=_("Choose")
        )
