"""Messages about help. Texts give nothing away: kind and place as decided, never why, never a diagnosis (R59, R83)."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation.notices import Notice, register
from samtun.foundation.presence import there_words
from samtun.foundation.recipients import Recipient
from samtun.operation.help_requests.enums import AskState, MatchState, RequestState
from samtun.operation.help_requests.models import Ask, HelpRequest, Match
from samtun.operation.help_requests.queries.words import words_for, words_for_asker
from samtun.operation.help_requests.rules import door_code

SAMPLE = {
    "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22", "kind": "snø og strøing på trappa",
    "day": "torsdag 26.11.", "clock": "kl. 10.30", "length": "1 t 30 min", "place": "Storfjordgrenda",
    "volunteer": "Margrethe Øvrebø-Solheim", "way_on": "Ring servicekontoret.", "is_today": False,
    "name": "Margrethe Øvrebø-Solheim", "became": "way_on",
}  # fmt: skip
SAMPLE_LASTING = SAMPLE | {"day": "torsdagar", "rhythm": "annakvar veke", "first": "26.11."}


class _AboutHelp(Notice):
    """A message about something asked for. `while_in` are the states in which it is still true."""

    while_in: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return dict(SAMPLE)


class _AboutRequest(_AboutHelp):
    """A message whose reference is the request."""

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the words, while the request is where the message belongs."""
        request = HelpRequest.objects.select_related("task_type", "village", "recipient").filter(id=ref_id).first()
        if request is None or request.state not in self.while_in:
            return None
        return words_for(request, to.language) | {"way_on": in_language(request.task_type.way_on, to.language)}


class _AboutAsk(_AboutHelp):
    """A message whose reference is the ask."""

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the words, while the ask is where the message belongs."""
        related = ("request", "request__task_type", "request__village", "request__recipient")
        ask = Ask.objects.select_related(*related).filter(id=ref_id).first()
        if ask is None or ask.state not in self.while_in:
            return None
        return words_for(ask.request, to.language)


class _AboutMatch(_AboutHelp):
    """A message whose reference is the match. The volunteer's name stands in those to the recipient only."""

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the words, while the match is where the message belongs."""
        related = (
            "request", "request__task_type", "request__village", "request__recipient", "volunteer__person", "companion",
        )  # fmt: skip
        match = Match.objects.select_related(*related).filter(id=ref_id).first()
        if match is None or match.state not in self.while_in:
            return None
        words = words_for(match.request, to.language)
        if to.person == match.request.recipient_id:
            with translation.override(to.language):
                words["volunteer"] = match.who_comes
        elif to.person == match.companion_id:
            words["volunteer"] = match.volunteer.person.given_name
        return words


@register
class AskVolunteer(_AboutAsk):
    """Who asks, what, which day, how long, in the first two lines."""

    key = "help_requests.ask"
    folder = "help_requests/mail/ask"
    title = _("Ask a volunteer")
    is_ask = True
    question = "ask"
    while_in = frozenset({AskState.SENT, AskState.SILENT})
    lasts = dt.timedelta(days=2)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Nobody is asked about what has begun."""
        ask = Ask.objects.select_related("request").filter(id=ref_id).first()
        if ask is None or ask.request.state not in {RequestState.ASKED, RequestState.LOOKING}:
            return None
        return super().facts(ref_id, to)


@register
class AskLasting(AskVolunteer):
    """The same about something that lasts: the weekday, the time and how often stand in the first two lines."""

    key = "help_requests.ask_lasting"
    folder = "help_requests/mail/ask_lasting"
    title = _("Ask a volunteer about something that lasts")

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return SAMPLE_LASTING


@register
class YesHeard(_AboutAsk):
    """The yes has come in; name and place follow."""

    key = "help_requests.yes_heard"
    folder = "help_requests/mail/yes_heard"
    title = _("Your yes is heard")
    channels = ("sms",)
    answers_own_act = True
    while_in = frozenset({AskState.YES})


