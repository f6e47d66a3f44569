"""What a person sees of their own. The two sides, helping and being helped, are never in one list (R68)."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from samtun.foundation.audit import saw
from samtun.foundation.viewer import Viewer
from samtun.operation.help_requests.enums import LIVE_MATCH, SEEKING, AskState, MatchState
from samtun.operation.help_requests.models import Ask, HelpRequest, Match
from samtun.operation.help_requests.queries import own_requests_of
from samtun.operation.mentoring.queries import Pair, beside
from samtun.operation.volunteers.models import Volunteer
from samtun.operation.volunteers.queries import own_volunteers
from samtun.people.persons.models import Person
from samtun.people.persons.queries import shown_address

LATELY = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Assignment:
    """One thing a volunteer has said yes to. Name, number and address only once it is agreed (R77)."""

    match: Match
    request: HelpRequest
    is_agreed: bool
    name: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing a person has asked for, and who comes once it is agreed."""

    request: HelpRequest
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Helping:
    """A volunteer's side."""

    volunteer: Volunteer
    person: Person
    assignments: list[Assignment] = field(default_factory=list)
    lately: list[Match] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    mentor: Pair | None = None
    mentored: list[Pair] = field(default_factory=list)


def volunteer_worn(viewer: Viewer) -> Volunteer | None:
    """Return the volunteer whose hat is worn: `volunteer:<id>`."""
    own = {f"volunteer:{row.id}": row for row in own_volunteers(viewer)}
    return own.get(viewer.hat.key)


def helping_of(viewer: Viewer, volunteer: Volunteer, *, on: dt.date) -> Helping:
    """Return what a volunteer has said yes to from a day on, did lately, and has been asked and not answered.

    What was done lately names nobody: it is there so that one may still say that something seemed different.
    """
    ahead = Q(state__in=LIVE_MATCH, request__on__gte=on)
    lately = Q(state=MatchState.DONE, request__on__gte=on - LATELY, request__recipient__death_known_at=None)
    rows = _matches().filter(ahead | lately, volunteer__person=volunteer.person_id)
    asks = Ask.objects.filter(
        volunteer__person=volunteer.person_id, state=AskState.SENT, request__state__in=SEEKING, request__on__gte=on
    ).select_related("request__task_type")
    matches = list(rows.order_by("request__on", "request__at"))
    assignments = [_assignment(viewer, m) for m in matches if m.state != MatchState.DONE]
    done = [m for m in reversed(matches) if m.state == MatchState.DONE]
    saw(*(a.request.recipient_id for a in assignments if a.is_agreed))
    mentor, mentored = beside(viewer, volunteer, on=on)
    return Helping(
        volunteer, volunteer.person, assignments, done, list(asks.order_by("request__on")), mentor, mentored
    )  # fmt: skip


def _matches() -> QuerySet[Match]:
    return Match.objects.select_related(
        "request__task_type", "request__recipient__village", "volunteer__host", "companion"
    )


def _assignment(viewer: Viewer, match: Match) -> Assignment:
    if match.state != MatchState.AGREED:
        return Assignment(match, match.request, is_agreed=False)
    who = match.request.recipient
    return Assignment(
        match, match.request, is_agreed=True, name=who.full_name, phone=who.phone, address=shown_address(viewer, who)
    )


def wishes_of(viewer: Viewer) -> list[Wish]:
    """Return what the person has asked for, newest day first, with who comes where it is agreed."""
    requests = own_requests_of(viewer)
    agreed = Match.objects.filter(request__in=[r.id for r in requests], state=MatchState.AGREED)
    comes = {m.request_id: m for m in agreed.select_related("volunteer__person", "companion")}
    saw(*(m.volunteer.person_id for m in comes.values()), *(m.companion_id for m in comes.values() if m.companion_id))
    return [
        Wish(r, comes[r.id].who_comes, comes[r.id].volunteer.person.phone) if r.id in comes else Wish(r)
        for r in requests
    ]
