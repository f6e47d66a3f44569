"""What those who publish are told: what was taken down, and why; and what they are asked when the weather is bad."""

import datetime as dt
import uuid
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel import clock
from samtun.kernel.phones import spoken
from samtun.operation.activities.enums import ActivityState, OccurrenceState
from samtun.operation.activities.models import Activity, Occurrence
from samtun.partners.catalogue.notices import Down, TakenDownNotice
from samtun.partners.catalogue.queries import answers_for
from samtun.partners.organisations.queries import organisation_of, receiving_owner

ASKED = "held_or_not"


@register
class ActivityTakenDown(TakenDownNotice):
    """What you put in the programme was taken down; the words are the catalogue's."""

    key = "catalogue.activity_taken_down"

    def down(self, ref_id: uuid.UUID) -> Down | None:
        """Return the activity that is down; None when it stands again."""
        found = Activity.objects.filter(id=ref_id, state=ActivityState.TAKEN_DOWN).first()
        return Down(found.owner_id, found.title, found.taken_down_because) if found else None


@register
class IsItHeld(Notice):
    """The weather is bad: is it held? Yes keeps it as it is, no calls it off."""

    key = "activities.is_it_held"
    folder = "activities/mail/is_it_held"
    title = _("Is it held?")
    question = ASKED
    lasts = dt.timedelta(days=2)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return which time it is and why it is asked; None when it is settled, or another answers for it."""
        rows = Occurrence.objects.select_related("activity").exclude(asked_because="")
        row = rows.filter(id=ref_id, state=OccurrenceState.PLANNED).first()
        hosts = {row.host_id, row.activity.owner_id} if row else set()
        if row is None or not any(answers_for(one, to.person, on=clock.today()) for one in hosts):
            return None
        there = receiving_owner()
        body = organisation_of(there.id if there else row.activity.owner_id)
        with override(to.language):
            day = date_format(row.on, "l j. F")
        return {
            "owner": body.name, "owner_phone": spoken(body.phone), "title": row.title[:50], "day": day,
            "at": f"{row.at:%H.%M}", "why": row.asked_because.rstrip("."),
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return {
            "owner": "Frivilligsentralen i Elvefjord", "owner_phone": "57 00 11 22",
            "title": "Tysdagskaffi og handarbeid i grendehuset", "day": "laurdag 28. november", "at": "18.00",
            "why": "Det er meldt storm og stengde vegar frå kl. 15",
        }  # fmt: skip
