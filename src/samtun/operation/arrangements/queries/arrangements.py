"""Standing arrangements themselves."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation import exports, recipients, refs, sight
from samtun.foundation.audit import saw
from samtun.foundation.viewer import Permission, Viewer
from samtun.foundation.walls import visible_owners
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.arrangements.enums import LIVE, VisitState
from samtun.operation.arrangements.models import Arrangement, Pause, Term, Visit
from samtun.operation.help_requests.models import HelpRequest

SHOWN = ("task_type", "recipient", "recipient__village", "owner", "wish", "consent")


@dataclass(frozen=True, slots=True)
class Listed:
    """One arrangement in a list: the term that holds or held last, the next date, and whether it is paused now."""

    arrangement: Arrangement
    term: Term | None
    next_on: dt.date | None
    pause: Pause | None


def arrangements_visible_to(viewer: Viewer) -> QuerySet[Arrangement]:
    """Return the arrangements of own owners, for those who handle requests; nothing to others (R112)."""
    if not (viewer.is_system or viewer.may(Permission.HANDLE_REQUESTS)):
        return Arrangement.objects.none()
    return Arrangement.objects.filter(owner__in=visible_owners(viewer))


def arrangement_for(viewer: Viewer, arrangement_id: uuid.UUID) -> Arrangement:
    """Return one arrangement with its terms and pauses, opened and logged; NotYours when out of sight."""
    rows = arrangements_visible_to(viewer).filter(id=arrangement_id).select_related(*SHOWN)
    found = _with_terms(rows).first()
    if found is None:
        raise NotYours
    saw(found.recipient_id, *{t.volunteer.person_id for t in found.terms.all()})
    return found


def _with_terms(rows: QuerySet[Arrangement]) -> QuerySet[Arrangement]:
    terms = Term.objects.select_related("volunteer__person", "volunteer__host").order_by("starts", "id")
    pauses = Pause.objects.filter(lifted_at=None).order_by("starts", "id")
    return rows.prefetch_related(Prefetch("terms", terms), Prefetch("pauses", pauses))


def current_term(arrangement: Arrangement, on: dt.date) -> Term | None:
    """Return what holds on a day, from what has been read already."""
    return next((t for t in arrangement.terms.all() if t.starts <= on and (t.ends is None or t.ends >= on)), None)


def last_term(arrangement: Arrangement, on: dt.date) -> Term | None:
    """Return what holds on a day; else what begins next, or held last."""
    terms = [t for t in arrangement.terms.all() if t.ends is None or t.ends >= t.starts]
    ahead = [t for t in terms if t.starts > on]
    return current_term(arrangement, on) or next(iter(ahead or terms[-1:]), None)


def live_pauses(arrangement: Arrangement, on: dt.date) -> list[Pause]:
    """Return the pauses that stand, now or to come, soonest first."""
    return [p for p in arrangement.pauses.all() if p.lifted_at is None and (p.ends is None or p.ends >= on)]


def list_of(viewer: Viewer, *, on: dt.date, states: Collection[str] = LIVE, most: int = 200) -> list[Listed]:
    """Return arrangements for a list, those that meet soonest first; initials only until opened."""
    ahead = Visit.objects.filter(arrangement=OuterRef("id"), on__gte=on, state=VisitState.PLANNED).order_by("on")
    rows = arrangements_visible_to(viewer).filter(state__in=states).select_related("task_type", "recipient")
    dated = rows.annotate(next_on=Subquery(ahead.values("on")[:1])).order_by("next_on", "-made_at")
    found = list(_with_terms(dated)[:most])
    saw(*(a.recipient_id for a in found), how="listed")
    return [_listed(row, on) for row in found]


def of_person(viewer: Viewer, person_id: uuid.UUID, *, on: dt.date) -> list[Listed]:
    """Return the arrangements about a person, as the one visited or the one who visits, among own owners'."""
    who = Q(recipient=person_id) | Q(recipient__merged_into=person_id)
    who |= Q(terms__in=Term.objects.filter(volunteer__person=person_id))
    ahead = Visit.objects.filter(arrangement=OuterRef("id"), on__gte=on, state=VisitState.PLANNED).order_by("on")
    rows = arrangements_visible_to(viewer).filter(who).distinct().select_related("task_type", "recipient")
    rows = _with_terms(rows.annotate(next_on=Subquery(ahead.values("on")[:1])))
    return [_listed(row, on) for row in rows.order_by("-made_at")[:10]]


def _listed(row: Arrangement, on: dt.date) -> Listed:
    now = [p for p in live_pauses(row, on) if p.starts <= on]
    next_on: dt.date | None = row.__dict__["next_on"]
    return Listed(row, last_term(row, on), next_on, now[0] if now else None)


