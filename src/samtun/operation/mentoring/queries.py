"""Who is whose mentor, for the host, for the two of them, and for those who match."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.foundation import exports, recipients, refs
from samtun.foundation.audit import saw
from samtun.foundation.options import option
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours
from samtun.operation.mentoring.models import MentorPlan
from samtun.operation.mentoring.rules import may_talk
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.queries import members_of, organisation_of
from samtun.people.persons.models import Person

TALK_DAYS = option(
    "mentor_talk_days", 5, _("How many opening days between the talks of a volunteer and the mentor?"), least=1, most=60
)  # fmt: skip
RELATED = ("volunteer__person", "volunteer__host", "mentor")


@dataclass(frozen=True, slots=True)
class Pair:
    """What a mentor, or the one who has a mentor, sees of the plan: the other's name and number, and the next talk."""

    plan: MentorPlan
    name: str
    phone: str
    is_late: bool


def plan_of(volunteer_id: uuid.UUID) -> MentorPlan | None:
    """Return the plan a volunteer has now with one host."""
    return MentorPlan.objects.filter(volunteer=volunteer_id, ended_at=None).select_related(*RELATED).first()


def plan_for(viewer: Viewer, plan_id: uuid.UUID) -> MentorPlan:
    """Return a plan to its host or mentor; NotYours to others."""
    plan = MentorPlan.objects.filter(id=plan_id).select_related(*RELATED).first()
    if plan is None or not may_talk(viewer, plan):
        raise NotYours
    saw(plan.volunteer.person_id, plan.mentor_id)
    return plan


def companion_of(volunteer_id: uuid.UUID, *, on: dt.date) -> uuid.UUID | None:
    """Return the person who comes along with a volunteer on a day; None when they go alone, or the mentor has died."""
    plans = MentorPlan.objects.filter(
        volunteer=volunteer_id, ended_at=None, together_until__gte=on, mentor__death_known_at=None
    )
    return plans.values_list("mentor", flat=True).first()


def beside(viewer: Viewer, volunteer: Volunteer, *, on: dt.date) -> tuple[Pair | None, list[Pair]]:
    """Return a volunteer's own mentor, and those the volunteer is mentor for, the talk that is due first at the top."""
    if viewer.person is None or viewer.person != volunteer.person_id:
        raise NotYours
    either = Q(volunteer=volunteer) | Q(mentor=viewer.person, volunteer__person__death_known_at=None)
    rows = MentorPlan.objects.filter(either, ended_at=None, mentor__death_known_at=None)
    plans = rows.exclude(volunteer__state=Volunteer.State.LEFT).select_related(*RELATED).order_by("next_talk_on", "id")
    own, mentored = None, []
    for plan in plans:
        is_own = plan.volunteer_id == volunteer.id
        other = plan.mentor if is_own else plan.volunteer.person
        pair = Pair(plan, other.full_name, other.phone, is_late=plan.next_talk_on < on)
        saw(other.id)
        if is_own:
            own = pair
        else:
            mentored.append(pair)
    return own, mentored


def could_be_mentor(volunteer: Volunteer, *, on: dt.date) -> list[Person]:
    """Return whom a host can choose as mentor: its own volunteers and those who work there, by name."""
    rows = Volunteer.objects.filter(host=volunteer.host_id, state=Volunteer.State.ACTIVE).select_related("person")
    found = {v.person_id: v.person for v in rows}
    found |= {m.person_id: m.person for m in members_of(organisation_of(volunteer.host_id), on=on)}
    found.pop(volunteer.person_id, None)
    people = [p for p in found.values() if not p.is_dead and not p.do_not_contact]
    return sorted(people, key=lambda p: (p.given_name, p.family_name, str(p.id)))


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    rows = MentorPlan.objects.filter(volunteer__host=owner).select_related(*RELATED).order_by("began_on", "id")
    columns = (
        "volunteer", "volunteer_person_id", "mentor", "mentor_person_id", "most_minutes", "together_until",
        "talk_days", "next_talk_on", "last_talk_on", "began_on", "ended_at",
    )  # fmt: skip
    values = [
        (p.volunteer.person.full_name, p.volunteer.person_id, p.mentor.full_name, p.mentor_id, p.most_minutes,
         p.together_until, p.talk_days, p.next_talk_on, p.last_talk_on, p.began_on, p.ended_at)
        for p in rows
    ]  # fmt: skip
    return [exports.Table("mentor_plans", columns, values, frozenset({v[1] for v in values} | {v[3] for v in values}))]


def _find(viewer: Viewer, plan_id: uuid.UUID) -> tuple[str, str] | None:
    rows = MentorPlan.objects.filter(id=plan_id, volunteer__host__in=viewer.owners).select_related("volunteer__person")
    plan = rows.first()
    if plan is None or not viewer.may(Permission.MANAGE_VOLUNTEERS):
        return None
    return plan.volunteer.person.full_name, reverse("volunteer", args=[plan.volunteer_id])


def _about_gone(plan_id: uuid.UUID) -> bool:
    gone = MentorPlan.objects.filter(id=plan_id).values_list(
        "volunteer__person__death_known_at", "mentor__death_known_at"
    )
    return any(any(row) for row in gone)


exports.register("mentoring", _tables)
refs.register(refs.RefKind("mentor_plan", _find))
recipients.register_about("mentor_plan", _about_gone)
