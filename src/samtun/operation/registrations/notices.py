"""What is sent to those who come. Of a closed list nothing says what it is: only the day (R56, R59)."""

import datetime as dt
import uuid
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.phones import spoken
from samtun.notifications.messages.queries import address_of
from samtun.operation.activities.enums import OccurrenceState, Repeat
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.registrations.enums import OneTimeState
from samtun.operation.registrations.enums import RegistrationState as State
from samtun.operation.registrations.models import OneTime, Registration, Suggestion
from samtun.operation.registrations.queries.door import gives_places
from samtun.operation.registrations.queries.missed import first_missed
from samtun.operation.registrations.queries.own import hears_of, next_time, own_path
from samtun.operation.registrations.queries.standing import first_taken_out, has_ended, time_told
from samtun.partners.organisations.queries import organisation_of, receiving_owner
from samtun.people.consents.queries import consent_stands
from samtun.people.persons.queries import everyone_of

BRIEF = 50
LONG = {
    "title": "Basar på bedehuset i Ytstegrenda til inntekt for lag",
    "day": "laurdag 28. november", "at": "18.00", "where": "Grendahuset i Ytstegrenda", "phone": "57 00 11 22",
    "own_url": "https://dalgrend.samtun.example/paamelding/mi/abcdefghijklmnopqrstuv/", "number": 3,
}  # fmt: skip


def time_words(row: Occurrence, language: str) -> dict[str, Any]:
    """Return what a text says of a time: of a closed list the day alone."""
    activity = row.activity
    with override(language):
        day = date_format(row.on, "l j. F")
    title = "" if activity.is_closed else row.title[:BRIEF].strip()
    return {
        "title": title, "day": day, "at": f"{row.at:%H.%M}", "where": "" if activity.is_closed else row.place_name,
        "phone": spoken(activity.meets_phone),
    }  # fmt: skip


class _ToGroup(Notice):
    """To whoever signed somebody up, about those who signed up together. `ref_id` is one of the registrations."""

    states: tuple[State, ...]

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the time, how it stands, and their own page; None when it is otherwise now."""
        rows = Registration.objects.select_related("activity", "occurrence__activity")
        row = rows.filter(id=ref_id, state__in=self.states).first()
        if row is None or row.contact_id is None or to.person not in everyone_of(row.contact_id):
            return None
        time = next_time(row, on=clock.today())
        if time is None:
            return None
        time.activity = row.activity
        group = list(Registration.objects.filter(group=row.group, state__in=self.states))
        until = clock.wall(row.offered_until) if row.offered_until else None
        return time_words(time, to.language) | {
            "own_url": address_of(own_path(row.group)), "number": len(group), "is_waiting": row.state == State.WAITING,
            "until": until, "for_others": all(one.person_id is None for one in group),
        }  # fmt: skip


@register
class SignedUp(_ToGroup):
    """To one who has signed up: on the list, or in line; and how to say that one cannot come."""

    key = "registrations.signed_up"
    folder = "registrations/mail/signed_up"
    title = _("Signed up")
    answers_own_act = True
    states = (State.COMING, State.WAITING)

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return LONG | {"is_waiting": True, "for_others": True}


@register
class PlaceOffered(_ToGroup):
    """To the next in line: there is a place, if the answer comes in time."""

    key = "registrations.place"
    folder = "registrations/mail/place"
    title = _("A place is free")
    states = (State.OFFERED,)

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return LONG | {"until": dt.datetime(2026, 11, 27, 18, 0, tzinfo=dt.UTC)}


@register
class PlaceSoon(_ToGroup):
    """To one in line who has said that they can come at short notice: there is a place, today or tomorrow.

    It goes in the evening and on a Sunday too, since they asked for it; the one who sends it says when. No letter
    arrives in time, so whoever has chosen letters is rung.
    """

    key = "registrations.soon"
    folder = "registrations/mail/soon"
    title = _("A place is free soon")
    channels = ("sms", "email", "call")
    lasts = dt.timedelta(days=1)
    at_short_notice = True
    states = (State.OFFERED,)

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return LONG | {"until": dt.datetime(2026, 11, 27, 18, 0, tzinfo=dt.UTC)}


@register
class SomethingNew(_ToGroup):
    """To one for whom something new stands on their own page. What it is, no text and no screen around them says.

    Who reads the texts that could not be sent, learns nothing from this one (R49).
    """

    key = "registrations.something_new"
    folder = "registrations/mail/something_new"
    title = _("A word to one who comes")
    channels = ("sms", "email")
    states = (State.COMING, State.OFFERED)

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return LONG


class _AboutTime(Notice):
    """To everyone who comes, each contact once. `ref_id` is the time."""

    states: tuple[OccurrenceState, ...] = (OccurrenceState.PLANNED,)
    same_day_cancellation = True

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the time as it stands now; None when it stands otherwise, or they come no more."""
        row = time_told(ref_id)
        if row is None or row.state not in self.states:
            return None
        mine = hears_of(to.person, row)
        if mine is None:
            return None
        return time_words(row, to.language) | {
            "own_url": address_of(own_path(mine.group)),
            "why": self.why(row),
            "is_over": False,
        }

    def why(self, row: Occurrence) -> str:
        """Return the words that its host wrote about it; none of a closed list, whose words may tell what it is."""
        return row.note[:90] if row.activity.is_listed else ""

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return LONG | {
            "is_over": False,
            "why": "Det er meldt storm frå nordvest, og vegen over fjellet kan bli stengd.",
        }