def arrangement_of_wish(viewer: Viewer, wish: HelpRequest) -> Arrangement | None:
    """Return the arrangement that a wish asks for, or became."""
    return arrangements_visible_to(viewer).filter(wish=wish).first()


def _gone(arrangement_id: uuid.UUID) -> bool:
    return Arrangement.objects.filter(id=arrangement_id, recipient__death_known_at__isnull=False).exists()


def _visit_gone(visit_id: uuid.UUID) -> bool:
    dead = Q(arrangement__recipient__death_known_at__isnull=False)
    dead |= Q(term__volunteer__person__death_known_at__isnull=False)
    return Visit.objects.filter(dead, id=visit_id).exists()


def _pause_gone(pause_id: uuid.UUID) -> bool:
    return Pause.objects.filter(id=pause_id, arrangement__recipient__death_known_at__isnull=False).exists()


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    """The owner's arrangements. Another host's volunteer stands with the host alone."""
    rows = Arrangement.objects.filter(owner=owner).select_related("recipient", "task_type").order_by("made_at", "id")
    terms = Term.objects.filter(arrangement__owner=owner).select_related("volunteer__person", "volunteer__host")
    facts = (
        "id", "place", "limits", "whom_to_call", "on_holidays", "state", "made_at", "made_by", "ended_at", "end_reason",
        "end_words", "wish_id", "consent_id",
    )  # fmt: skip
    held = ("arrangement_id", "starts", "ends", "weekday", "every_weeks", "at", "minutes", "agreed_at")
    pauses = ("arrangement_id", "kind", "starts", "ends", "made_at", "made_by", "lifted_at")
    visits = ("id", "arrangement_id", "term_id", "on", "at", "minutes", "state", "via", "said_at", "stand_in_id")
    about = [
        (a.recipient.full_name, a.recipient_id, a.task_type.key, *(getattr(a, f) for f in facts)) for a in rows
    ]  # fmt: skip
    who = [_who(t, owner) + tuple(getattr(t, f) for f in held) for t in terms.order_by("starts", "id")]
    mine = {"arrangement__owner": owner}
    return [
        exports.Table("arrangements", ("recipient", "person_id", "task_type", *facts), about,
                      frozenset(row[1] for row in about)),
        exports.Table("terms", ("volunteer", "person_id", "host", *held), who,
                      frozenset(row[1] for row in who if row[1])),
        exports.Table("pauses", pauses, list(Pause.objects.filter(**mine).order_by("id").values_list(*pauses))),
        exports.Table("visits", visits, list(Visit.objects.filter(**mine).order_by("on", "id").values_list(*visits))),
    ]  # fmt: skip


def _who(term: Term, owner: uuid.UUID) -> tuple[Any, ...]:
    volunteer = term.volunteer
    if volunteer.host_id != owner:
        return "", None, volunteer.host.name
    return volunteer.person.full_name, volunteer.person_id, volunteer.host.name


def _find(viewer: Viewer, arrangement_id: uuid.UUID) -> tuple[str, str] | None:
    row = arrangements_visible_to(viewer).filter(id=arrangement_id).select_related("task_type").first()
    return (in_language(row.task_type.name), reverse("arrangement", args=[row.id])) if row else None


def _find_visit(viewer: Viewer, visit_id: uuid.UUID) -> tuple[str, str] | None:
    row = Visit.objects.filter(id=visit_id).values_list("arrangement", flat=True).first()
    return _find(viewer, row) if row else None


def _on_line(viewer: Viewer, ids: Collection[uuid.UUID]) -> list[sight.Seen]:
    """Tell of arrangements on the line of sight by their kind of help: whose they are stands on their own page."""
    rows = arrangements_visible_to(viewer).filter(id__in=ids).select_related("task_type")
    return [
        sight.Seen(Ref("arrangement", row.id), in_language(row.task_type.name), reverse("arrangement", args=[row.id]))
        for row in rows
    ]


def _rests_on(arrangement_id: uuid.UUID) -> list[Ref]:
    found = Arrangement.objects.filter(id=arrangement_id).values_list("task_type", flat=True)
    return [Ref("task_type", key) for key in found]


exports.register("arrangements", _tables)
refs.register(refs.RefKind("arrangement", _find))
refs.register(refs.RefKind("visit", _find_visit))
sight.register(sight.Kind("arrangement", 3, 25, _on_line, _rests_on))
recipients.register_about("arrangement", _gone)
recipients.register_about("visit", _visit_gone)
recipients.register_about("arrangement_pause", _pause_gone)
