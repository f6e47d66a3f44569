"""Messages to the parties of an agreement. A text gives nothing away: neither what it is about nor with whom."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.agreements.enums import LIVE, OPEN, State, VersionState
from samtun.anchoring.agreements.models import Agreement, Evaluation, Version
from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel.phones import spoken
from samtun.notifications.messages.queries import address_of
from samtun.partners.organisations.queries import organisation_of, speaks_for

SAMPLE = {
    "agreement": "Laurdagskaffi og følgje til butikken på Storfjordheimen", "owner": "Dalgrend frivilligsentral",
    "owner_phone": "57 00 11 22", "page": "https://dalgrend.eksempel.test/avtale/0192f0a4-7d31/",
}  # fmt: skip


class _AboutAgreement(Notice):
    """A message whose reference is an agreement."""

    lasts = dt.timedelta(days=10)
    while_in: ClassVar[frozenset[str]] = LIVE

    def applies(self, agreement: Agreement) -> bool:
        """Tell whether it is still true."""
        return agreement.state in self.while_in

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the words, while they are true."""
        found = Agreement.objects.select_related("started_by").filter(id=ref_id).first()
        if found is None or not self.applies(found):
            return None
        body = organisation_of(speaks_for(found.started_by))
        return {
            "agreement": found.name, "owner": body.name, "owner_phone": spoken(body.phone),
            "page": address_of(reverse("agreement", args=[found.id])),
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return dict(SAMPLE)


@register
class Noted(_AboutAgreement):
    """Somebody has noted what was agreed."""

    key = "agreements.noted"
    folder = "agreements/mail/noted"
    title = _("An agreement is noted")


@register
class Proposed(_AboutAgreement):
    """Something waits for the party's answer."""

    key = "agreements.proposed"
    folder = "agreements/mail/proposed"
    title = _("An agreement waits for an answer")

    def applies(self, agreement: Agreement) -> bool:
        """Tell whether anything still waits."""
        return Version.objects.filter(agreement=agreement, state__in=OPEN).exists()


@register
class Agreed(_AboutAgreement):
    """All parties have said yes."""

    key = "agreements.agreed"
    folder = "agreements/mail/agreed"
    title = _("All parties have said yes")
    while_in = frozenset(State)


@register
class Objected(_AboutAgreement):
    """A party has said no, with words."""

    key = "agreements.objected"
    folder = "agreements/mail/objected"
    title = _("A party has another view")

    def applies(self, agreement: Agreement) -> bool:
        """Tell whether the objection still stands."""
        return Version.objects.filter(agreement=agreement, state=VersionState.OBJECTED).exists()


@register
class WrittenDown(_AboutAgreement):
    """Somebody has written down what the party said by telephone or on paper."""

    key = "agreements.written_down"
    folder = "agreements/mail/written_down"
    title = _("Your word is written down")
    while_in = frozenset(State)


@register
class EvaluationDue(_AboutAgreement):
    """It is time to say how it goes."""

    key = "agreements.evaluation_due"
    folder = "agreements/mail/evaluation_due"
    title = _("An evaluation is due")

    def applies(self, agreement: Agreement) -> bool:
        """Tell whether it is not done yet."""
        return Evaluation.objects.filter(agreement=agreement, done_at=None).exists()


@register
class Stops(_AboutAgreement):
    """A party goes out of it."""

    key = "agreements.stops"
    folder = "agreements/mail/stops"
    title = _("A party stops")
    while_in = frozenset(State)


@register
class Over(_AboutAgreement):
    """The agreement is over, or another goes on with it."""

    key = "agreements.over"
    folder = "agreements/mail/over"
    title = _("An agreement is over")
    while_in = frozenset({State.ENDED, State.TAKEN_OVER})


@register
class ForumDecided(_AboutAgreement):
    """A forum has said what it thinks of what a party took up there."""

    key = "agreements.forum_decided"
    folder = "agreements/mail/forum_decided"
    title = _("A forum has decided about an agreement")
