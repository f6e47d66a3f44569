"""Home visits, always for someone: those who handle the wish, an assessor, and the professional who goes."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from samtun.foundation import refs
from samtun.foundation.audit import saw
from samtun.foundation.viewer import Permission, Viewer
from samtun.foundation.walls import visible_owners
from samtun.kernel.errors import NotYours
from samtun.operation.help_requests.enums import RequestState
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.help_requests.queries import requests_visible_to
from samtun.operation.networks.models import HomeVisit
from samtun.operation.referrals.models import Referral
from samtun.people.roles.rules import works_with_people

BEFORE_ANYONE = (RequestState.NEW, RequestState.LOOKING)
"""The states in which nobody has been asked yet."""
LATELY = dt.timedelta(days=60)


def could_visit(viewer: Viewer) -> QuerySet[HelpRequest]:
    """Return wishes that the viewer may plan a visit for: handled here, to be assessed, or passed on by the viewer."""
    rows = HelpRequest.objects.filter(state__in=BEFORE_ANYONE)
    mine = Q(pk__in=[])
    if viewer.may(Permission.HANDLE_REQUESTS) or viewer.may(Permission.ASSESS_REQUESTS):
        mine |= Q(id__in=requests_visible_to(viewer).values("id"))
    if works_with_people(viewer) and viewer.person:
        passed_on = Referral.objects.filter(sender=viewer.person, sender_owner__in=viewer.owners, wish=OuterRef("id"))
        mine |= Q(Exists(passed_on))
    return rows.filter(mine)


def request_to_visit(viewer: Viewer, request_id: uuid.UUID) -> HelpRequest:
    """Return one wish to plan a visit for, opened and logged; NotYours when out of sight."""
    related = ("recipient", "recipient__village", "task_type", "owner")
    found = could_visit(viewer).filter(id=request_id).select_related(*related).first()
    if found is None:
        raise NotYours
    saw(found.recipient_id)
    return found


def waiting_for_visit(viewer: Viewer) -> list[HelpRequest]:
    """Return wishes without a visit that the viewer, who handles none, may plan one for; initials only."""
    if viewer.may(Permission.HANDLE_REQUESTS):
        return []
    planned = HomeVisit.objects.filter(request=OuterRef("id"), cancelled_at=None)
    rows = could_visit(viewer).exclude(Exists(planned)).select_related("recipient", "task_type")
    found = list(rows.order_by("-made_at", "id")[:20])
    saw(*(r.recipient_id for r in found), how="listed")
    return found


def visits_visible_to(viewer: Viewer) -> QuerySet[HomeVisit]:
    """Return visits of own owners, for those who handle requests; those one has planned; and those to be assessed."""
    mine = Q(pk__in=[])
    if viewer.may(Permission.HANDLE_REQUESTS):
        mine |= Q(owner__in=visible_owners(viewer))
    if viewer.person and works_with_people(viewer):
        mine |= Q(planner=viewer.person)
    if viewer.may(Permission.ASSESS_REQUESTS):
        mine |= Q(request__state=RequestState.NEW)
    return HomeVisit.objects.filter(mine)


def visits_of(viewer: Viewer, *, on: dt.date) -> list[HomeVisit]:
    """Return visits for a list: those to come and those of the last two months, soonest first; initials only."""
    rows = visits_visible_to(viewer).filter(cancelled_at=None, on__gte=on - LATELY)
    found = list(rows.select_related("request__recipient", "request__task_type").order_by("-on", "-id")[:60])
    saw(*(v.request.recipient_id for v in found), how="listed")
    return sorted(found, key=lambda v: (v.done_at is not None, v.on))


def visit_for(viewer: Viewer, visit_id: uuid.UUID) -> HomeVisit:
    """Return one visit, opened and logged; NotYours when out of sight."""
    related = ("request__recipient__village", "request__task_type", "owner")
    found = visits_visible_to(viewer).filter(id=visit_id).select_related(*related).first()
    if found is None:
        raise NotYours
    saw(found.request.recipient_id)
    return found


def visits_on(owners: Collection[uuid.UUID], day: dt.date) -> list[HomeVisit]:
    """Return the visits planned for a day, for the sheet."""
    rows = HomeVisit.objects.filter(owner__in=owners, on=day, done_at=None, cancelled_at=None)
    return list(rows.select_related("request__recipient").order_by("id"))


def visit_of(request_id: uuid.UUID) -> HomeVisit | None:
    """Return the visit that is planned or was made for a wish, the latest."""
    return HomeVisit.objects.filter(request=request_id, cancelled_at=None).order_by("-on", "-id").first()


def visit_holds_back(request: HelpRequest) -> bool:
    """Tell whether a visit is planned that nobody has written about: then nobody is asked yet."""
    return HomeVisit.objects.filter(request=request.id, done_at=None, cancelled_at=None).exists()


def _find(viewer: Viewer, visit_id: uuid.UUID) -> tuple[str, str] | None:
    found = visits_visible_to(viewer).filter(id=visit_id).first()
    return (gettext("Home visit"), reverse("home_visit", args=[found.id])) if found else None


refs.register(refs.RefKind("home_visit", _find))
