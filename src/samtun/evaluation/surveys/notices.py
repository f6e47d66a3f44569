"""One question about an arrangement: to the one help was for, and to those who were at something."""

import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.operation.activities.enums import OccurrenceState
from samtun.operation.help_requests.enums import MatchState
from samtun.operation.help_requests.models import Match
from samtun.operation.help_requests.notices import SAMPLE
from samtun.operation.help_requests.queries.words import words_for
from samtun.operation.registrations.notices import time_words
from samtun.operation.registrations.queries import hears_of, time_told


@register
class WentWell(Notice):
    """Did it go all right? Yes, or ring me."""

    key = "surveys.went_well"
    folder = "surveys/mail/went_well"
    title = _("Did it go all right?")
    question = "went_well"

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the words, while it stands as done."""
        related = ("request", "request__task_type", "request__village", "request__recipient")
        match = Match.objects.select_related(*related).filter(id=ref_id, state=MatchState.DONE).first()
        return words_for(match.request, to.language) if match else None

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return dict(SAMPLE)


@register
class HowWasIt(Notice):
    """How was it? To whoever signed up those who were there."""

    key = "surveys.how_was_it"
    folder = "surveys/mail/how_was_it"
    title = _("How was it?")
    question = "how_was_it"

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return what it was; None when it is no more, or they were not there.

        Of a closed list the day alone: neither what it is nor who holds it, since that may tell what it is (R59).
        """
        row = time_told(ref_id)
        if row is None or row.state != OccurrenceState.HELD or hears_of(to.person, row) is None:
            return None
        words = time_words(row, to.language)
        return words | {"owner": row.host.name if words["title"] else ""}

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return {
            "owner": "Dalgrend sanitetsforening og grendalag", "day": "laurdag 28. november", "at": "18.00",
            "title": "Basar på bedehuset i Ytstegrenda til inntekt for lag", "where": "Grendahuset i Ytstegrenda",
            "phone": "57 00 11 22",
        }  # fmt: skip
