"""What is written in agreements."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.agreements.actions import Spoken
from samtun.anchoring.agreements.enums import How, Meets, Often
from samtun.anchoring.agreements.models import Party
from samtun.anchoring.agreements.web.tables import HOW, MEETS, OFTEN
from samtun.anchoring.forums.models import Item
from samtun.foundation.forms import DateField, DayField, Form, LongText, OneOf, ShortText
from samtun.foundation.models import Owner
from samtun.people.persons.models import Person

OTHERS = ("with_1", "with_2", "with_3", "with_4")


class Between(Form):
    """On whose behalf, and with whom."""

    owner = OneOf(label=_("On whose behalf?"))
    name = ShortText(label=_("What is it about?"), max_length=120)
    with_1 = OneOf(label=_("With whom?"))
    with_2 = OneOf(label=_("And with"), required=False)
    with_3 = OneOf(label=_("And also with"), required=False)
    with_4 = OneOf(label=_("And with one more"), required=False)

    def __init__(self, *args: Any, owners: list[Owner], others: list[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("owner", OneOf).offer(owners, asks_of_one=False)
        for name in OTHERS:
            self.part(name, OneOf).offer(others, none=_("Choose"))

    @property
    def others(self) -> list[Owner]:
        """With whom."""
        return [found for name in OTHERS if (found := self.cleaned_data.get(name))]


class NoteForm(Between):
    """What was said between whom, since when: ten seconds."""

    words = LongText(label=_("What was said?"), required=False, max_length=600, rows=3)
    since = DayField(label=_("Since when?"), allow_past=True, shown=1)

    field_order = ("owner", "with_1", "name", "since", "words", "with_2", "with_3", "with_4")

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("since", DayField).start_at(today)
        self.fields["since"].initial = today


class StartForm(Between):
    """An agreement on one page: about what, with whom, and one's own goal and gain."""

    goal = ShortText(label=_("What do you want with it?"), max_length=300)
    gain = ShortText(label=_("What do you gain by it?"), max_length=300)

    field_order = ("owner", "name", *OTHERS, "goal", "gain")


