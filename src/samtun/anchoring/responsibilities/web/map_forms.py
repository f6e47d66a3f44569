"""What is written on the map of whose task each thing is."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.enums import Part
from samtun.anchoring.responsibilities.queries import MapRow
from samtun.foundation.forms import Form, LongText, ShortText
from samtun.foundation.models import Owner

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
        self.owners = {str(o.id): o for o in owners}
        behalf = forms.ChoiceField(
            label=_("On whose behalf?"), choices=[(key, o.name) for key, o in self.owners.items()]
        )
        if len(owners) == 1:
            behalf.widget, behalf.initial = forms.HiddenInput(), next(iter(self.owners))
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

    def clean_owner(self) -> Owner:
        """Return the owner itself."""
        return self.owners[self.cleaned_data["owner"]]

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
