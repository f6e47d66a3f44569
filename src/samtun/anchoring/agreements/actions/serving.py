"""Which goals an agreement serves: on the line of sight it stands under them."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.anchoring.agreements.actions.stepping import lock_live, need
from samtun.anchoring.agreements.models import Agreement
from samtun.anchoring.forums.rules import acts_for
from samtun.anchoring.policies.queries import goals_to_serve
from samtun.foundation import sight
from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.refs import Ref


def serve(*, agreement: Agreement, goal_id: uuid.UUID, by: Viewer, at: dt.datetime) -> None:
    """Say that an agreement serves a goal, for one who acts for a party; a second time changes nothing."""
    with transaction.atomic():
        found, parties = lock_live(agreement.id)
        need(any(acts_for(by, party.owner_id) for party in parties))
        lower, tied = _tied(found)
        need(goal_id in {goal.id for goal in goals_to_serve(by, also=tied)})
        if goal_id not in tied:
            sight.tie(lower=lower, upper=Ref("policy_goal", goal_id), at=at)
            record("agreements.serve", Ref("agreement", found.id), by=by, at=at)


def serve_no_more(*, agreement: Agreement, goal_id: uuid.UUID, by: Viewer, at: dt.datetime) -> None:
    """Say that an agreement does not serve a goal any more."""
    with transaction.atomic():
        found, parties = lock_live(agreement.id)
        need(any(acts_for(by, party.owner_id) for party in parties))
        lower, tied = _tied(found)
        if goal_id in tied:
            sight.untie(lower=lower, upper=Ref("policy_goal", goal_id), at=at)
            record("agreements.serve_no_more", Ref("agreement", found.id), by=by, at=at)


def _tied(agreement: Agreement) -> tuple[Ref, list[uuid.UUID]]:
    lower = Ref("agreement", agreement.id)
    return lower, sight.uppers(lower, "policy_goal")
