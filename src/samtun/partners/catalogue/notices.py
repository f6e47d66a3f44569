"""What is sent to an organisation: whether it was found to be who it says it is, and about what it has on offer."""

import datetime as dt
import uuid
from abc import abstractmethod
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel import clock
from samtun.kernel.phones import spoken
from samtun.partners.catalogue.enums import LIVE_OFFERS, OfferState, PublisherState
from samtun.partners.catalogue.models import Offer, Publisher, StillRightAsked
from samtun.partners.catalogue.queries import answers_for
from samtun.partners.organisations.queries import organisation_of, receiving_owner, speaks_for

LONG = {
    "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22",
    "organisation": "Dalgrend sanitetsforening og grendalag",
}  # fmt: skip
LONG_OFFER = {
    "owner": LONG["owner"], "owner_phone": LONG["owner_phone"], "offer": "Besøksven til dei som ynskjer det",
}  # fmt: skip


class _AboutPublisher(Notice):
    """To whoever answers for an organisation."""

    state: PublisherState

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return who looked and what came of it; None when it stands otherwise now, or another answers."""
        found = Publisher.objects.select_related("owner", "centre").filter(id=ref_id, state=self.state).first()
        if found is None or not answers_for(found.owner_id, to.person, on=clock.today()):
            return None
        centre = organisation_of(speaks_for(found.centre))
        return {
            "owner": centre.name, "owner_phone": spoken(centre.phone), "organisation": found.owner.name,
            "why": found.why,
        }  # fmt: skip


@register
class Checked(_AboutPublisher):
    """It is checked: what you publish is open at once."""

    key = "catalogue.checked"
    folder = "catalogue/mail/checked"
    title = _("May publish from now on")
    state = PublisherState.CHECKED

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return LONG | {"why": ""}


@register
class NotSeen(_AboutPublisher):
    """It could not be seen who you are, and why."""

    key = "catalogue.not_seen"
    folder = "catalogue/mail/not_seen"
    title = _("Cannot publish yet")
    state = PublisherState.REFUSED

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return LONG | {"why": "Vi fekk ikkje tak i nokon på nummeret som står hos Brønnøysund."}


def _centre(owner: uuid.UUID) -> dict[str, str]:
    """Return whom to ring: the centre that answers in public, else the owner itself."""
    there = receiving_owner()
    body = organisation_of(there.id if there else owner)
    return {"owner": body.name, "owner_phone": spoken(body.phone)}


@register
class IsItStillRight(Notice):
    """Is this still right? One press says yes."""

    key = "catalogue.still_right"
    folder = "catalogue/mail/still_right"
    title = _("Is this still right?")
    question = "still_right"
    lasts = dt.timedelta(days=14)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return what it is about; None when it is answered, or another answers for the organisation."""
        found = StillRightAsked.objects.filter(id=ref_id, answered_at=None).first()
        if found is None or not answers_for(found.owner_id, to.person, on=clock.today()):
            return None
        return _centre(found.owner_id) | {"offer": found.title[:60]}

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return LONG_OFFER


@register
class HandedOn(Notice):
    """Another organisation has handed something on to you: you answer for it from now on."""

    key = "catalogue.handed_on"
    folder = "catalogue/mail/handed_on"
    title = _("Something was handed on to you")
    lasts = dt.timedelta(days=5)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return what it is about; None when it is on offer no more, or another answers for it."""
        found = Offer.objects.filter(id=ref_id, state__in=LIVE_OFFERS).first()
        if found is None or not answers_for(found.owner_id, to.person, on=clock.today()):
            return None
        return _centre(found.owner_id) | {"offer": found.title[:60]}

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return LONG_OFFER


class Down(NamedTuple):
    """Something that is taken down: whose, what it is called, and why."""

    owner: uuid.UUID
    title: str
    why: str


class TakenDownNotice(Notice):
    """What you published was taken down, and why. A room says what of its own is down, and registers it."""

    folder = "catalogue/mail/taken_down"
    title = _("Something was taken down")
    lasts = dt.timedelta(days=5)

    @abstractmethod
    def down(self, ref_id: uuid.UUID) -> Down | None:
        """Return what is down; None when it stands again."""

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return what it is about and why; None when it stands again, or another answers."""
        found = self.down(ref_id)
        if found is None or not answers_for(found.owner, to.person, on=clock.today()):
            return None
        return _centre(found.owner) | {"offer": found.title[:60], "why": found.why}

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return LONG_OFFER | {"why": "Nummeret går til ein som ikkje veit om det."}


@register
class TakenDown(TakenDownNotice):
    """A standing offer was taken down."""

    key = "catalogue.taken_down"

    def down(self, ref_id: uuid.UUID) -> Down | None:
        """Return the offer that is down; None when it stands again."""
        found = Offer.objects.filter(id=ref_id, state=OfferState.TAKEN_DOWN).first()
        return Down(found.owner_id, found.title, found.why) if found else None
