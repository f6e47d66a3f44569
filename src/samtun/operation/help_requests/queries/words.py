"""How lengths, clocks and rhythms are said, in the language that is active; and what texts may say of a request."""

import datetime as dt
import uuid
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.queries import in_language
from samtun.kernel.phones import spoken
from samtun.operation.help_requests.enums import RequestState
from samtun.operation.help_requests.models import HelpRequest
from samtun.partners.organisations.queries import organisation_of, speaks_for
from samtun.people.consents.queries import consent_stands

BECAME = {
    RequestState.AGREED: "in_place", RequestState.DONE: "in_place", RequestState.LASTING: "in_place",
    RequestState.UNMET: "unmet", RequestState.DECLINED: "way_on", RequestState.CANCELLED: "cancelled",
}  # fmt: skip
"""What one who asked for another is told, with the person's yes; nothing while it goes on."""


def length_words(minutes: int) -> str:
    """Return how long, briefly: `45 min`, `1 t 30 min`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    if rest:
        return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
    return ngettext("%d hour", "%d hours", hours) % hours


def clock_words(clock: dt.time | dt.datetime) -> str:
    """Return a time of day as one says it: `kl. 10.30`."""
    return gettext("at %(clock)s") % {"clock": f"{clock:%H.%M}"}


WEEKDAYS = (
    gettext_noop("Mondays"), gettext_noop("Tuesdays"), gettext_noop("Wednesdays"), gettext_noop("Thursdays"),
    gettext_noop("Fridays"), gettext_noop("Saturdays"), gettext_noop("Sundays"),
)  # fmt: skip
EVERY = {1: gettext_noop("every week"), 2: gettext_noop("every other week"), 4: gettext_noop("every fourth week")}


def weekday_words(weekday: int) -> str:
    """Return the days something lasts on: `tysdagar` for 1."""
    return gettext(WEEKDAYS[weekday])


def rhythm_words(every_weeks: int) -> str:
    """Return how often something lasts: `kvar veke`, `annakvar veke`."""
    return gettext(EVERY[every_weeks])


def words_for(request: HelpRequest, language: str) -> dict[str, Any]:
    """Return what texts may say of a request: who asks, kind, day, clock, how long, and the place as decided."""
    with translation.override(language):
        organisation = organisation_of(request.owner_id)
        if organisation.owner.left_on:
            organisation = organisation_of(speaks_for(organisation.owner))
        name = in_language(request.task_type.name, language)
        village = request.village
        return {
            "owner": organisation.name,
            "owner_phone": spoken(organisation.phone),
            "kind": name[:1].lower() + name[1:],
            "day": weekday_words(request.on.weekday())
            if request.every_weeks
            else date_format(request.on, "l j.n.").lower(),
            "rhythm": rhythm_words(request.every_weeks) if request.every_weeks else "",
            "first": date_format(request.on, "j.n."),
            "clock": clock_words(request.at) if request.at else gettext("when it suits you"),
            "length": length_words(request.minutes),
            "place": village.name
            if village and village.may_be_told and not request.recipient.address_protected
            else "",
        }


def plan_facts(request: HelpRequest) -> list[tuple[Any, str]]:
    """Return what whoever comes is given in writing (R28): each term with its words, where there are any."""
    pairs = [
        (_("What is practical"), request.plan_what), (_("Where to meet"), request.plan_where),
        (_("How often"), request.plan_how_often), (_("What belongs to it"), request.plan_limits),
        (_("Whom to ring"), request.plan_whom_to_call),
    ]  # fmt: skip
    return [(term, words) for term, words in pairs if words]


def words_for_asker(request_id: uuid.UUID) -> dict[str, Any] | None:
    """Return what one who asked for another is told; without the person's yes, only that it was followed up."""
    request = HelpRequest.objects.select_related("owner").filter(id=request_id).first()
    became = BECAME.get(RequestState(request.state)) if request else None
    if request is None or became is None:
        return None
    organisation = organisation_of(speaks_for(request.owner) if request.owner.left_on else request.owner_id)
    stands = consent_stands(request.consent_id)
    return {
        "owner": organisation.name, "owner_phone": spoken(organisation.phone),
        "became": became if stands else "followed_up",
    }  # fmt: skip
