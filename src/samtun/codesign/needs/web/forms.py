"""What is written about needs."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.codesign.needs.enums import Group, NeedState, Source
from samtun.codesign.needs.models import Need
from samtun.codesign.needs.rules import MOST_WORDS, points_at_somebody
from samtun.foundation.forms import AsksAboutIllness, DayField, Form, LongText, OneOf, ShortText
from samtun.foundation.models import Owner

WHICH = [(NeedState.MET, _("It is met")), (NeedState.GONE, _("It is no longer so"))]


class NamesNobody(AsksAboutIllness):
    """Asks also when something looks like a name, a number or an address: a need is never about one person."""

    known: Sequence[str] = ()

    def clean(self) -> Any:
        """Ask about what may point at somebody, unless the writer has said that it does not."""
        data = super().clean()
        if not data.get(self.keep_as_written):
            for name in self.asked_about:
                found = points_at_somebody(data.get(name) or "", known=self.known)
                if found and not self.has_error(name):
                    sentence = gettext(
                        "You wrote “%(words)s”. A need is never about one person: take it out, or say it names nobody."
                    )
                    self.add_error(name, ValidationError(sentence % {"words": ", ".join(found)}, code="illness"))
        return data


class NeedForm(NamesNobody, Form):
    """A need: what, whose, how known, how many think so."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    owner = OneOf(label=_("Who writes it down?"))
    words = LongText(
        label=_("What is needed?"), max_length=MOST_WORDS, rows=3,
        help_text=_("One or two sentences. Never about one person: no names, no illness."),
    )  # fmt: skip
    group = forms.ChoiceField(label=_("Whose need is it?"), choices=[("", _("Choose")), *Group.choices])
    village: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Where?"), required=False, queryset=None, empty_label=_("The whole municipality")
    )
    source = forms.ChoiceField(label=_("How do we know it?"), widget=forms.RadioSelect, choices=Source.choices)
    known_on = DayField(label=_("When was it heard or seen?"), shown=1, allow_past=True)
    number = forms.IntegerField(
        label=_("How many think so?"), required=False, min_value=1, max_value=100_000,
        widget=forms.NumberInput(attrs={"data-width": "short"}),
        help_text=_("Only where it has been counted. Small numbers are not shown to others."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, owners: Sequence[Owner], villages: Any, known: Sequence[str], today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        self.fields[self.keep_as_written].label = _("It names nobody: keep it as it is written")
        self.part("owner", OneOf).offer(owners, asks_of_one=False)
        self.part("village", forms.ModelChoiceField).queryset = villages
        self.part("known_on", DayField).start_at(today)


def _in_words(need: Need) -> str:
    where = f", {need.village.name}" if need.village else ""
    return f"{need.words} ({need.get_group_display()}{where})"


class JoinForm(Form):
    """With which other need this one is joined."""

    into = OneOf(label=_("Which says the same?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, others: Sequence[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("into", OneOf).offer(others, _in_words)


class CloseForm(NamesNobody, Form):
    """Why a need is closed."""

    state = forms.ChoiceField(label=_("How is it now?"), widget=forms.RadioSelect, choices=WHICH)
    words = ShortText(label=_("In a few words: what happened?"), max_length=MOST_WORDS)

    def clean_state(self) -> NeedState:
        """Return the state itself."""
        return NeedState(self.cleaned_data["state"])