@register
class NoHeard(_AboutAsk):
    """A no is met with thanks."""

    key = "help_requests.no_heard"
    folder = "help_requests/mail/no_heard"
    title = _("Your no is heard")
    channels = ("sms",)
    answers_own_act = True
    while_in = frozenset({AskState.NO})


@register
class Taken(_AboutAsk):
    """Someone else was first; thanked."""

    key = "help_requests.taken"
    folder = "help_requests/mail/taken"
    title = _("Someone else was first")
    channels = ("sms",)
    answers_own_act = True
    while_in = frozenset({AskState.THANKED, AskState.SILENT})


@register
class ThanksForAnswering(_AboutAsk):
    """It is settled; those who were asked can let it go."""

    key = "help_requests.settled"
    folder = "help_requests/mail/settled"
    title = _("It is settled")
    while_in = frozenset({AskState.THANKED, AskState.WITHDRAWN})
    lasts = dt.timedelta(days=1)


@register
class ProposeToRecipient(_AboutMatch):
    """The name, before anyone comes to the door (R31)."""

    key = "help_requests.proposal"
    folder = "help_requests/mail/proposal"
    title = _("Say the name")
    question = "proposal"
    while_in = frozenset({MatchState.PROPOSED})


@register
class ProposeLasting(ProposeToRecipient):
    """The name of one who would come again and again, before anyone comes to the door."""

    key = "help_requests.proposal_lasting"
    folder = "help_requests/mail/proposal_lasting"
    title = _("Say the name of one who would come again and again")

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return SAMPLE_LASTING


@register
class AgreedVolunteer(_AboutMatch):
    """It is agreed: who and where behind the link, never in the text."""

    key = "help_requests.agreed_volunteer"
    folder = "help_requests/mail/agreed_volunteer"
    title = _("It is agreed: to the volunteer")
    question = "still_ok"
    while_in = frozenset({MatchState.AGREED})


@register
class AgreedRecipient(_AboutMatch):
    """It is agreed: who comes, and when."""

    key = "help_requests.agreed_recipient"
    folder = "help_requests/mail/agreed_recipient"
    title = _("It is agreed: to the one who asked")
    while_in = frozenset({MatchState.AGREED})


@register
class OtherSought(_AboutMatch):
    """The recipient would rather have another; no reason is asked."""

    key = "help_requests.other_sought"
    folder = "help_requests/mail/other_sought"
    title = _("We look for another")
    channels = ("sms",)
    answers_own_act = True
    while_in = frozenset({MatchState.OTHER_WISHED})

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Leave the name out of this one."""
        words = super().facts(ref_id, to)
        if words:
            words.pop("volunteer", None)
        return words


@register
class NotNeeded(_AboutMatch):
    """The volunteer is thanked; why it changed is nobody's business."""

    key = "help_requests.not_needed"
    folder = "help_requests/mail/not_needed"
    title = _("Not needed after all")
    while_in = frozenset({MatchState.OTHER_WISHED, MatchState.CANCELLED, MatchState.DROPPED_OUT})


