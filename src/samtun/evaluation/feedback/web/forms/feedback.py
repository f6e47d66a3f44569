"""Feedback: what is said, by whom if they like, and the answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.codesign.designs.models import Design
from samtun.evaluation.feedback.enums import Hears, Via
from samtun.evaluation.feedback.rules import MOST_FEEDBACK
from samtun.foundation.forms import AsksAboutIllness, Form, LongText, OneOf, PhoneField, ShortText, TakeUpForm
from samtun.foundation.models import Owner

WAYS = [
    (Hears.PAGE, _("I read it myself, at an address you get")), (Hears.TEXT, _("Send me a text")),
    (Hears.EMAIL, _("Send me an e-mail")), (Hears.CALL, _("Ring me")),
]  # fmt: skip


class SayForm(AsksAboutIllness, Form):
    """A few words about how something is arranged."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = LongText(
        label=_("What would you like to say?"), max_length=MOST_FEEDBACK, rows=5,
        help_text=_("For example that Saturdays are hard to fill, or that the hall is locked when we come. No names."),
    )  # fmt: skip
    marks_optional = False


class MayBeTheirs(Form):
    """A part of a form: that it is an organisation's own matter, and its choice that everyone may read it."""

    from_owner = forms.ChoiceField(label=_("Who says it?"), widget=forms.RadioSelect, required=False)
    is_public = forms.BooleanField(
        label=_("Everyone may read it, and the answer"), required=False,
        help_text=_("Only for a matter that the organisation raises. You choose it yourselves."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """See that only an organisation's matter is open to everyone."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("is_public") and not data.get("from_owner"):
            self.add_error(
                "is_public", _("Choose the organisation first: only its own matter can be open to everyone.")
            )
        return data


class AboutForm(MayBeTheirs, SayForm):
    """The same, also for one who may raise it as an organisation's own matter."""

    def __init__(self, *args: Any, owners: Sequence[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not owners:
            del self.fields["from_owner"], self.fields["is_public"]
            return
        who = self.part("from_owner", forms.ChoiceField)
        who.choices = [("", gettext("I do, as myself")), *((str(o.id), o.name) for o in owners)]


class Reached(SayForm):
    """A part of a form: who says it, if they like, and how they hear."""

    name = ShortText(label=_("Your name, if you like"), max_length=120, required=False, autocomplete="name")
    hears = forms.ChoiceField(
        label=_("How would you like to hear?"), choices=WAYS, widget=forms.RadioSelect, initial=Hears.PAGE
    )
    phone = PhoneField(label=_("Telephone number"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=160)

    def clean(self) -> dict[str, Any]:
        """See that the answer has somewhere to go."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        hears = data.get("hears")
        if hears in {Hears.TEXT, Hears.CALL} and not data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Write the number where the answer is to go."))
        if hears == Hears.EMAIL and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write the e-mail address where the answer is to go."))
        return data


class TellForm(Reached):
    """The open form: about a kind of help or something else, with a name or without."""

    about = forms.ChoiceField(label=_("What is it about?"), required=False)
    field_order: tuple[str, ...] = ("key", "about", "words", "hears", "phone", "email", "name")

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("about", forms.ChoiceField).choices = [*kinds, ("", gettext("Something else"))]


class TakeDownForm(MayBeTheirs, TellForm):
    """What somebody says on the telephone, on paper or in a text, written down by a coordinator.

    Perhaps for an organisation, as its own matter: then with who said it.
    """

    from_owner = forms.ChoiceField(label=_("Is it an organisation's own matter?"), required=False)
    inbound = forms.UUIDField(required=False, widget=forms.HiddenInput)

    via = forms.ChoiceField(
        label=_("How did it come in?"), widget=forms.RadioSelect, initial=Via.PHONE,
        choices=[(Via.PHONE, _("On the telephone")), (Via.PAPER, _("On paper")), (Via.SMS, _("By text message"))],
    )  # fmt: skip
    field_order = (
        "key", "inbound", "via", "about", "words", "name", "phone", "email", "hears", "from_owner", "is_public",
    )  # fmt: skip

    def __init__(self, *args: Any, owners: Sequence[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whose = self.part("from_owner", forms.ChoiceField)
        whose.choices = [("", gettext("No, somebody says it as themselves")), *((str(o.id), o.name) for o in owners)]
        self.fields["is_public"].help_text = _("Only when the organisation has said that it wants it so.")
        self.fields["name"].label = _("Who says it, if they like")
        self.fields["hears"].label = _("How would they like to hear?")
        self.fields["hears"].help_text = _("One whose number we know hears as they have chosen before.")
        self.part("hears", forms.ChoiceField).choices = [
            (Hears.CALL, gettext("Ring them")), (Hears.TEXT, gettext("Send them a text")),
            (Hears.EMAIL, gettext("Send them an e-mail")), (Hears.PAGE, gettext("No answer wanted, or no name")),
        ]  # fmt: skip
        self.initial.setdefault("hears", Hears.CALL)

    def clean(self) -> dict[str, Any]:
        """See that it is written who said it for an organisation."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("from_owner") and not data.get("name"):
            self.add_error("name", _("Write who said it for the organisation."))
        return data


class AnswerFeedbackForm(Form):
    """The answer, which goes to the one who said it."""

    words = LongText(
        label=_("The answer"), max_length=MOST_FEEDBACK, rows=4,
        help_text=_("It goes to the one who said it, and may be read on a telephone on a table: no names."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_decided: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = not is_decided


class PassUpForm(TakeUpForm):
    """What a forum is asked to take up."""

    words = LongText(
        label=_("Tell more"), required=False, max_length=MOST_FEEDBACK, rows=6,
        help_text=_("Those who sit there read it, and it may stand in the minutes: no names."),
    )  # fmt: skip


class IntoDesignForm(AsksAboutIllness, Form):
    """Which service design, and what should be changed."""

    design = OneOf(label=_("Which one does it concern?"), widget=forms.RadioSelect)
    words = LongText(
        label=_("What should be changed, and why?"), max_length=MOST_FEEDBACK, rows=6,
        help_text=_("Those who make it read it: no names."),
    )  # fmt: skip

    def __init__(self, *args: Any, designs: Sequence[Design], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.part("design", OneOf)
        choice.offer(designs, lambda one: one.title)
        choice.initial = next(iter(choice.things), None)


class NotSettledForm(Form):
    """Why it is not settled."""

    words = LongText(label=_("What is not settled?"), max_length=MOST_FEEDBACK, rows=3)
