"""What is written in policies."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.forums.models import Item
from samtun.anchoring.policies.actions import Told
from samtun.anchoring.policies.enums import GoalState, Sort
from samtun.foundation.forms import DateField, Form, LongText, OneOf, ShortText
from samtun.foundation.models import Owner
from samtun.people.persons.models import Person


def _day(label: Any, *, required: bool = False, help_text: Any = "") -> DateField:
    return DateField(label=label, required=required, help_text=help_text)


class PolicyForm(Form):
    """A policy in words everyone reads; `seen` is the version that was read."""

    owner = OneOf(label=_("On whose behalf?"))
    sort = forms.ChoiceField(label=_("What is it?"), choices=Sort.choices, initial=Sort.PLAN)
    title = ShortText(label=_("What is it called?"), max_length=120)
    words = LongText(
        label=_("What does it say, in words everyone understands?"), max_length=1200, rows=6,
        help_text=_("Everyone can read it once it is opened. No names of people."),
    )  # fmt: skip
    decided_by = ShortText(
        label=_("Who has decided it, and where?"), max_length=160, required=False,
        help_text=_("For example: the municipal council, item 43."),
    )  # fmt: skip
    decided_on = _day(_("When was it decided?"))
    item = OneOf(label=_("Was it decided in a forum here?"), required=False)
    since = _day(_("From which day does it hold?"), required=True)
    until = _day(_("Is there a last day?"))
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, owners: list[Owner], items: Iterable[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("owner", OneOf).offer(owners, asks_of_one=False)
        decided = self.part("item", OneOf)
        decided.offer(items, lambda one: f"{one.title} ({one.forum.name})", none=_("No"))
        if not decided.things:
            del self.fields["item"]

    @property
    def told(self) -> Told:
        """What is written."""
        data = self.cleaned_data
        return Told(
            sort=Sort(data["sort"]), title=data["title"], words=data["words"], since=data["since"],
            until=data["until"], decided_by=data["decided_by"], decided_on=data["decided_on"],
            item=data.get("item"),
        )  # fmt: skip


class EndForm(Form):
    """Why it does not hold any more."""

    words = LongText(label=_("Why does it not hold any more? Everyone can read it."), max_length=600, rows=3)


class OwnerForm(Form):
    """Mix in: who answers for it."""

    owner = OneOf(label=_("Who answers for it?"))

    def __init__(self, *args: Any, owners: list[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("owner", OneOf).offer(owners)


class GoalForm(OwnerForm):
    """A goal or a measure."""

    words = ShortText(label=_("What is to be reached, or done?"), max_length=300)
    due = _day(_("By which day?"), required=True)
    field_order = ("words", "owner", "due")


class PersonForm(Form):
    """Who answers for it, of the owner's own."""

    person = OneOf(label=_("Who of you answers for it?"), required=False)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("person", OneOf).offer(people, lambda p: p.full_name, none=_("Nobody yet"))


class StateForm(Form):
    """How far it has come."""

    state = forms.ChoiceField(label=_("How far has it come?"), choices=GoalState.choices, widget=forms.RadioSelect)
    words = LongText(
        label=_("Say it in a few words. Everyone can read it."), required=False, max_length=600, rows=3,
        help_text=_("If it is given up, or taken up again, write why."),
    )  # fmt: skip

    def clean_state(self) -> GoalState:
        """Return the state itself."""
        return GoalState(self.cleaned_data["state"])


class DateForm(Form):
    """Another date, with why."""

    due = _day(_("What is the new date?"), required=True)
    why = LongText(label=_("Why? Everyone can read it."), max_length=400, rows=3)
