"""What is said to a number that has written to us. About the text itself (`inbound`), never about a person."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from samtun.foundation.notices import Notice, register
from samtun.foundation.presence import there_words
from samtun.foundation.recipients import Recipient
from samtun.foundation.replies import answered_in_words, question_kind
from samtun.notifications.messages.models import Inbound, Question


class Answer(Notice):
    """An answer to a text: by SMS only, at once, and pointless after some hours."""

    channels: ClassVar[tuple[str, ...]] = ("sms",)
    lasts: ClassVar[dt.timedelta] = dt.timedelta(hours=12)
    answers_own_act: ClassVar[bool] = True

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Need nothing but the frame."""
        return {}


class ForAPerson(Answer):
    """What a person reads: says when somebody is there (R114)."""

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return when somebody is there next, as it was when the text came in."""
        inbound = Inbound.objects.filter(id=ref_id).first()
        return {"there": there_words(inbound.owner_id, inbound.received_at, to.language)} if inbound else None

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """The longest plausible sentence."""
        return {"there": "Nokon er her torsdag kl. 10.30."}


@register
class Stopped(Answer):
    """STOPP has been heard."""

    key = "messages.stopped"
    folder = "messages/mail/stopped"
    title = _("No more questions")


@register
class Started(Answer):
    """START has been heard."""

    key = "messages.started"
    folder = "messages/mail/started"
    title = _("Questions again")


@register
class WhichOne(Answer):
    """Several questions are open, or the number was left out or wrong."""

    key = "messages.which_one"
    folder = "messages/mail/which_one"
    title = _("Which one do you mean?")

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """List the open questions, at most four; none any more: nothing to say."""
        inbound = Inbound.objects.filter(id=ref_id).first()
        if inbound is None:
            return None
        still = Q(answered_at__isnull=True, ends_at__gt=inbound.received_at)
        asked = Question.objects.filter(still, phone_hash=inbound.phone_hash, kind__in=answered_in_words())
        found = asked.order_by("-asked_at")[:4]
        ones = [{"code": q.code, "about": question_kind(q.kind).label(q.ref_id, to.language)} for q in found]
        return {"ones": ones, "first": ones[0]["code"]} if ones else None

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Two questions on days with long names."""
        ones = [{"code": 27, "about": "onsdag 25. november"}, {"code": 38, "about": "torsdag 26. november"}]
        return {"ones": ones, "first": 27}


@register
class NotUnderstood(ForAPerson):
    """A person will read it."""

    key = "messages.not_understood"
    folder = "messages/mail/not_understood"
    title = _("Someone will read your message")


@register
class AlreadySaid(ForAPerson):
    """Another answer has been given before; a person sees to it."""

    key = "messages.already_said"
    folder = "messages/mail/already_said"
    title = _("You have answered already")


@register
class TooLateSaid(ForAPerson):
    """The time to answer was over; a person sees to it."""

    key = "messages.too_late_said"
    folder = "messages/mail/too_late_said"
    title = _("The time to answer is over")


@register
class CouldNot(Answer):
    """What was asked for could not be done, with the sentence that says why."""

    key = "messages.could_not"
    folder = "messages/mail/could_not"
    title = _("It could not be done")

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the sentence in the recipient's language."""
        inbound = Inbound.objects.filter(id=ref_id).first()
        if inbound is None or not inbound.refusal:
            return None
        with translation.override(to.language):
            return {"sentence": translation.gettext(inbound.refusal)}

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """A sentence of middling length."""
        return {"sentence": "Noen andre sa ja før deg. Takk for at du ville."}
