"""Words, limits, asking and requirements of a kind of help, a yes or no to it beforehand; and the map."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.enums import Part
from samtun.anchoring.responsibilities.models import PolicePurpose, TaskType
from samtun.anchoring.responsibilities.queries import MapRow, in_language
from samtun.anchoring.responsibilities.rules import course_code
from samtun.anchoring.responsibilities.web.tables import ASKING, CLASSES
from samtun.foundation.forms import Form, LongText, OneOf, ShortText
from samtun.foundation.models import Owner

TEXTS = ("name", "limits", "way_on")
LANGUAGES = ("nb", "nn", "en")
FLAGS = ("needs_declaration", "one_to_one", "needs_car", "sold_locally", "is_active")
NUMBERS = ("usual_minutes", "most_minutes", "least_age")


def _number(label: Any, least: int, most: int, sentence: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most,
        error_messages={"invalid": sentence, "min_value": sentence, "max_value": sentence},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "short", "autocomplete": "off"}),
    )  # fmt: skip


MINUTES = _("Write the number of minutes with digits, from 5 to 600.")


class PurposeField(forms.ModelChoiceField):
    """A purpose for which the law lets a police certificate be asked."""

    def label_from_instance(self, obj: PolicePurpose) -> str:
        """Return the name with the law it stands in."""
        return f"{in_language(obj.name)} ({obj.law})"


class TypeForm(Form):
    """What can be changed about a kind of help. Its class stands: a new class is a new kind."""

    name_nb = ShortText(label=_("Name in bokmål"), max_length=80)
    name_nn = ShortText(label=_("Name in nynorsk"), max_length=80)
    name_en = ShortText(label=_("Name in English"), max_length=80, required=False)
    limits_nb = LongText(label=_("What it is and is not, in bokmål"), max_length=600, rows=3, required=False)
    limits_nn = LongText(label=_("What it is and is not, in nynorsk"), max_length=600, rows=3, required=False)
    limits_en = LongText(label=_("What it is and is not, in English"), max_length=600, rows=3, required=False)
    way_on_nb = LongText(label=_("The way on when we cannot, in bokmål"), max_length=600, rows=3, required=False)
    way_on_nn = LongText(label=_("The way on when we cannot, in nynorsk"), max_length=600, rows=3, required=False)
    way_on_en = LongText(label=_("The way on when we cannot, in English"), max_length=600, rows=3, required=False)
    is_declined = forms.BooleanField(
        label=_("Volunteers here do not do this"), required=False,
        help_text=_("Whoever asks for it is told so kindly, with the way on."),
    )  # fmt: skip
    asking = forms.ChoiceField(label=_("Who gets it when several can?"), widget=forms.RadioSelect, choices=ASKING)
    usual_minutes = _number(_("How many minutes does it usually take?"), 5, 600, MINUTES)
    most_minutes = _number(_("How many minutes at most?"), 5, 600, MINUTES)
    least_age = _number(_("How old must a volunteer be?"), 13, 99, _("Write the age with digits, from 13 to 99."))
    needs_declaration = forms.BooleanField(label=_("Needs a declaration of confidentiality"), required=False)
    one_to_one = forms.BooleanField(
        label=_("One to one over time"), required=False,
        help_text=_("Needs a talk first, and a plan with limits and whom to ring."),
    )  # fmt: skip
    needs_course = ShortText(label=_("Needs a course: which?"), max_length=40, required=False)
    needs_purpose = PurposeField(
        label=_("Needs a police certificate: for which purpose?"), required=False, queryset=None,
        empty_label=_("No, and then nobody can ask for one"),
    )  # fmt: skip
    needs_car = forms.BooleanField(label=_("Needs a car"), required=False)
    sold_locally = forms.BooleanField(
        label=_("Can be bought here"), required=False,
        help_text=_("Whoever takes the request is told so before anyone is asked."),
    )  # fmt: skip
    is_active = forms.BooleanField(label=_("In use"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, task_type: TaskType, **kwargs: Any) -> None:
        initial = {f"{t}_{c}": getattr(task_type, t).get(c, "") for t in TEXTS for c in LANGUAGES}
        for name in (*FLAGS, *NUMBERS, "asking", "is_declined", "needs_course", "version"):
            initial[name] = getattr(task_type, name)
        super().__init__(*args, initial=initial | {"needs_purpose": task_type.needs_purpose_id}, **kwargs)
        self.task_type = task_type
        self.part("needs_purpose", PurposeField).queryset = PolicePurpose.objects.order_by("code")
        if task_type.task_class == TaskType.TaskClass.PROFESSIONAL:
            del self.fields["is_declined"]

    def clean(self) -> dict[str, Any]:
        """See that the most is not less than the usual."""
        data = super().clean() or self.cleaned_data
        usual, most = data.get("usual_minutes"), data.get("most_minutes")
        if usual and most and most < usual:
            self.add_error("most_minutes", _("The most minutes must be at least as many as it usually takes."))
        return data

    def facts(self) -> dict[str, Any]:
        """Return the facts as the action takes them."""
        data = self.cleaned_data
        found: dict[str, Any] = {
            text: {code: data[f"{text}_{code}"] for code in LANGUAGES if data[f"{text}_{code}"]} for text in TEXTS
        }
        found |= {n: data[n] for n in (*FLAGS, *NUMBERS, "asking", "needs_purpose") if n in data}
        found["needs_course"] = course_code(data["needs_course"])
        if "is_declined" in data:
            found["is_declined"] = data["is_declined"]
        return found

    def differences(self) -> list[tuple[str, str, str]]:
        """Return where what stands now differs from what is written here: (label, stands now, written)."""
        rows = []
        for name, field in self.fields.items():
            if name == "version":
                continue
            now, mine = self.initial[name], self.cleaned_data[name]
            if name == "needs_purpose":
                mine = mine.pk if mine else None
            if now != mine:
                rows.append((str(field.label), self._spoken(name, now), self._spoken(name, mine)))
        return rows

    def _spoken(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return str(_("Yes") if value else _("No"))
        if name == "asking":
            return str(dict(ASKING).get(value, value))
        return str(value or "–")

    def take_version(self) -> None:
        """Let what is written here stand against what stands now: saving again is a choice."""
        typed: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict: lists must stay lists
        self.data = typed
        typed["version"] = str(self.task_type.version)


class NewTypeForm(TypeForm):
    """All that can be said of a kind of help that is not here yet."""

    field_order = ("task_class",)
    task_class = forms.ChoiceField(label=_("What sort of help is it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, task_type=TaskType(), **kwargs)
        del self.fields["is_active"], self.fields["version"]
        sort = self.fields["task_class"]
        assert isinstance(sort, forms.ChoiceField)
        sort.choices = [(value, words) for value, (words, _color, _icon) in CLASSES.items()]

    def facts(self) -> dict[str, Any]:
        """Return the facts as the action takes them; what is for professionals is never taken on."""
        found = super().facts() | {"task_class": self.cleaned_data["task_class"]}
        if found["task_class"] == TaskType.TaskClass.PROFESSIONAL:
            found["is_declined"] = True
        return found


class ClearForm(Form):
    """Yes or no beforehand, and who decided."""

    owner: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("For whom?"), queryset=None, empty_label=_("Choose")
    )
    cleared = forms.ChoiceField(
        label=_("May volunteers do this without asking each time?"), widget=forms.RadioSelect,
        choices=[("yes", _("Yes, within the limits")), ("no", _("No"))],
    )  # fmt: skip
    by_words = ShortText(
        label=_("Who decided it, and when?"), max_length=160,
        help_text=_("For example: the unit leaders' meeting 3 November, case 14."),
    )  # fmt: skip

    def __init__(self, *args: Any, owners: list[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = owners[0] if len(owners) == 1 else None
        if self.only:
            del self.fields["owner"]
        else:
            rows = Owner.objects.filter(id__in=[o.id for o in owners])
            self.part("owner", forms.ModelChoiceField).queryset = rows

    @property
    def chosen_owner(self) -> Owner:
        """The owner who says yes or no."""
        return self.only or self.cleaned_data["owner"]


NEW = ("new_1", "new_2", "new_3")
PARTS = [(Part.ANSWERS, _("Answers for it")), (Part.DOES, _("Does it")), (Part.SUPPORTS, _("Supports")),
         (Part.TOLD, _("Is told"))]  # fmt: skip


class ProposeForm(Form):
    """Who has which part in one task: those who stand there, and up to three more."""

    def __init__(
        self, *args: Any, row: MapRow, stand: list[Owner], others: list[Owner], owners: list[Owner], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stand, self.others = stand, {str(o.id): o for o in others}
        behalf = OneOf(label=_("On whose behalf?"))
        behalf.offer(owners, asks_of_one=False)
        self.fields["owner"] = behalf
        for owner in stand:
            self.fields[f"parts_{owner.id}"] = self._parts(owner.name, row.of(owner.id))
        choices = [("", _("Nobody")), *((key, o.name) for key, o in self.others.items())]
        for name in NEW if self.others else ():
            self.fields[name] = forms.ChoiceField(label=_("Who more?"), required=False, choices=choices)
            self.fields[f"{name}_parts"] = self._parts(_("What do they do?"), [])
        self.fields["why"] = LongText(
            label=_("Why?"), required=bool(stand), max_length=600, rows=3,
            help_text=_("The others read it before they answer."),
        )  # fmt: skip

    def _parts(self, label: Any, now: list[str]) -> forms.MultipleChoiceField:
        return forms.MultipleChoiceField(
            label=label, required=False, choices=PARTS, initial=now, widget=forms.CheckboxSelectMultiple
        )

    @property
    def cells(self) -> set[tuple[uuid.UUID, Part]]:
        """All of it, as it is to be."""
        data = self.cleaned_data
        found = {(owner.id, Part(part)) for owner in self.stand for part in data[f"parts_{owner.id}"]}
        for name in NEW if self.others else ():
            if key := data[name]:
                found |= {(self.others[key].id, Part(part)) for part in data[f"{name}_parts"]}
        return found


class AnswerForm(Form):
    """Yes or no, and who said it where another writes it down."""

    words = LongText(label=_("Will you say why? All parties read this."), required=False, max_length=600, rows=3)
    noted = ShortText(label=_("Who said it?"), max_length=160)

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["noted"]