class AddForm(Form):
    """One more party."""

    owner = OneOf(label=_("Who comes in?"))

    def __init__(self, *args: Any, others: list[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("owner", OneOf).offer(others, none=_("Choose"))


class TextForm(Form):
    """A joint text, with what each party does; `seen` is the number of the newest text that was read."""

    what = LongText(label=_("What do you do together?"), max_length=1200, rows=5)
    when = ShortText(label=_("When does it happen?"), required=False, max_length=300)
    arranged = LongText(label=_("What is made ready, and by whom?"), required=False, max_length=600, rows=3)
    money = LongText(
        label=_("What about money?"), required=False, max_length=600, rows=2,
        help_text=_("Who pays for what, or that no money changes hands."),
    )  # fmt: skip
    follow_up = LongText(label=_("How do you follow it up?"), required=False, max_length=600, rows=2)
    warning = LongText(
        label=_("Who is told when something is not right?"), required=False, max_length=600, rows=2
    )  # fmt: skip
    evaluation = LongText(label=_("How do you evaluate it?"), required=False, max_length=600, rows=2)
    until = DateField(label=_("Is there a last day?"), required=False)
    why = LongText(label=_("What is new, and why?"), required=False, max_length=600, rows=2)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, parties: list[Party], in_writing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = parties
        for party in parties:
            label = _("What does %(party)s do?") % {"party": party.owner.name}
            self.fields[f"does_{party.id}"] = LongText(label=label, max_length=600, rows=3)
        for name in ("when", "arranged", "money"):
            self.fields[name].required = in_writing
        does = [f"does_{party.id}" for party in parties]
        rest = ["when", "arranged", "money", "follow_up", "warning", "evaluation", "until", "why", "seen"]
        self.order_fields(["what", *does, *rest])

    @property
    def does(self) -> dict[Any, str]:
        """What each party does, by the party's key."""
        return {party.id: self.cleaned_data[f"does_{party.id}"] for party in self.parties}


class RhythmForm(Form):
    """How and how often the parties keep in touch."""

    meets = forms.ChoiceField(label=_("How do you keep in touch?"), choices=[(k, MEETS[k]) for k in Meets.values])
    often = forms.ChoiceField(label=_("How often?"), choices=[(k, OFTEN[k]) for k in Often.values])
    why = LongText(label=_("Will you say why?"), required=False, max_length=600, rows=2)


class EndForm(Form):
    """Why it ends, and the last day."""

    why = LongText(label=_("Why? All parties read this."), max_length=600, rows=3)
    last_day = DayField(label=_("What is the last day?"), shown=1)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("last_day", DayField).start_at(today)


class TakeOverForm(EndForm):
    """And who goes on with it."""

    taker = OneOf(label=_("Who goes on with it?"))
    field_order = ("taker", "why", "last_day")

    def __init__(self, *args: Any, parties: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("taker", OneOf).offer((party.owner for party in parties), none=_("Choose"))


class StopForm(EndForm):
    """That a party stops; a reason only if it wants to give one."""

    why = LongText(label=_("Will you say why? All parties read this."), required=False, max_length=600, rows=3)


class OnBehalf(Form):
    """Mix in: who said it, how and when, where one writes down what another party said."""

    said_by = ShortText(label=_("Who said it?"), max_length=160)
    how = forms.ChoiceField(
        label=_("How?"), choices=[(k, HOW[k]) for k in (How.TELEPHONE, How.PAPER)], initial=How.TELEPHONE
    )
    said_on = DayField(label=_("When?"), allow_past=True, shown=1)

    def __init__(self, *args: Any, today: dt.date, on_behalf: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("said_on", DayField).start_at(today)
        self.fields["said_on"].initial = today
        self.on_behalf = on_behalf
        if not on_behalf:
            for name in ("said_by", "how", "said_on"):
                del self.fields[name]

    @property
    def spoken(self) -> Spoken | None:
        """What was said by telephone or on paper; None when the party says it itself."""
        if not self.on_behalf:
            return None
        data = self.cleaned_data
        return Spoken(by=data["said_by"], how=How(data["how"]), on=data["said_on"])


class YesForm(OnBehalf):
    """Yes; with one's own goal and gain when they are not written yet."""

    goal = ShortText(label=_("What do you want with it?"), max_length=300)
    gain = ShortText(label=_("What do you gain by it?"), max_length=300)
    field_order = ("goal", "gain", "said_by", "how", "said_on")

    def __init__(self, *args: Any, asks_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_own:
            del self.fields["goal"], self.fields["gain"]


class NoForm(OnBehalf):
    """Another view, in words."""

    words = LongText(label=_("What do you see otherwise? All parties read this."), max_length=600, rows=4)
    field_order = ("words", "said_by", "how", "said_on")


class OwnForm(OnBehalf):
    """A party's own goal and gain."""

    goal = ShortText(label=_("What do you want with it?"), max_length=300)
    gain = ShortText(label=_("What do you gain by it?"), max_length=300)
    field_order = ("goal", "gain", "said_by", "how", "said_on")


class ContactForm(Form):
    """Whom to talk with, and who steps in."""

    contact = OneOf(label=_("Who is to be talked with?"), required=False)
    deputy = OneOf(label=_("Who steps in?"), required=False)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("contact", "deputy"):
            self.part(name, OneOf).offer(people, lambda one: one.full_name, none=_("Nobody yet"))


class BackingForm(Form):
    """What one's own board or council decided, and when."""

    words = ShortText(label=_("Who decided what?"), max_length=300, help_text=_("For example: the board, item 7."))
    on = DayField(label=_("When?"), allow_past=True, shown=1)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("on", DayField).start_at(today)


class RestOnForm(Form):
    """What a forum has decided, that the agreement rests on."""

    item = OneOf(label=_("What has been decided in a forum?"))

    def __init__(self, *args: Any, items: Iterable[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("item", OneOf).offer(items, lambda i: f"{i.title} ({i.forum.name})", none=_("Choose"))


class WordForm(OnBehalf):
    """How a party finds it."""

    words = LongText(label=_("How does it go, seen from you?"), max_length=1200, rows=5)
    field_order = ("words", "said_by", "how", "said_on")


class RecipientsForm(Form):
    """What recipients said, or why none could be asked."""

    words = LongText(
        label=_("What do those who receive say?"), required=False, max_length=1200, rows=5,
        help_text=_("Without names, and without anything that tells who said it."),
    )  # fmt: skip
    unheard_because = LongText(label=_("Or why nobody could be asked"), required=False, max_length=400, rows=2)


class CommentForm(Form):
    """What an organisation says openly."""

    words = LongText(
        label=_("What do you want to say openly?"), max_length=1200, rows=5,
        help_text=_("Everyone can read it. Nobody but you can change it or take it down."),
    )  # fmt: skip


class GoalsForm(Form):
    """The goals an agreement serves."""

    goals = forms.MultipleChoiceField(
        label=_("Goals"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None stands here? Then no plan with goals holds now."),
    )  # fmt: skip

    def __init__(self, *args: Any, goals: Mapping[uuid.UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("goals", forms.MultipleChoiceField).choices = [(str(key), name) for key, name in goals.items()]
