"""What became of it, told to the one who passed a wish on: that, and nothing about why (R83)."""

import uuid
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel.clock import wall
from samtun.kernel.phones import spoken
from samtun.operation.referrals.enums import State
from samtun.operation.referrals.models import Referral
from samtun.partners.organisations.queries import organisation_of, speaks_for
from samtun.people.consents.queries import consent_stands


@register
class Heard(Notice):
    """Somebody has rung; later, what became of it."""

    key = "referrals.heard"
    folder = "referrals/mail/heard"
    title = _("What became of what was passed on")

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the day it was passed on and what became of it; nothing about the person."""
        found = Referral.objects.select_related("owner").filter(id=ref_id, sender=to.person).first()
        if found is None or found.state in {State.WAITS, State.WITHDRAWN} or not consent_stands(found.consent_id):
            return None
        organisation = organisation_of(speaks_for(found.owner) if found.owner.left_on else found.owner_id)
        return {
            "owner": organisation.name, "owner_phone": spoken(organisation.phone),
            "day": date_format(wall(found.made_at).date(), "j.n."), "became": found.became or found.state,
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return {
            "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22", "day": "26.11.", "became": "sought",
        }  # fmt: skip
