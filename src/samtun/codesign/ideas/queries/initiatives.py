"""Initiatives: the page, the promises with how they stand, those who are with it, and who could be its contact."""

import datetime as dt
import hmac
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from samtun.codesign.ideas.enums import AdditionKind, HelperState, PromiseState
from samtun.codesign.ideas.models import Addition, Helper, Idea, IdeaStep, Initiative, NewDay, Promise
from samtun.codesign.ideas.queries.ideas import additions_of
from samtun.codesign.ideas.rules import CONTACT_ROLES, hash_of, helper_token, supports
from samtun.foundation.audit import saw
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.roles.queries import standing_on

KINDS = (Organisation.Kind.MUNICIPALITY, Organisation.Kind.UNIT, Organisation.Kind.CENTRE)


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise, whether it is late on the day it is read, and the days it has had before with why."""

    row: Promise
    is_late: bool
    new_days: list[NewDay]


@dataclass(frozen=True, slots=True)
class Sight:
    """What anyone who may open an idea's page sees of it. `contacts` are those who owe the invisible tasks now."""

    idea: Idea
    life: Initiative | None
    contacts: list[Membership]
    promises: list[Promised]
    helpers: int
    additions: list[Addition]
    steps: list[IdeaStep]
    on: dt.date


def page_of(idea: Idea, *, on: dt.date) -> Sight:
    """Return what stands on an idea's page on a day; the contacts are logged as shown."""
    life = initiative_of(idea)
    found = Sight(
        idea=idea, life=life, contacts=contacts_of(life, on=on) if life else [],
        promises=promises_of(life, on=on) if life else [],
        helpers=_how_many(life) if life else 0,
        additions=additions_of(idea, AdditionKind.AND),
        steps=list(IdeaStep.objects.filter(idea=idea).order_by("at", "id")), on=on,
    )  # fmt: skip
    saw(*(m.person_id for m in found.contacts), *([idea.named_id] if idea.named_id else []))
    return found


def initiative_of(idea: Idea) -> Initiative | None:
    """Return what an idea became; None when it has not become an initiative."""
    rows = Initiative.objects.select_related(
        "idea__owner", "idea__lead", "contact__organisation", "contact__person", "deputy__organisation",
        "deputy__person", "offered_to__person",
    )  # fmt: skip
    return rows.filter(idea=idea).first()


def contacts_of(life: Initiative, *, on: dt.date) -> list[Membership]:
    """Return the contact and the deputy who stand in their roles on a day, the contact first."""
    named = [m for m in (life.contact, life.deputy) if m is not None]
    stand = set(Membership.objects.filter(standing_on(on), id__in=[m.id for m in named]).values_list("id", flat=True))
    return [m for m in named if m.id in stand and not m.person.is_dead]


def promises_of(life: Initiative, *, on: dt.date) -> list[Promised]:
    """Return what is promised, by day: what is open first."""
    rows = Promise.objects.filter(initiative=life).prefetch_related("new_days").order_by("due", "id")
    found = [
        Promised(
            one, one.state == PromiseState.PROMISED and one.due < on,
            sorted(one.new_days.all(), key=lambda day: (day.at, day.id)),
        )
        for one in rows
    ]  # fmt: skip
    return sorted(found, key=lambda p: p.row.state != PromiseState.PROMISED)


def promise_for(viewer: Viewer, promise_id: uuid.UUID) -> Promise:
    """Return a promise for those who keep it; NotYours otherwise."""
    rows = Promise.objects.select_related("initiative__idea__owner", "initiative__contact__organisation")
    found = rows.filter(id=promise_id).first()
    if found is None or not supports(viewer, found.initiative.idea, found.initiative):
        raise NotYours
    return found


def _how_many(life: Initiative) -> int:
    """Return how many are with it: one who stood here twice is one."""
    return Helper.objects.filter(initiative=life, state=HelperState.WITH).values("person").distinct().count()


def helpers_of(life: Initiative) -> list[Helper]:
    """Return those who are with it or have been, those who are with it first; logged."""
    order = [HelperState.WITH, HelperState.UNPROVEN, HelperState.NOT_NOW, HelperState.LEFT]
    rows = Helper.objects.filter(initiative=life).select_related("person", "initiative").order_by("made_at", "id")
    found = sorted(rows, key=lambda h: order.index(HelperState(h.state)))
    saw(*(h.person_id for h in found), how="listed")
    return found


def helper_by_token(token: str) -> Helper:
    """Return what a helper's own address opens; NotYours for any other."""
    rows = Helper.objects.select_related("person", "initiative__idea__owner", "initiative__idea__lead")
    found = rows.filter(own_hash=hash_of(token)).first()
    if found is None or not hmac.compare_digest(helper_token(found.id), token):
        raise NotYours
    return found


def helper_path(helper: Helper) -> str:
    """Return a helper's own address on the site."""
    return reverse("idea_helper", args=[helper_token(helper.id)])


def could_be_contact(*, on: dt.date) -> QuerySet[Membership]:
    """Return who could owe the invisible tasks: those with a desk in the municipality and the volunteer centre."""
    rows = Membership.objects.filter(
        standing_on(on), role__in=CONTACT_ROLES, organisation__kind__in=KINDS,
        organisation__owner__left_on__isnull=True, person__death_known_at=None,
    )  # fmt: skip
    return rows.select_related("person", "organisation__owner").order_by("organisation__name", "starts", "id")
