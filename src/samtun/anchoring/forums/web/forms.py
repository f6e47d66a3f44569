"""What is written in forums."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.forums.enums import Part
from samtun.anchoring.forums.models import Seat
from samtun.foundation.forms import ClockField, DayField, Form, LongText, OneOf, PhoneField, ShortText
from samtun.foundation.models import Owner

READ_BELOW = _("Those who proposed it read this, and whoever said it first may get it as a text message: no names.")
PARTS = [(Part.MEMBER, _("Member")), (Part.LEADS, _("Leads the meetings")), (Part.WRITES, _("Writes the minutes"))]


class ForumForm(Form):
    """A forum."""

    owner = OneOf(label=_("Who calls it?"))
    name = ShortText(label=_("What is the forum called?"), max_length=120)
    purpose = LongText(label=_("What is it for?"), max_length=600, rows=3)

    def __init__(self, *args: Any, owners: list[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("owner", OneOf).offer(owners)


class SeatForm(Form):
    """A seat. The person is found by a number that the owner knows."""

    phone = PhoneField(label=_("Telephone number of the person"))
    on_behalf = OneOf(label=_("Who does the person speak for?"))
    does = forms.ChoiceField(label=_("What does the person do there?"), choices=PARTS, initial=Part.MEMBER)
    ends = DayField(label=_("When does the term end?"), required=False)

    def __init__(self, *args: Any, owners: list[Owner], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("on_behalf", OneOf).offer(owners, none=_("Choose"))
        self.part("ends", DayField).start_at(today)

    def clean_does(self) -> Part:
        """Return the part itself."""
        return Part(self.cleaned_data["does"])


class MeetingForm(Form):
    """When and where."""

    on = DayField(label=_("Which day?"))
    clock = ClockField(label=_("What time?"))
    place = ShortText(label=_("Where do we meet?"), max_length=80)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("on", DayField).start_at(today)


class ItemForm(Form):
    """An item, and on whose behalf."""

    title = ShortText(label=_("What should the forum take up?"), max_length=120)
    words = LongText(label=_("Tell more"), required=False, max_length=2000, rows=6)
    from_owner = OneOf(label=_("On whose behalf?"))

    def __init__(self, *args: Any, owners: list[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("from_owner", OneOf).offer(owners)


class DecisionForm(Form):
    """What was decided, who answers for it, and by when."""

    words = LongText(label=_("What was decided?"), max_length=1000, rows=4, help_text=READ_BELOW)
    answers = forms.ChoiceField(label=_("Who answers for it?"))
    due = DayField(label=_("By which day?"))

    def __init__(self, *args: Any, seats: list[Seat], owners: list[Owner], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen: dict[str, tuple[Owner, Seat | None]] = {f"o{o.id}": (o, None) for o in owners}
        self.chosen |= {f"s{s.id}": (s.on_behalf, s) for s in seats}
        named = [(f"s{s.id}", f"{s.person.full_name}, {s.on_behalf.name}") for s in seats]
        self.part("answers", forms.ChoiceField).choices = [
            ("", _("Choose")), *named, *((f"o{o.id}", o.name) for o in owners)
        ]  # fmt: skip
        self.part("due", DayField).start_at(today)


class HeardForm(Form):
    """Who was asked, and what they said."""

    who = ShortText(label=_("Who was asked?"), max_length=160)
    said = LongText(label=_("What did they say?"), max_length=1000, rows=4)


class UnheardForm(Form):
    """Why nobody was asked."""

    because = LongText(label=_("Why was nobody asked?"), max_length=400, rows=3)


class WhyForm(Form):
    """A reason that those who proposed it will read."""

    words = LongText(label=_("Why?"), max_length=1000, rows=3, help_text=READ_BELOW)


class MaybeWhyForm(Form):
    """A reason, if there is one."""

    words = LongText(label=_("Will you say why?"), required=False, max_length=1000, rows=3)


class DoneForm(Form):
    """What has been done."""

    words = LongText(label=_("What has been done?"), max_length=600, rows=3)


class MinutesForm(Form):
    """The minutes of an item, with the version that was read."""

    text = LongText(label=_("Minutes"), required=False, max_length=8000, rows=8)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
