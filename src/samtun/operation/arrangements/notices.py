"""Messages of standing arrangements. Texts give nothing away; names to the one who is visited only (R59, R83)."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel.phones import spoken
from samtun.operation.arrangements.enums import LIVE, ArrangementState, VisitState
from samtun.operation.arrangements.models import Arrangement, Pause, Term, Visit
from samtun.operation.arrangements.queries import rhythm_facts, visit_day
from samtun.operation.help_requests.queries.words import clock_words, length_words
from samtun.partners.organisations.queries import organisation_of, speaks_for

SAMPLE = {
    "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22", "kind": "besøksven",
    "day": "torsdagar", "clock": "kl. 10.30", "rhythm": "annakvar veke", "length": "1 t 30 min", "first": "26.11.",
    "volunteer": "Margrethe Øvrebø-Solheim", "on": "torsdag 24.12. (julaftan)", "starts": "torsdag 26.11.",
    "ends": "torsdag 31.12.",
}  # fmt: skip


def _words(arrangement: Arrangement, language: str) -> dict[str, Any]:
    """Return who writes and what it is about. Called with the language active."""
    organisation = organisation_of(speaks_for(arrangement.owner))
    kind = in_language(arrangement.task_type.name, language)
    return {"owner": organisation.name, "owner_phone": spoken(organisation.phone), "kind": kind[:1].lower() + kind[1:]}


class _Sampled(Notice):
    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return dict(SAMPLE)


class _AboutArrangement(_Sampled):
    """A message whose reference is the arrangement. The volunteer's name stands in those to the recipient only."""

    while_in: ClassVar[frozenset[str]] = frozenset()

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the words, while the arrangement is where the message belongs."""
        found = Arrangement.objects.select_related("task_type", "owner").filter(id=ref_id).first()
        terms = Term.objects.filter(arrangement=ref_id).select_related("volunteer__person").order_by("-starts", "-id")
        term = terms.first()
        if found is None or term is None or found.state not in self.while_in:
            return None
        if to.person == found.recipient_id and term.volunteer.person.is_dead:
            return None  # a person tells them
        with translation.override(to.language):
            words = _words(found, to.language) | rhythm_facts(term)
        if to.person == found.recipient_id:
            words["volunteer"] = term.volunteer.person.full_name
        return words


class _AboutVisit(_Sampled):
    """A message whose reference is one date."""

    while_in: ClassVar[frozenset[str]] = frozenset()

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the words, while the date is where the message belongs."""
        related = ("arrangement__task_type", "arrangement__owner", "term__volunteer__person")
        found = Visit.objects.select_related(*related).filter(id=ref_id).first()
        if found is None or found.state not in self.while_in or found.arrangement.state not in LIVE:
            return None
        with translation.override(to.language):
            words = _words(found.arrangement, to.language) | rhythm_facts(found.term)
            words |= {"on": visit_day(found.on), "clock": clock_words(found.at), "length": length_words(found.minutes)}
        if to.person == found.arrangement.recipient_id:
            words["volunteer"] = found.term.volunteer.person.full_name
        return words


class _AboutPause(_Sampled):
    """A message whose reference is a pause."""

    lifted: ClassVar[bool] = False

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the words, while the pause is where the message belongs."""
        related = ("arrangement__task_type", "arrangement__owner")
        found = Pause.objects.select_related(*related).filter(id=ref_id).first()
        if found is None or bool(found.lifted_at) != self.lifted or found.arrangement.state not in LIVE:
            return None
        with translation.override(to.language):
            words = _words(found.arrangement, to.language)
            ends = date_format(found.ends, "l j.n.").lower() if found.ends else ""
            return words | {"starts": visit_day(found.starts), "ends": ends}


@register
class BeginsVolunteer(_AboutVisit):
    """It is agreed: who and where behind the link, never in the text. The reference is the first date."""

    key = "arrangements.begins_volunteer"
    folder = "arrangements/mail/begins_volunteer"
    title = _("A standing arrangement is agreed: to the volunteer")
    question = "visit"
    while_in = frozenset({VisitState.PLANNED})


@register
class BeginsRecipient(_AboutArrangement):
    """It is agreed: who comes, when, and how often."""

    key = "arrangements.begins_recipient"
    folder = "arrangements/mail/begins_recipient"
    title = _("A standing arrangement is agreed: to the one who is visited")
    while_in = frozenset({ArrangementState.RUNNING})


@register
class RemindVisit(_AboutVisit):
    """The day before, to the one who comes: to say if one cannot."""

    key = "arrangements.reminder"
    folder = "arrangements/mail/reminder"
    title = _("Reminder")
    question = "visit"
    while_in = frozenset({VisitState.PLANNED})
    lasts = dt.timedelta(hours=20)


@register
class DropHeard(_AboutVisit):
    """The one who comes cannot this time; heard, no reason asked."""

    key = "arrangements.drop_heard"
    folder = "arrangements/mail/drop_heard"
    title = _("That you cannot come this time is heard")
    channels = ("sms",)
    answers_own_act = True
    while_in = frozenset({VisitState.CANNOT})


@register
class CannotThisTime(_AboutVisit):
    """The one who was to come cannot this time: to the one who is visited."""

    key = "arrangements.cannot"
    folder = "arrangements/mail/cannot"
    title = _("Nobody comes this time")
    same_day_cancellation = True
    while_in = frozenset({VisitState.CANNOT})


@register
class NotThisTime(_AboutVisit):
    """Not this time: to the one who was to come, so that nobody goes in vain."""

    key = "arrangements.not_this_time"
    folder = "arrangements/mail/not_this_time"
    title = _("Not this time: to the volunteer")
    same_day_cancellation = True
    while_in = frozenset({VisitState.NOT_WANTED})


@register
class StandsAfterAll(_AboutVisit):
    """It stands after all: to the one who had heard otherwise."""

    key = "arrangements.stands"
    folder = "arrangements/mail/stands"
    title = _("It stands after all")
    same_day_cancellation = True
    while_in = frozenset({VisitState.PLANNED})


@register
class Paused(_AboutPause):
    """A pause, with its days; no reason."""

    key = "arrangements.paused"
    folder = "arrangements/mail/paused"
    title = _("A pause")


@register
class GoesOn(_AboutPause):
    """The pause is over."""

    key = "arrangements.goes_on"
    folder = "arrangements/mail/goes_on"
    title = _("It goes on")
    lifted = True


@register
class Changed(_AboutArrangement):
    """Another day or time from a date, as both have agreed."""

    key = "arrangements.changed"
    folder = "arrangements/mail/changed"
    title = _("Another day or time")
    while_in = frozenset({ArrangementState.RUNNING})


@register
class ComesNoMore(_AboutArrangement):
    """The one who came has stopped; someone else is looked for."""

    key = "arrangements.comes_no_more"
    folder = "arrangements/mail/comes_no_more"
    title = _("The one who came has stopped")
    while_in = frozenset({ArrangementState.LOOKING})


@register
class EndedVolunteer(_AboutArrangement):
    """It has ended: thank you."""

    key = "arrangements.ended_volunteer"
    folder = "arrangements/mail/ended_volunteer"
    title = _("The arrangement has ended: to the volunteer")
    while_in = frozenset({ArrangementState.ENDED, ArrangementState.RUNNING})


@register
class EndedRecipient(_AboutArrangement):
    """It has ended; ring whenever there is something."""

    key = "arrangements.ended_recipient"
    folder = "arrangements/mail/ended_recipient"
    title = _("The arrangement has ended: to the one who is visited")
    while_in = frozenset({ArrangementState.ENDED})
