"""Messages of networks: who is around you, and where one is met. Nothing of why (R59)."""

import uuid
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel.phones import spoken
from samtun.operation.activities.enums import ActivityState
from samtun.operation.activities.queries import when_and_where
from samtun.operation.networks.enums import NetworkState
from samtun.operation.networks.models import Answered, Network
from samtun.operation.networks.queries import around, on_sheet
from samtun.partners.organisations.queries import organisation_of, speaks_for

GONE = (ActivityState.ENDED, ActivityState.TAKEN_DOWN)
SAMPLE_AROUND = [
    {"name": "Margrethe", "what": "ringjer deg", "when": "søndagar kl. 18", "phone": "57 00 11 22"},
    {"name": "Kaffi på Fjordheim", "what": "Ragnhild møter deg", "when": "Tysdag kl. 11.00, Fjordheim", "phone": ""},
]


@register
class Around(Notice):
    """Who is around the person, with the network contact's name and number."""

    key = "networks.around"
    folder = "networks/mail/around"
    title = _("Those around you")

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return names and what they do, while the network stands and the message is the person's own."""
        found = Network.objects.select_related("owner").filter(id=ref_id).exclude(state=NetworkState.ENDED).first()
        if found is None:
            return None
        with translation.override(to.language):
            rows = [on_sheet(member) for member in around(found.id)]
            return _ours(found.owner_id) | {"rows": rows, "contact": next((r for r in rows if r["phone"]), None)}

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return {
            "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22", "rows": SAMPLE_AROUND,
            "contact": SAMPLE_AROUND[0],
        }  # fmt: skip


@register
class ComeAlong(Notice):
    """An ordinary activity: who meets you, when and where."""

    key = "networks.come_along"
    folder = "networks/mail/come_along"
    title = _("Where you are met")

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the activity as it stands; None when it is no longer held."""
        rows = Answered.objects.select_related("activity__place").exclude(activity__state__in=GONE)
        found = rows.filter(id=ref_id).first()
        if found is None:
            return None
        line = found.activity
        with translation.override(to.language):
            return _ours(found.owner_id) | {
                "what": line.title, "when": when_and_where(line), "meets": line.meets_name,
                "meets_phone": spoken(line.meets_phone), "with_company": found.with_company,
            }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return {
            "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22", "what": "Kaffi og song",
            "when": "Tysdag kl. 11.00, Fjordheim", "meets": "Ragnhild", "meets_phone": "57 00 11 33",
            "with_company": False,
        }  # fmt: skip


def _ours(owner: uuid.UUID) -> dict[str, Any]:
    organisation = organisation_of(owner)
    if organisation.owner.left_on:
        organisation = organisation_of(speaks_for(organisation.owner))
    return {"owner": organisation.name, "owner_phone": spoken(organisation.phone)}