@register
class TimeOff(_AboutTime):
    """It is not held."""

    key = "registrations.off"
    folder = "registrations/mail/off"
    title = _("Called off")
    states = (OccurrenceState.CALLED_OFF, OccurrenceState.DROPPED)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the time; of what has ended as a whole, the first one that is not held, and that none is."""
        said, row = super().facts(ref_id, to), time_told(ref_id)
        if said is None or row is None or not has_ended(row):
            return said
        return said | time_words(first_taken_out(row.activity), to.language) | {"is_over": True, "why": ""}


@register
class TimeChanged(_AboutTime):
    """Another day, hour or place."""

    key = "registrations.changed"
    folder = "registrations/mail/changed"
    title = _("Moved")


@register
class TimeOn(_AboutTime):
    """On again after all."""

    key = "registrations.on"
    folder = "registrations/mail/on"
    title = _("On again")


@register
class NotOn(Notice):
    """It is not on any more: all of it was taken down.

    `ref_id` is the activity, and the day is the first they miss. Whoever took it down answers, not its publisher.
    """

    key = "registrations.not_on"
    folder = "registrations/mail/not_on"
    title = _("Not on any more")
    same_day_cancellation = True

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the first time they miss, and whom to ring; None when it is on again, or they come no more."""
        activity = Activity.objects.filter(id=ref_id).first()
        time = first_missed(to.person, activity, at=clock.now()) if activity else None
        if activity is None or time is None:
            return None
        there = receiving_owner()
        answers = gives_places(activity) or (there.id if there else activity.owner_id)
        number = spoken(organisation_of(answers).phone)
        return time_words(time, to.language) | {"phone": number, "more": activity.repeat != Repeat.ONCE}

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return LONG | {"more": True}


@register
class WillBeHeld(_AboutTime):
    """Enough are coming: it will be held."""

    key = "registrations.held"
    folder = "registrations/mail/held"
    title = _("It will be held")
    same_day_cancellation = False


@register
class OneTimeOffered(Notice):
    """To one in line for a whole activity: a place is free one single time."""

    key = "registrations.once"
    folder = "registrations/mail/once"
    title = _("A place is free one time")

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the time, and how long one may think; None when it is answered or too late."""
        one = OneTime.objects.select_related("registration", "occurrence__activity").filter(id=ref_id).first()
        if one is None or one.state != OneTimeState.OFFERED or one.until <= clock.now():
            return None
        row = one.registration
        if row.state != State.WAITING or row.contact_id is None or to.person not in everyone_of(row.contact_id):
            return None
        url = address_of(own_path(row.group))
        return time_words(one.occurrence, to.language) | {"own_url": url, "until": clock.wall(one.until)}

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return LONG | {"until": dt.datetime(2026, 11, 27, 18, 0, tzinfo=dt.UTC)}


@register
class Suggested(Notice):
    """Something ordinary that somebody may like. It says nothing of who thought of it, or why. `ref_id` is the row.

    Letters and calls about it wait with the unit, on its own list: no desk sees them.
    """

    key = "registrations.suggested"
    folder = "registrations/mail/suggested"
    title = _("Something you may like")
    lasts = dt.timedelta(days=14)
    handled_by = Permission.REFER

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the time and its open page; None when it is not on any more, or the yes was taken back."""
        row = Suggestion.objects.filter(id=ref_id, person__in=everyone_of(to.person)).first()
        time = time_told(row.occurrence_id) if row else None
        if row is None or time is None or not consent_stands(row.consent_id):
            return None
        if not time.is_open or time.state != OccurrenceState.PLANNED:
            return None
        return time_words(time, to.language) | {"page_url": address_of(reverse("programme_time", args=[time.id]))}

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return LONG | {"page_url": "https://dalgrend.samtun.example/hva-skjer/0193f3a2-5b7e-7c31-9d1f-6a2f0b9c4d5e/"}
