"""Policies for someone."""

import uuid
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from samtun.anchoring.policies.enums import PolicyState
from samtun.anchoring.policies.models import Goal, NewDate, Policy
from samtun.anchoring.policies.queries.taking_out import tables
from samtun.anchoring.policies.rules import reads, writes
from samtun.foundation import exports, refs
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.partners.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Whole:
    """A policy with its goals, each with the measures under it, in the order they were set."""

    row: Policy
    goals: list[tuple[Goal, list[Goal]]]

    @property
    def every(self) -> list[Goal]:
        """All goals and measures."""
        return [one for goal, measures in self.goals for one in (goal, *measures)]


def policies_visible_to(viewer: Viewer) -> list[Policy]:
    """Return the policies everyone may read, and those being written that the viewer writes or answers in."""
    rows = list(_whole().order_by("-since", "title", "id"))
    return [row for row in rows if reads(viewer, row, list(row.goals.all()))]


def policy_for(viewer: Viewer, policy_id: uuid.UUID) -> Whole:
    """Return a policy with its goals; NotYours when it is being written by others."""
    found = _whole().filter(id=policy_id).first()
    if found is None or not reads(viewer, found, list(found.goals.all())):
        raise NotYours
    return _sorted(found)


def public_policies() -> list[Whole]:
    """Return what holds now, for everyone."""
    return [_sorted(row) for row in _whole().filter(state=PolicyState.HOLDS).order_by("-since", "title", "id")]


def public_policy(policy_id: uuid.UUID) -> Whole:
    """Return what is or was decided, for everyone; NotYours while it is being written."""
    found = _whole().exclude(state=PolicyState.WRITTEN).filter(id=policy_id).first()
    if found is None:
        raise NotYours
    return _sorted(found)


def _whole() -> QuerySet[Policy]:
    dates = NewDate.objects.order_by("at", "id")
    goals = Goal.objects.select_related("owner", "policy__owner").prefetch_related(Prefetch("new_dates", dates))
    return Policy.objects.select_related("owner", "item__forum").prefetch_related(
        Prefetch("goals", goals.order_by("made_at", "id"))
    )


def _sorted(row: Policy) -> Whole:
    every = list(row.goals.all())
    return Whole(row, [(g, [m for m in every if m.under_id == g.id]) for g in every if g.under_id is None])


def own_to_write_for(viewer: Viewer) -> list[Owner]:
    """Return the owners whose policies the viewer writes."""
    rows = Organisation.objects.filter(owner__in=viewer.owners, owner__left_on=None).select_related("owner")
    return [body.owner for body in rows.order_by("name") if writes(viewer, body.owner_id)]


def _find(viewer: Viewer, policy_id: uuid.UUID) -> tuple[str, str] | None:
    found = _whole().filter(id=policy_id).first()
    if found is None or not reads(viewer, found, list(found.goals.all())):
        return None
    return found.title, reverse("policy", args=[found.id])


exports.register("policies", tables)
refs.register(refs.RefKind("policy", _find))
