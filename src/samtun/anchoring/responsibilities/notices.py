"""A message to each party that a change of the map concerns. It names no task: who answers reads it on the page."""

import datetime as dt
import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.enums import MapState
from samtun.anchoring.responsibilities.models import MapAnswer
from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel.phones import spoken
from samtun.notifications.messages.queries import address_of
from samtun.partners.organisations.queries import organisation_of, speaks_for


@register
class AnswerAsked(Notice):
    """A change of who does what waits for an answer. The reference is the party's answer."""

    key = "responsibilities.asked"
    folder = "responsibilities/mail/asked"
    title = _("Asked about who does what")
    lasts = dt.timedelta(days=10)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return who proposes it, while it waits for this answer."""
        found = MapAnswer.objects.select_related("change__proposed_by").filter(id=ref_id).first()
        if found is None or found.says or found.change.state != MapState.WAITING:
            return None
        change = found.change
        asks = organisation_of(speaks_for(change.proposed_by))
        return {
            "who": change.proposed_by.name, "owner": asks.name, "owner_phone": spoken(asks.phone),
            "page": address_of(reverse("responsibility_row", args=[change.ref_kind, change.ref_id])),
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return {
            "who": "Dalgrend frivilligsentral", "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22",
            "page": "https://dalgrend.eksempel.test/ansvar/",
        }  # fmt: skip
