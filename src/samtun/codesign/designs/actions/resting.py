"""What a design rests on above: an agreement that one of its parties is in, and the goals it serves."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.anchoring.agreements.queries import agreements_visible_to
from samtun.anchoring.policies.queries import goals_to_serve
from samtun.codesign.designs.actions.holding import acting, lock
from samtun.codesign.designs.models import Design
from samtun.foundation import sight
from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref


def rest_on(*, design: Design, agreement_id: uuid.UUID, by: Viewer, at: dt.datetime) -> None:
    """Say that a design rests on an agreement that one sees oneself; a second time changes nothing."""
    with transaction.atomic():
        found = lock(design.id)
        acting(found, by)
        if agreement_id not in {one.id for one in agreements_visible_to(by)}:
            raise NotYours
        if agreement_id not in sight.uppers(Ref("design", found.id), "agreement"):
            sight.tie(lower=Ref("design", found.id), upper=Ref("agreement", agreement_id), at=at)
            record("designs.rest_on", Ref("design", found.id), by=by, at=at)


def rest_no_more(*, design: Design, agreement_id: uuid.UUID, by: Viewer, at: dt.datetime) -> None:
    """Say that a design does not rest on an agreement any more."""
    with transaction.atomic():
        found = lock(design.id)
        acting(found, by)
        if agreement_id in sight.uppers(Ref("design", found.id), "agreement"):
            sight.untie(lower=Ref("design", found.id), upper=Ref("agreement", agreement_id), at=at)
            record("designs.rest_no_more", Ref("design", found.id), by=by, at=at)


def serve(*, design: Design, goal_id: uuid.UUID, by: Viewer, at: dt.datetime) -> None:
    """Say that a design serves a goal that holds; a second time changes nothing."""
    with transaction.atomic():
        found = lock(design.id)
        acting(found, by)
        lower = Ref("design", found.id)
        tied = sight.uppers(lower, "policy_goal")
        if goal_id not in {goal.id for goal in goals_to_serve(by, also=tied)}:
            raise NotYours
        if goal_id not in tied:
            sight.tie(lower=lower, upper=Ref("policy_goal", goal_id), at=at)
            record("designs.serve", Ref("design", found.id), by=by, at=at)


def serve_no_more(*, design: Design, goal_id: uuid.UUID, by: Viewer, at: dt.datetime) -> None:
    """Say that a design does not serve a goal any more."""
    with transaction.atomic():
        found = lock(design.id)
        acting(found, by)
        lower = Ref("design", found.id)
        if goal_id in sight.uppers(lower, "policy_goal"):
            sight.untie(lower=lower, upper=Ref("policy_goal", goal_id), at=at)
            record("designs.serve_no_more", Ref("design", found.id), by=by, at=at)