@register
class Reminder(_AboutMatch):
    """The day before: is it still all right."""

    key = "help_requests.reminder"
    folder = "help_requests/mail/reminder"
    title = _("Reminder")
    question = "still_ok"
    while_in = frozenset({MatchState.AGREED})
    lasts = dt.timedelta(hours=20)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Nobody is reminded of what is held: they are rung."""
        held = Match.objects.filter(id=ref_id, request__held_for__isnull=False).exists()
        return None if held else super().facts(ref_id, to)


@register
class DropHeard(_AboutMatch):
    """The volunteer cannot come; heard, no reason asked."""

    key = "help_requests.drop_heard"
    folder = "help_requests/mail/drop_heard"
    title = _("That you cannot come is heard")
    channels = ("sms",)
    answers_own_act = True
    while_in = frozenset({MatchState.DROPPED_OUT})


@register
class CannotCome(_AboutMatch):
    """The one who was to come cannot; we look for another."""

    key = "help_requests.cannot_come"
    folder = "help_requests/mail/cannot_come"
    title = _("The volunteer cannot come")
    same_day_cancellation = True
    while_in = frozenset({MatchState.DROPPED_OUT})


@register
class CancelledVolunteer(_AboutMatch):
    """Cancelled: nobody drives in vain."""

    key = "help_requests.cancelled_volunteer"
    folder = "help_requests/mail/cancelled_volunteer"
    title = _("Cancelled: to the volunteer")
    same_day_cancellation = True
    while_in = frozenset({MatchState.CANCELLED})


@register
class CompanionComes(_AboutMatch):
    """To the mentor who comes along: what, when and with whom. Name and address of the other end are not theirs."""

    key = "help_requests.companion_comes"
    folder = "help_requests/mail/companion_comes"
    title = _("To the mentor who comes along")
    while_in = frozenset({MatchState.AGREED})


@register
class CompanionFree(_AboutMatch):
    """To the mentor: it does not happen after all."""

    key = "help_requests.companion_free"
    folder = "help_requests/mail/companion_free"
    title = _("To the mentor: it does not happen")
    same_day_cancellation = True
    while_in = frozenset({MatchState.CANCELLED, MatchState.DROPPED_OUT})


@register
class CancelledRecipient(_AboutMatch):
    """Cancelled: nobody waits in vain."""

    key = "help_requests.cancelled_recipient"
    folder = "help_requests/mail/cancelled_recipient"
    title = _("Cancelled: to the one who asked")
    same_day_cancellation = True
    while_in = frozenset({MatchState.CANCELLED})


@register
class WayOn(_AboutRequest):
    """Not a volunteer's task: a kind answer with the way on."""

    key = "help_requests.way_on"
    folder = "help_requests/mail/way_on"
    title = _("The way on")
    while_in = frozenset({RequestState.DECLINED})
    lasts = dt.timedelta(days=7)


@register
class NobodyFound(_AboutRequest):
    """Nobody was found this time, or the organisation that looked has left; said as it is."""

    key = "help_requests.nobody_found"
    folder = "help_requests/mail/nobody_found"
    title = _("Nobody was found")
    while_in = frozenset({RequestState.UNMET, RequestState.CANCELLED})
    lasts = dt.timedelta(days=7)


@register
class AskerHeard(_AboutHelp):
    """What became of it, to one who asked for another: no name, no kind of help, no day."""

    key = "help_requests.asker_heard"
    folder = "help_requests/mail/asker_heard"
    title = _("What became of it: to one who asked for another")
    channels = ("sms", "call")

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return what became of it, as far as the person's yes goes."""
        return words_for_asker(ref_id)


@register
class Received(_AboutRequest):
    """A request from the public form has come in; says when someone is there."""

    key = "help_requests.received"
    folder = "help_requests/mail/received"
    title = _("Received")
    channels = ("sms",)
    answers_own_act = True
    while_in = frozenset({RequestState.UNPROVEN, RequestState.NEW, RequestState.LOOKING, RequestState.ASKED})

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Say when someone is there, too (R114)."""
        words = super().facts(ref_id, to)
        request = HelpRequest.objects.filter(id=ref_id).first()
        if words is None or request is None:
            return None
        return words | {"there": there_words(request.owner_id, request.made_at, to.language)}

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return SAMPLE | {"there": "Nokon er her torsdag kl. 10.30."}


@register
class DoorCode(Notice):
    """Six digits to the registered number, before name and address are shown or a request counts."""

    key = "help_requests.code"
    folder = "help_requests/mail/code"
    title = _("Code")
    channels = ("sms",)
    answers_own_act = True
    lasts = dt.timedelta(minutes=10)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the digits."""
        return {"digits": door_code(ref_id)}

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return digits."""
        return {"digits": "123456"}
