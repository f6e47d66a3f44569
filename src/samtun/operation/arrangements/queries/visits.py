"""The dates of arrangements: what comes, for whom, and what was missed."""

import datetime as dt
import uuid
from collections.abc import Collection
from itertools import takewhile

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from samtun.foundation.options import option
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.operation.arrangements.enums import LIVE, MISSED, ArrangementState, VisitState
from samtun.operation.arrangements.models import Arrangement, Term, Visit
from samtun.operation.arrangements.queries.arrangements import arrangements_visible_to
from samtun.operation.arrangements.queries.words import visit_day
from samtun.operation.arrangements.rules import Rhythm, horizon
from samtun.operation.help_requests.queries import Visitor, register_meeting
from samtun.operation.help_requests.queries.life import LATELY
from samtun.partners.organisations.rules import day_word

MISSES = option(
    "arrangement_misses", 3,
    _("After how many times in a row that two who meet regularly did not meet does somebody ask how it goes?"),
    least=2, most=12,
)  # fmt: skip
AHEAD_STATES = (VisitState.PLANNED, VisitState.HOLIDAY, VisitState.CANNOT, VisitState.NOT_WANTED, VisitState.PAUSED)
RELATED = ("arrangement__task_type", "arrangement__recipient__village", "arrangement__owner", "term__volunteer__person")


def dates_ahead(term: Term, *, on: dt.date) -> list[dt.date]:
    """Return the dates of a term that are to be prepared from a day on."""
    rhythm = Rhythm(term.weekday, term.every_weeks, term.starts, term.ends)
    last = horizon(rhythm, max(on, term.starts))
    return list(takewhile(lambda day: day <= last, rhythm.dates(on)))


def is_asked_about(arrangement: Arrangement, day: dt.date) -> bool:
    """Tell whether somebody must say if they meet: on a day with a name, unless it holds on such days too."""
    return not arrangement.on_holidays and bool(day_word(day))


def visit_for(viewer: Viewer, visit_id: uuid.UUID) -> Visit:
    """Return one date of own owners' arrangements; NotYours when out of sight."""
    rows = Visit.objects.filter(arrangement__in=arrangements_visible_to(viewer))
    found = rows.select_related(*RELATED, "pause", "stand_in").filter(id=visit_id).first()
    if found is None:
        raise NotYours
    return found


def visit_label(visit_id: uuid.UUID, language: str) -> str:
    """Return which date a question is about: `tysdag 24.11.`."""
    row = Visit.objects.filter(id=visit_id).first()
    with translation.override(language):
        return visit_day(row.on) if row else ""


def next_visits(arrangement: Arrangement, *, on: dt.date, most: int = 4) -> list[Visit]:
    """Return the next dates, those called off too."""
    rows = Visit.objects.filter(arrangement=arrangement, on__gte=on, state__in=AHEAD_STATES)
    return list(rows.select_related("term__volunteer__person", "stand_in").order_by("on", "id")[:most])


def visits_before(arrangement: Arrangement, *, on: dt.date, most: int = 6) -> list[Visit]:
    """Return the latest dates that have been, newest first."""
    rows = Visit.objects.filter(arrangement=arrangement, on__lte=on, state__in=[VisitState.DONE, *MISSED])
    rows = rows.exclude(on=on, state__in=MISSED)
    return list(rows.select_related("term__volunteer__person").order_by("-on", "-id")[:most])


def misses_in_a_row(arrangement: Arrangement, *, on: dt.date) -> int:
    """Return how many of the latest dates up to a day were missed, one after the other; pauses count neither way."""
    rows = Visit.objects.filter(arrangement=arrangement, on__lte=on, state__in=[VisitState.DONE, *MISSED])
    states = rows.order_by("-on", "-id").values_list("state", flat=True)[:12]
    return sum(1 for _state in takewhile(lambda state: state in MISSED, states))


def tomorrow_of(owners: Collection[uuid.UUID], day: dt.date) -> list[Visit]:
    """Return the dates planned for a day, by clock; for the sheet."""
    rows = Visit.objects.filter(state=VisitState.PLANNED, on=day, arrangement__owner__in=owners)
    rows = rows.filter(arrangement__state__in=LIVE)
    return list(rows.select_related(*RELATED).order_by("at", "id"))


def running(on: dt.date) -> QuerySet[Term]:
    """Return what holds on a day or later, where two meet by it."""
    rows = Term.objects.filter(Q(ends=None) | Q(ends__gte=on), arrangement__state=ArrangementState.RUNNING)
    related = ("arrangement__task_type", "arrangement__recipient__village", "arrangement__owner", "volunteer__person")
    return rows.select_related(*related).order_by("starts", "id")


def _meets(recipient: uuid.UUID, volunteer: uuid.UUID, on: dt.date) -> bool:
    return running(on).filter(arrangement__recipient=recipient, volunteer=volunteer).exists()


def _visits(everyone: Collection[uuid.UUID], on: dt.date) -> list[Visitor]:
    """Whoever meets the person regularly, or did the last six months; those who have died need no call."""
    rows = Term.objects.filter(arrangement__recipient__in=everyone, volunteer__person__death_known_at=None)
    rows = rows.filter(Q(ends=None) | Q(ends__gte=on - LATELY)).exclude(arrangement__ended_at__lt=_since(on))
    found = rows.select_related("volunteer__person", "arrangement").order_by("starts", "id")
    return [
        Visitor(
            t.volunteer_id, t.volunteer.person_id, t.volunteer.person.full_name, t.arrangement.owner_id,
            min(t.ends or on, on),
        )
        for t in found
    ]  # fmt: skip


def _since(on: dt.date) -> dt.datetime:
    return dt.datetime.combine(on - LATELY, dt.time.min, tzinfo=dt.UTC)


register_meeting(meets=_meets, visits=_visits)
