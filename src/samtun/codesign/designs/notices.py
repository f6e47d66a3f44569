"""Messages to who answers for a party: asked, a yes waited for, what was changed, what became of a proposal."""

import datetime as dt
import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.codesign.designs.enums import ChangeState
from samtun.codesign.designs.models import Change, Party, Version
from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel.phones import spoken
from samtun.notifications.messages.queries import address_of
from samtun.partners.organisations.queries import organisation_of, speaks_for

SAMPLE = {
    "design": "Fredagskaffe med skyss", "party": "Dalgrend helselag", "owner": "Dalgrend frivilligsentral",
    "owner_phone": "57 00 11 22", "page": "https://dalgrend.eksempel.test/opplegg/", "who": "Dalgrend frivilligsentral",
    "why": "Dei som sit bak, ser ikkje skiltet.", "number": 12, "words": "Vi prøver til påske.",
}  # fmt: skip


def _page(name: str, key: uuid.UUID) -> str:
    return address_of(reverse(name, args=[key]))


class _ToParty(Notice):
    """A message about a design. Words of persons are not in it."""

    channels = ("sms", "email", "letter", "call")
    lasts = dt.timedelta(days=10)

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return dict(SAMPLE)


@register
class AskedToTakePart(_ToParty):
    """An organisation is asked to be a party. The reference is its row as a party."""

    key = "designs.asked"
    folder = "designs/mail/asked"
    title = _("Asked to make a service together")

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return what it is about, while no answer is given."""
        found = Party.objects.select_related("design__owner", "owner").filter(id=ref_id, left_at=None).first()
        if found is None or found.joined_at is not None or found.design.ended_at is not None:
            return None
        asks = organisation_of(speaks_for(found.design.owner))
        return {
            "design": found.design.title, "party": found.owner.name, "owner": asks.name,
            "owner_phone": spoken(asks.phone), "page": _page("design", found.design_id),
        }  # fmt: skip


@register
class YesWaitedFor(_ToParty):
    """A larger change waits for a yes. The reference is the change."""

    key = "designs.approve"
    folder = "designs/mail/approve"
    title = _("A larger change waits for your yes")

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return what is proposed, while it waits."""
        found = Change.objects.select_related("design", "from_owner").filter(id=ref_id).first()
        if found is None or found.state != ChangeState.PROPOSED:
            return None
        asks = organisation_of(speaks_for(found.from_owner))
        return {
            "design": found.design.title, "who": found.from_owner.name, "owner": asks.name,
            "owner_phone": spoken(asks.phone), "page": _page("design_change", found.id), "words": found.words,
        }  # fmt: skip


@register
class WasChanged(_ToParty):
    """Something was changed: a new version, and why. The reference is the version."""

    key = "designs.changed"
    folder = "designs/mail/changed"
    title = _("Something we make together was changed")

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return what was written."""
        found = Version.objects.select_related("design__owner").filter(id=ref_id).first()
        if found is None:
            return None
        asks = organisation_of(speaks_for(found.design.owner))
        return {
            "design": found.design.title, "number": found.number, "why": found.why, "owner": asks.name,
            "owner_phone": spoken(asks.phone), "page": _page("design", found.design_id),
        }  # fmt: skip


@register
class ChangeCame(_ToParty):
    """To those who proposed a change: that it will be made, is made, or is not. The reference is the change."""

    key = "designs.came"
    folder = "designs/mail/came"
    title = _("What became of a proposed change")

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return what was said to it; None while nothing is, or when they took it back."""
        found = Change.objects.select_related("design__owner").filter(id=ref_id).first()
        if found is None or found.state in {ChangeState.PROPOSED, ChangeState.WITHDRAWN}:
            return None
        asks = organisation_of(speaks_for(found.design.owner))
        return {
            "design": found.design.title, "state": found.state, "owner": asks.name, "owner_phone": spoken(asks.phone),
            "page": _page("design_change", found.id), "proposed": found.words,
            "words": found.planned_words if found.state == ChangeState.PLANNED else found.settled_words,
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return SAMPLE | {"state": "not_made", "proposed": "Opne døra ti minutt før."}
