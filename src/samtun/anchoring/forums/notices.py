"""Messages of forums: a meeting is called, moved or cancelled; and to those who proposed an item, each step."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.forums.enums import ItemState, MeetingState
from samtun.anchoring.forums.models import Item, Meeting
from samtun.anchoring.forums.queries import what_came_of
from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel.phones import spoken
from samtun.notifications.messages.queries import address_of
from samtun.partners.organisations.queries import organisation_of, speaks_for

SAMPLE = {
    "forum": "Samarbeidsutvalet ved Storfjordheimen", "day": "torsdag 26.11.", "clock": "18.00",
    "place": "Storfjordheimen", "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22",
    "page": "https://dalgrend.eksempel.test/utval/", "items": ["Opningstid i gymsalen", "Gåvepengar"],
}  # fmt: skip


class _AboutMeeting(Notice):
    """A message whose reference is a meeting."""

    while_in: ClassVar[frozenset[str]] = frozenset()
    lasts = dt.timedelta(days=10)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the words, while the meeting is where the message belongs."""
        found = Meeting.objects.select_related("forum__owner").filter(id=ref_id).first()
        if found is None or found.state not in self.while_in:
            return None
        organisation = organisation_of(speaks_for(found.forum.owner))
        titles = Item.objects.filter(meeting=found).order_by("on_agenda_at", "id").values_list("title", flat=True)
        with translation.override(to.language):
            return {
                "forum": found.forum.name, "day": date_format(found.on, "l j.n.").lower(),
                "clock": f"{found.at:%H.%M}", "place": found.place, "owner": organisation.name,
                "owner_phone": spoken(organisation.phone), "items": list(titles),
                "page": address_of(reverse("forum_meeting", args=[found.id])),
            }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return dict(SAMPLE)


@register
class MeetingCalled(_AboutMeeting):
    """When, where, and where the agenda is."""

    key = "forums.called"
    folder = "forums/mail/called"
    title = _("Called to a meeting")
    while_in = frozenset({MeetingState.CALLED})


@register
class MeetingMoved(_AboutMeeting):
    """The meeting has another day, time or place."""

    key = "forums.moved"
    folder = "forums/mail/moved"
    title = _("A meeting is moved")
    while_in = frozenset({MeetingState.CALLED})


@register
class MeetingCancelled(_AboutMeeting):
    """There will be no meeting."""

    key = "forums.cancelled"
    folder = "forums/mail/cancelled"
    title = _("A meeting is cancelled")
    while_in = frozenset({MeetingState.CANCELLED})
    same_day_cancellation = True


@register
class ItemCame(Notice):
    """To those who proposed an item: how far it has come. A text says in which forum, and nothing of the words."""

    key = "forums.item"
    folder = "forums/mail/item"
    title = _("How far an item has come")
    lasts = dt.timedelta(days=10)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return where it is now; None when it waits as it did from the first."""
        found = Item.objects.select_related("forum__owner", "from_owner").filter(id=ref_id).first()
        came = what_came_of(ref_id)
        if found is None or came is None:
            return None
        put_off = found.put_offs.exists()
        if came.state == ItemState.PROPOSED and not put_off:
            return None
        organisation = organisation_of(speaks_for(found.forum.owner))
        with translation.override(to.language):
            day = date_format(came.meets_on, "j. F") if came.meets_on else ""
            due = date_format(came.due, "j. F") if came.due else ""
        return {
            "forum": came.forum, "item": came.title, "proposed_by": found.from_owner.name, "state": came.state,
            "day": day, "words": came.words, "answers": came.answers, "due": due, "done_words": came.done_words,
            "owner": organisation.name, "owner_phone": spoken(organisation.phone),
            "page": address_of(reverse("forum_item", args=[found.id])),
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return SAMPLE | {
            "item": "Opningstid i gymsalen", "proposed_by": "Dalgrend helselag", "state": "on_agenda",
            "day": "2. desember", "words": "Hallen blir låst opp klokka ti.", "answers": "Dalgrend kommune",
            "due": "18. desember", "done_words": "",
        }  # fmt: skip
