"""A receipt by machine."""

import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.operation.help_requests.enums import MatchState
from samtun.operation.help_requests.models import Match
from samtun.operation.help_requests.notices import SAMPLE
from samtun.operation.help_requests.queries.words import words_for


@register
class Receipt(Notice):
    """What you did is noted; a human thanks you another day."""

    key = "recognition.receipt"
    folder = "recognition/mail/receipt"
    title = _("Receipt")

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the words, while it stands as done."""
        related = ("request", "request__task_type", "request__village", "request__recipient")
        match = Match.objects.select_related(*related).filter(id=ref_id, state=MatchState.DONE).first()
        return words_for(match.request, to.language) if match else None

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return dict(SAMPLE)
