"""What those who publish are told: that something was taken down, and why."""

import datetime as dt
import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel import clock
from samtun.kernel.phones import spoken
from samtun.operation.activities.enums import ActivityState
from samtun.operation.activities.models import Activity
from samtun.partners.catalogue.queries import answers_for
from samtun.partners.organisations.queries import organisation_of, receiving_owner


@register
class ActivityTakenDown(Notice):
    """What you put in the programme was taken down, and why."""

    key = "activities.taken_down"
    folder = "activities/mail/taken_down"
    title = _("Something was taken down")
    lasts = dt.timedelta(days=5)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return what it is about and why; None when it stands again, or another answers for the organisation."""
        found = Activity.objects.filter(id=ref_id, state=ActivityState.TAKEN_DOWN).first()
        if found is None or not answers_for(found.owner_id, to.person, on=clock.today()):
            return None
        there = receiving_owner()
        body = organisation_of(there.id if there else found.owner_id)
        return {
            "owner": body.name, "owner_phone": spoken(body.phone), "offer": found.title[:60],
            "why": found.taken_down_because,
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return {
            "owner": "Frivilligsentralen i Elvefjord", "owner_phone": "900 00 001",
            "offer": "Tirsdagskaffi og handarbeid i grendehuset", "why": "Nummeret går til ein som ikkje veit om det.",
        }  # fmt: skip
