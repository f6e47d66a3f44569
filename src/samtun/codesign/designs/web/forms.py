"""What is written in service designs."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.models import TaskType
from samtun.anchoring.responsibilities.queries import in_language
from samtun.codesign.designs.enums import Behalf, Does, Legal, LegalState, Way
from samtun.codesign.designs.models import Design, DividedTask, LegalPoint
from samtun.codesign.designs.web.tables import BEHALVES, DOES, LEGAL, LEGAL_STATES, WAYS
from samtun.foundation.forms import AsksAboutIllness, DayField, Form, LongText, OneOf, ShortText
from samtun.foundation.models import Owner
from samtun.people.persons.models import Person

WHY = _("Why? The others read it.")


class Begin(AsksAboutIllness, Form):
    """A design is begun."""

    asked_about = ("title", "purpose", "whose_need")
    owner = OneOf(label=_("On whose behalf?"))
    title = ShortText(label=_("What shall we call it?"), max_length=120)
    purpose = LongText(label=_("What is it for?"), max_length=1000, rows=3)
    whose_need = LongText(
        label=_("Whose need does it answer?"), required=False, max_length=1000, rows=3,
        help_text=_("In words that name nobody, for example “older people without a car”."),
    )  # fmt: skip

    def __init__(self, *args: Any, owners: Sequence[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("owner", OneOf).offer(owners)


class Tells(AsksAboutIllness, Form):
    """A part of a form: why, once it has begun."""

    why = LongText(label=WHY, max_length=1000, rows=2)

    def __init__(self, *args: Any, started: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not started:
            del self.fields["why"]
        else:
            self.order_fields([*(name for name in self.fields if name != "why"), "why"])


class Written(Tells):
    """Texts of a design, with the edition that was read."""

    edition = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, design: Design, **kwargs: Any) -> None:
        started = design.started_at is not None
        kwargs["initial"] = {name: getattr(design, name) for name in self.asked_about} | {"edition": design.edition}
        super().__init__(*args, started=started, **kwargs)
        if started:
            self.fields.pop("purpose", None)

    @property
    def texts(self) -> dict[str, str]:
        """Return what was written, by name."""
        return {name: self.cleaned_data[name] for name in self.asked_about if name in self.fields}


class WhatForm(Written):
    """Name, purpose and whose need."""

    asked_about = ("title", "purpose", "whose_need")
    title = ShortText(label=_("What shall we call it?"), max_length=120)
    purpose = LongText(label=_("What is it for?"), max_length=1000, rows=3)
    whose_need = LongText(label=_("Whose need does it answer?"), required=False, max_length=1000, rows=3)


class NearlyForm(Written):
    """Who nearly does this already."""

    asked_about = ("nearly",)
    nearly = LongText(
        label=_("Who nearly does this already?"), required=False, max_length=1000, rows=4,
        help_text=_("Talk with them first: perhaps it is theirs, or they would like to take part."),
    )  # fmt: skip


class HearingForm(Written):
    """How those it is for are to be heard."""

    asked_about = ("hearing_plan",)
    hearing_plan = LongText(
        label=_("How are those it is for to be heard?"), required=False, max_length=1000, rows=4,
        help_text=_("When nobody it is for can sit at the table: who asks them, how, and when?"),
    )  # fmt: skip


class QuestionsForm(Written):
    """The three questions (R08)."""

    asked_about = ("volunteers_wish", "recipients_need", "place_expects")
    volunteers_wish = LongText(label=_("What do the volunteers wish?"), required=False, max_length=600, rows=3)
    recipients_need = LongText(label=_("What do those it is for need?"), required=False, max_length=600, rows=3)
    place_expects = LongText(label=_("What does the place expect?"), required=False, max_length=600, rows=3)


WRITES: dict[str, type[Written]] = {
    "kva": WhatForm, "nesten": NearlyForm, "hoyrt": HearingForm, "sporsmal": QuestionsForm,
}  # fmt: skip


class LegalForm(Tells):
    """The legal check list: for each point how it stands, and in words."""

    asked_about = tuple(f"{point}_words" for point in Legal.values)
    marks_optional = False
    edition = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, design: Design, points: Sequence[LegalPoint], **kwargs: Any) -> None:
        stands = {row.point: row for row in points}
        kwargs["initial"] = {"edition": design.edition}
        super().__init__(*args, started=design.started_at is not None, **kwargs)
        for key, (title, told) in LEGAL.items():
            row = stands.get(key)
            self.fields[key] = forms.ChoiceField(
                label=str(title), help_text=str(told), choices=list(LEGAL_STATES.items()), widget=forms.RadioSelect,
                initial=row.state if row else LegalState.OPEN,
            )  # fmt: skip
            label = gettext("%(point)s: how?") % {"point": title}
            self.fields[f"{key}_words"] = ShortText(
                label=label, required=False, max_length=300, initial=row.words if row else ""
            )
        self.order_fields(["edition", *(name for name in self.fields if name not in {"edition", "why"}), "why"])

    @property
    def points(self) -> dict[Legal, tuple[LegalState, str]]:
        """Return each point with how it stands."""
        data = self.cleaned_data
        return {point: (LegalState(data[point]), data[f"{point}_words"]) for point in Legal}


class PlaceForm(Tells):
    """Who took part."""

    asked_about = ("who",)
    behalf = forms.ChoiceField(label=_("On whose behalf?"))
    who = ShortText(
        label=_("Who?"), max_length=120, required=False,
        help_text=_("For those it is for and next of kin never a name: write for example “two recipients”."),
    )  # fmt: skip
    person = forms.ChoiceField(label=_("Or one of your own"), required=False)
    way = forms.ChoiceField(label=_("In which way?"), choices=list(WAYS.items()), widget=forms.RadioSelect)

    def __init__(self, *args: Any, owners: Sequence[Owner], people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {f"o{o.id}": o for o in owners}
        self.people = {str(p.id): p for p in people}
        roles = [(key, words) for key, words in BEHALVES.items() if key != Behalf.PARTY]
        parties = [(key, o.name) for key, o in self.owners.items()]
        self.part("behalf", forms.ChoiceField).choices = [("", _("Choose")), *roles, *parties]
        names = [(key, p.full_name) for key, p in self.people.items()]
        self.part("person", forms.ChoiceField).choices = [("", _("Nobody of these")), *names]
        if not people:
            del self.fields["person"]

    @property
    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        data = self.cleaned_data
        owner = self.owners.get(data["behalf"])
        return {
            "behalf": Behalf.PARTY if owner else Behalf(data["behalf"]), "owner": owner, "who": data["who"],
            "person": self.people.get(data.get("person", "")), "way": Way(data["way"]), "why": data.get("why", ""),
        }  # fmt: skip


class TaskForm(Tells):
    """A task, and what each party has with it."""

    asked_about = ("words",)
    marks_optional = False
    words = ShortText(label=_("What is to be done?"), max_length=200)
    task_type = forms.ChoiceField(label=_("Is it a kind of help we have?"), required=False)

    def __init__(
        self, *args: Any, owners: Sequence[Owner], types: Sequence[TaskType], task: DividedTask | None, **kwargs: Any
    ) -> None:
        has = {part.owner_id: part.does for part in task.parts.all()} if task else {}
        initial = {"words": task.words, "task_type": str(task.task_type_id or "")} if task else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.types, self.owners = {str(t.id): t for t in types}, list(owners)
        kinds = [(key, in_language(t.name)) for key, t in self.types.items()]
        self.part("task_type", forms.ChoiceField).choices = [("", _("No, something of its own")), *kinds]
        for owner in self.owners:
            self.fields[f"o{owner.id}"] = forms.ChoiceField(
                label=owner.name, required=False, choices=[("", _("nothing with it")), *DOES.items()],
                initial=has.get(owner.id, ""),
            )  # fmt: skip
        self.order_fields([name for name in self.fields if name != "why"])

    @property
    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        data = self.cleaned_data
        parts: dict[uuid.UUID, Does] = {o.id: Does(data[f"o{o.id}"]) for o in self.owners if data.get(f"o{o.id}")}
        return {"words": data["words"], "task_type": self.types.get(data["task_type"]), "parts": parts,
                "why": data.get("why", "")}  # fmt: skip


class OwnerForm(Form):
    """Somebody to ask."""

    owner = OneOf(label=_("Who?"))

    def __init__(self, *args: Any, owners: Sequence[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("owner", OneOf).offer(owners, none=_("Choose"))


class NotedForm(Form):
    """Who said it and how, when another party writes it down."""

    noted = ShortText(
        label=_("Who said it, and how?"), max_length=160,
        help_text=_("You write it down for somebody without a login, for example “Hilde, on the telephone”."),
    )  # fmt: skip

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["noted"]


class GainForm(NotedForm):
    """What a party gains, in a line."""

    gain = ShortText(label=_("What do you gain by it? One line."), max_length=300)


class NoForm(NotedForm):
    """Why a party says no to a change."""

    words = LongText(label=WHY, max_length=600, rows=3)


class ChangeForm(AsksAboutIllness, Form):
    """A change in words."""

    words = LongText(label=_("What should be changed, and why?"), max_length=1000, rows=5, help_text=_("No names."))


class SettleForm(AsksAboutIllness, Form):
    """What becomes of it, in words that go to whoever proposed it."""

    words = LongText(
        label=_("In words that whoever proposed it reads"), max_length=1000, rows=4, help_text=_("No names.")
    )


class LargerForm(Form):
    """A larger change, with why."""

    words = LongText(label=_("Why? The others read it, and say yes or no."), max_length=1000, rows=4)

    @property
    def to(self) -> dict[str, Any]:
        """Return what it would be made to."""
        return {}


class TrialForm(LargerForm):
    """A trial, with its goal and its end."""

    goal = LongText(label=_("What is the trial to show?"), max_length=600, rows=3)
    ends = DayField(label=_("When does the trial end?"), shown=0)
    field_order = ("goal", "ends", "words")

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("ends", DayField).start_at(today)

    @property
    def to(self) -> dict[str, Any]:
        """Return the goal, and the end as ISO text."""
        return {"goal": self.cleaned_data["goal"], "ends": self.cleaned_data["ends"].isoformat()}


class PurposeForm(LargerForm):
    """A new purpose."""

    purpose = LongText(label=_("What is it for?"), max_length=1000, rows=3)
    field_order = ("purpose", "words")

    @property
    def to(self) -> dict[str, Any]:
        """Return the purpose."""
        return {"purpose": self.cleaned_data["purpose"]}


class WhoForm(LargerForm, OwnerForm):
    """A new party, or who takes it over."""

    field_order = ("owner", "words")

    @property
    def to(self) -> dict[str, Any]:
        """Return the owner's key."""
        return {"owner": str(self.cleaned_data["owner"].id)}


class RestForm(Form):
    """The agreements a design rests on."""

    agreements = forms.MultipleChoiceField(
        label=_("Agreements you are in"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None stands here? Make the agreement first."),
    )  # fmt: skip

    def __init__(self, *args: Any, agreements: Mapping[uuid.UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("agreements", forms.MultipleChoiceField).choices = [(str(k), name) for k, name in agreements.items()]


class GoalsForm(Form):
    """The goals a design serves."""

    goals = forms.MultipleChoiceField(
        label=_("Goals"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None stands here? Then no plan with goals holds now."),
    )  # fmt: skip

    def __init__(self, *args: Any, goals: Mapping[uuid.UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("goals", forms.MultipleChoiceField).choices = [(str(k), name) for k, name in goals.items()]


class LeaveForm(Form):
    """Why a party leaves, if it will say."""

    words = LongText(label=_("Will you say why?"), required=False, max_length=600, rows=3)
