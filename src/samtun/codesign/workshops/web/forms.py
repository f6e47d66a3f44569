"""What is written in workshops."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.codesign.workshops.actions import Facts
from samtun.codesign.workshops.enums import Much, NoteVia, QuestionKind, Side
from samtun.codesign.workshops.models import Group, Question, Workshop
from samtun.codesign.workshops.rules import MOST_GROUPS, Planned
from samtun.foundation.forms import AsksAboutIllness, ClockField, DayField, Form, LongText, OneOf, ShortText
from samtun.foundation.models import Owner


class WorkshopForm(AsksAboutIllness, Form):
    """What, when and where, and for how many tables."""

    asked_about = ("title", "purpose")
    title = ShortText(label=_("What shall we call it?"), max_length=120)
    purpose = LongText(
        label=_("What is it about?"), required=False, max_length=600, rows=3,
        help_text=_("One or two sentences that all can read on the wall."),
    )  # fmt: skip
    day = DayField(label=_("Which day?"))
    begins = ClockField(label=_("When does it begin?"), required=False)
    place = ShortText(label=_("Where?"), required=False, max_length=120)
    groups = forms.IntegerField(
        label=_("How many tables?"), min_value=1, max_value=MOST_GROUPS, initial=4,
        help_text=_("Five or six at each is fine. You can add tables on the day."),
    )  # fmt: skip
    dots = forms.IntegerField(label=_("How many dots does each have?"), min_value=1, max_value=10, initial=3)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("day", DayField).start_at(today)

    @property
    def facts(self) -> Facts:
        """Return what was written, but for the tables."""
        data = self.written
        return Facts(data["title"], data["day"], data["purpose"], data["begins"], data["place"], data["dots"])


class NewForm(WorkshopForm):
    """A new workshop, on somebody's behalf."""

    owner = OneOf(label=_("On whose behalf?"))

    def __init__(self, *args: Any, owners: Sequence[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("owner", OneOf).offer(owners)
        self.order_fields(["owner"])


def facts_of(workshop: Workshop, groups: int) -> dict[str, Any]:
    """Return what stands, for the form."""
    names = ("title", "purpose", "day", "begins", "place", "dots")
    return {name: getattr(workshop, name) for name in names} | {"groups": groups}


class QuestionForm(Form):
    """A question and its minutes."""

    question = LongText(label=_("The question"), max_length=300, rows=2)
    kind = forms.ChoiceField(label=_("What sort of question is it?"), choices=QuestionKind.choices)
    alone = forms.IntegerField(label=_("Minutes alone"), min_value=0, max_value=90)
    group = forms.IntegerField(label=_("Minutes in the group"), min_value=0, max_value=90)
    plenary = forms.IntegerField(
        label=_("Minutes together"), min_value=0, max_value=90, help_text=_("0 leaves that part out.")
    )

    def __init__(self, *args: Any, question: Question | None = None, **kwargs: Any) -> None:
        old = question or Question(kind=QuestionKind.OPEN)
        kwargs["initial"] = {
            "question": old.words, "kind": old.kind, "alone": old.alone, "group": old.group, "plenary": old.plenary,
        }  # fmt: skip
        super().__init__(*args, **kwargs)

    @property
    def planned(self) -> Planned:
        """Return what was written."""
        data = self.cleaned_data
        return Planned(data["question"], QuestionKind(data["kind"]), data["alone"], data["group"], data["plenary"])


class CancelForm(Form):
    """Why it is called off."""

    why = LongText(label=_("Why? All who have the address read it."), max_length=600, rows=3)


class JoinForm(Form):
    """Come to a table. The key makes the page sent twice one participant."""

    name = ShortText(
        label=_("Your first name"), required=False, max_length=40,
        help_text=_("You may leave it empty. It is erased after thirty days."),
    )  # fmt: skip
    group = forms.ChoiceField(label=_("Which table do you sit at?"), widget=forms.RadioSelect)
    key = forms.RegexField(r"^[A-Za-z0-9_-]{16,64}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, groups: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(g.number): g for g in groups}
        self.part("group", forms.ChoiceField).choices = [
            (number, g.name or _("Table %(number)s") % {"number": number}) for number, g in self.groups.items()
        ]

    def clean_group(self) -> Group:
        """Return the table itself."""
        return self.groups[self.cleaned_data["group"]]


class NoteForm(Form):
    """A note as it is sent, to a table about its question.

    It is not asked about illness: what is kept without network and sent later must never be met by another question.
    """

    key = forms.UUIDField()
    question = forms.UUIDField()
    note = forms.CharField(max_length=2000, strip=True)
    share = forms.BooleanField(required=False)
    side = forms.ChoiceField(choices=Side.choices, required=False)
    on = forms.UUIDField(required=False)
    via = forms.ChoiceField(choices=NoteVia.choices, required=False)


class AnswerForm(Form):
    """How it was."""

    heard = forms.ChoiceField(
        label=_("Did you get to say what you wanted?"), choices=Much.choices, widget=forms.RadioSelect
    )
    useful = forms.ChoiceField(label=_("Was it worth the time?"), choices=Much.choices, widget=forms.RadioSelect)
    more = LongText(label=_("What should be different next time?"), required=False, max_length=400, rows=2)


class RecommendationForm(AsksAboutIllness, Form):
    """What, who and how."""

    asked_about = ("what", "how")
    what = ShortText(label=_("What should be done?"), max_length=200)
    who = ShortText(label=_("Who does it?"), required=False, max_length=200)
    how = LongText(label=_("How?"), required=False, max_length=600, rows=3)


class IdeaForm(AsksAboutIllness, Form):
    """What exists nearby, before a centre lets it become an idea."""

    asked_about = ("near",)
    near = LongText(
        label=_("What exists nearby already, and why is this wanted still?"), required=False, max_length=600, rows=3,
        help_text=_("A volunteer centre looks around first. Others may leave it empty."),
    )  # fmt: skip
