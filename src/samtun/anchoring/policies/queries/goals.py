"""Goals and measures for someone, and on the line of sight."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from samtun.anchoring.forums.rules import acts_for
from samtun.anchoring.policies.enums import AHEAD, PolicyState
from samtun.anchoring.policies.models import Goal, Policy
from samtun.anchoring.policies.rules import answers_for, is_late, may_be_given, writes
from samtun.foundation import refs, sight
from samtun.foundation.audit import saw
from samtun.foundation.models import Owner, Tie
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Membership
from samtun.partners.organisations.queries import members_of, organisation_of, organisations_visible_to
from samtun.people.persons.models import Person
from samtun.people.roles.queries import standing_on

SERVE = ("agreement", "design")


def goal_for(viewer: Viewer, goal_id: uuid.UUID) -> Goal:
    """Return a goal or measure with its policy; NotYours while it is being written by others."""
    rows = Goal.objects.select_related("policy__owner", "owner", "under", "person")
    found = rows.prefetch_related("new_dates", "measures__owner").filter(id=goal_id).first()
    if found is None or not _reads(viewer, found):
        raise NotYours
    if found.person_id and answers_for(viewer, found):
        saw(found.person_id)
    return found


def _reads(viewer: Viewer, goal: Goal) -> bool:
    return goal.policy.state != PolicyState.WRITTEN or answers_for(viewer, goal) or writes(viewer, goal.policy.owner_id)


def stands_there(goal: Goal, *, on: dt.date) -> bool:
    """Tell whether who is named for a goal has a role at its owner, and is alive."""
    return goal.person_id is not None and Membership.objects.filter(
        standing_on(on), person=goal.person_id, person__death_known_at=None, organisation__owner=goal.owner_id
    ).exists()  # fmt: skip


def named_for(person: uuid.UUID) -> list[Goal]:
    """Return the goals one is oneself named for, that are ahead in what holds."""
    rows = Goal.objects.filter(person=person, state__in=AHEAD, policy__state=PolicyState.HOLDS)
    return list(rows.select_related("policy").order_by("due", "id"))


def who_could_answer(viewer: Viewer, goal: Goal, *, on: dt.date) -> list[Person]:
    """Return who stands at a goal's owner, for one who acts for that owner; NotYours otherwise. Logged."""
    if not (viewer.is_system or acts_for(viewer, goal.owner_id)):
        raise NotYours
    found = {m.person_id: m.person for m in members_of(organisation_of(goal.owner_id), on=on)
             if m.person.death_known_at is None}  # fmt: skip
    saw(*found, how="listed")
    return sorted(found.values(), key=lambda person: person.full_name)


def who_could_be_given(viewer: Viewer, policy: Policy) -> list[Owner]:
    """Return the owners that may answer for a goal without being asked, the policy's own first."""
    bodies = [body.owner for body in organisations_visible_to(viewer)]
    given = [owner for owner in bodies if may_be_given(viewer, policy, owner)]
    return sorted(given, key=lambda owner: owner.id != policy.owner_id)


def goals_to_serve(viewer: Viewer, *, also: Collection[uuid.UUID] = ()) -> list[Goal]:
    """Return the goals that something may serve: those ahead in what holds, and those it serves already."""
    which = Q(policy__state=PolicyState.HOLDS, state__in=AHEAD) | Q(id__in=also)
    rows = Goal.objects.filter(which, under=None).exclude(policy__state=PolicyState.WRITTEN)
    return list(rows.select_related("policy").order_by("policy__title", "made_at", "id"))


def serving(viewer: Viewer, goals: Collection[Goal]) -> dict[uuid.UUID, list[sight.Seen]]:
    """Return what serves each goal, as far as the viewer may see it: agreements and service designs."""
    lower: dict[uuid.UUID, set[Ref]] = {goal.id: set() for goal in goals}
    ties = Tie.objects.filter(upper_kind="policy_goal", upper_id__in=lower, lower_kind__in=SERVE, ended_at=None)
    for goal, kind, key in ties.values_list("upper_id", "lower_kind", "lower_id"):
        lower[goal].add(Ref(kind, key))
    seen = sight.describe(viewer, set().union(*lower.values()) if lower else set())
    return {key: [one for one in seen if one.ref in those] for key, those in lower.items()}


def _seen(viewer: Viewer, ids: Collection[uuid.UUID]) -> list[sight.Seen]:
    """Tell of goals on the line: what holds is for everyone to know."""
    rows = Goal.objects.filter(id__in=ids).select_related("policy")
    inside, on = bool(viewer.owners), clock.today()
    return [
        sight.Seen(
            Ref("policy_goal", g.id), g.words,
            reverse("policy_goal", args=[g.id]) if inside else reverse("policy_public", args=[g.policy_id]),
            f"{g.get_state_display()}, {gettext('late')}" if is_late(g, on=on) else g.get_state_display(),
            place=int(g.under_id is not None),
        )
        for g in rows if g.policy.state != PolicyState.WRITTEN or answers_for(viewer, g)
    ]  # fmt: skip


def _moving(viewer: Viewer, at: dt.datetime) -> list[sight.Traffic]:
    """Tell how many goals and measures are under way, and how many are late, for those who take part."""
    if not (viewer.may(Permission.SEE_DESK) or viewer.may(Permission.MANAGE_ORGANISATION)):
        return []
    rows = Goal.objects.filter(policy__state=PolicyState.HOLDS, state__in=AHEAD)
    ahead, late = rows.count(), rows.filter(due__lt=wall(at).date()).count()
    return [
        sight.Traffic(1, "here", ngettext("goal ahead", "goals ahead", ahead), ahead, reverse("policies")),
        sight.Traffic(1, "here", ngettext("goal is late", "goals are late", late), late, reverse("policies")),
    ]


def _find(viewer: Viewer, goal_id: uuid.UUID) -> tuple[str, str] | None:
    found = Goal.objects.filter(id=goal_id).select_related("policy__owner").first()
    if found is None or not _reads(viewer, found):
        return None
    return found.words, reverse("policy_goal", args=[found.id])


refs.register(refs.RefKind("policy_goal", _find))
sight.register(sight.Kind("policy_goal", floor=1, order=10, rows=_seen))
sight.register_traffic(_moving)
