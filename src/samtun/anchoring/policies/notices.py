"""Messages to who answers for a goal."""

import datetime as dt
import uuid
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.policies.enums import AHEAD, PolicyState
from samtun.anchoring.policies.models import Goal
from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel.phones import spoken
from samtun.notifications.messages.queries import address_of
from samtun.partners.organisations.queries import organisation_of, speaks_for


@register
class DueSoon(Notice):
    """A goal one answers for nears its day. The reference is the goal."""

    key = "policies.due_soon"
    folder = "policies/mail/due_soon"
    title = _("A goal nears its day")
    lasts = dt.timedelta(days=10)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the words, while it is still ahead."""
        found = Goal.objects.select_related("policy", "owner").filter(id=ref_id).first()
        if found is None or found.state not in AHEAD or found.policy.state != PolicyState.HOLDS:
            return None
        body = organisation_of(speaks_for(found.owner))
        return {
            "goal": found.words, "policy": found.policy.title, "day": date_format(found.due, "j. F Y"),
            "owner": body.name, "owner_phone": spoken(body.phone),
            "page": address_of(reverse("policy_goal", args=[found.id])),
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return {
            "goal": "Alle som vil, får besøk innan tre veker", "policy": "Plan for det frivillige i Dalgrend",
            "day": "30. september 2027", "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22",
            "page": "https://dalgrend.eksempel.test/planar/maal/0192f0a4-7d31/",
        }  # fmt: skip
