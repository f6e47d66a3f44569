"""What is sent to an organisation: whether it was found to be who it says it is."""

import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel import clock
from samtun.kernel.phones import spoken
from samtun.partners.catalogue.enums import PublisherState
from samtun.partners.catalogue.models import Publisher
from samtun.partners.catalogue.queries import contacts_of
from samtun.partners.organisations.queries import organisation_of, speaks_for
from samtun.people.persons.queries import everyone_of

LONG = {
    "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22",
    "organisation": "Dalgrend sanitetsforening og grendalag",
}  # fmt: skip


def _answers(publisher: Publisher, to: Recipient) -> bool:
    """Tell whether the recipient still answers for the organisation."""
    heads = contacts_of(publisher.owner_id, on=clock.today())
    return to.person in {key for head in heads for key in everyone_of(head)}


class _AboutPublisher(Notice):
    """To whoever answers for an organisation."""

    state: PublisherState

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return who looked and what came of it; None when it stands otherwise now, or another answers."""
        found = Publisher.objects.select_related("owner", "centre").filter(id=ref_id, state=self.state).first()
        if found is None or not _answers(found, to):
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
