"""Messages of call-outs. An ask says who asks, what, which day, how long and where in its first two lines."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel.phones import spoken
from samtun.operation.callouts.enums import LIVE, CallOutState, TurnOut
from samtun.operation.callouts.models import Asked
from samtun.operation.help_requests.queries.words import clock_words, length_words
from samtun.partners.organisations.queries import organisation_of, speaks_for

SAMPLE = {
    "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22", "what": "tur med bebuarane",
    "day": "torsdag 26.11.", "clock": "kl. 10.30", "length": "1 t 30 min", "place": "Storfjordheimen", "group": "",
    "volunteer": "Kristoffer",
}  # fmt: skip


class _AboutAsked(Notice):
    """A message whose reference is one who was asked."""

    while_in: ClassVar[frozenset[str]] = frozenset()
    call_out_in: ClassVar[frozenset[str]] = frozenset(CallOutState.values)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the words, while the ask and the call-out are where the message belongs."""
        found = Asked.objects.select_related("call_out__owner", "volunteer__person").filter(id=ref_id).first()
        if found is None or not self.belongs(found):
            return None
        call_out = found.call_out
        organisation = organisation_of(speaks_for(call_out.owner))
        with translation.override(to.language):
            return {
                "owner": organisation.name, "owner_phone": spoken(organisation.phone), "what": call_out.words,
                "day": date_format(call_out.on, "l j.n.").lower(), "clock": clock_words(call_out.at),
                "length": length_words(call_out.minutes), "place": call_out.place, "group": found.group_name,
                "volunteer": found.volunteer.person.given_name,
            }  # fmt: skip

    def belongs(self, found: Asked) -> bool:
        """Tell whether the ask and the call-out are where the message belongs."""
        return found.state in self.while_in and found.call_out.state in self.call_out_in

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return dict(SAMPLE)


@register
class AskFriend(_AboutAsked):
    """Who asks, what, which day, how long, where."""

    key = "callouts.ask"
    folder = "callouts/mail/ask"
    title = _("Call out")
    is_ask = True
    question = "call_out"
    lasts = dt.timedelta(days=2)
    while_in = frozenset({TurnOut.SENT})
    call_out_in = frozenset({CallOutState.OPEN})


@register
class Counted(_AboutAsked):
    """You are counted in."""

    key = "callouts.counted"
    folder = "callouts/mail/counted"
    title = _("Counted in")
    answers_own_act = True
    while_in = frozenset({TurnOut.YES})
    call_out_in = LIVE


@register
class Enough(_AboutAsked):
    """There are enough; thank you."""

    key = "callouts.enough"
    folder = "callouts/mail/enough"
    title = _("There are enough")
    while_in = frozenset({TurnOut.THANKED})
    lasts = dt.timedelta(days=1)


@register
class NoIsHeard(_AboutAsked):
    """A no is met with thanks."""

    key = "callouts.no_heard"
    folder = "callouts/mail/no_heard"
    title = _("Your no is heard")
    channels = ("sms",)
    answers_own_act = True
    while_in = frozenset({TurnOut.NO, TurnOut.DROPPED})


@register
class RemindFriend(_AboutAsked):
    """The day before."""

    key = "callouts.reminder"
    folder = "callouts/mail/reminder"
    title = _("Reminder")
    while_in = frozenset({TurnOut.YES})
    call_out_in = LIVE
    lasts = dt.timedelta(hours=20)


@register
class CallOutCancelled(_AboutAsked):
    """Cancelled: nobody comes in vain."""

    key = "callouts.cancelled"
    folder = "callouts/mail/cancelled"
    title = _("Cancelled")
    same_day_cancellation = True
    while_in = frozenset({TurnOut.YES, TurnOut.THANKED})
    call_out_in = frozenset({CallOutState.CANCELLED})


@register
class MentorComes(_AboutAsked):
    """To the mentor who comes along: what, when and where, with the first name of the one who has said yes."""

    key = "callouts.mentor_comes"
    folder = "callouts/mail/mentor_comes"
    title = _("To the mentor who comes along")
    while_in = frozenset({TurnOut.YES})
    call_out_in = LIVE


@register
class MentorFree(_AboutAsked):
    """To the mentor: it is called off, or the one they were to come along with cannot come after all."""

    key = "callouts.mentor_free"
    folder = "callouts/mail/mentor_free"
    title = _("To the mentor: it does not happen")
    same_day_cancellation = True

    def belongs(self, found: Asked) -> bool:
        """Tell whether the volunteer does not come any more."""
        called_off = found.call_out.state == CallOutState.CANCELLED and found.state == TurnOut.YES
        return called_off or found.state == TurnOut.DROPPED
