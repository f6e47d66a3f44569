"""What is recommended is written, and becomes in one act an idea, a service design or something to do."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Max

from samtun.anchoring.forums.rules import desk_of
from samtun.codesign.designs.actions import begin
from samtun.codesign.ideas.actions.entering import LookAround, Put, put_forward
from samtun.codesign.ideas.enums import Via
from samtun.codesign.workshops.actions.holding import NeedsWords, NotBegun, changed, lock
from samtun.codesign.workshops.enums import Became, WorkshopState
from samtun.codesign.workshops.models import Cluster, Participant, Recommendation, Workshop
from samtun.codesign.workshops.rules import MOST_RECOMMENDATIONS, is_open
from samtun.foundation import sight
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.partners.organisations.queries import answering_owner, opening_hours_of
from samtun.people.persons.models import Person
from samtun.work.todos.actions import open_todo

WITHIN = 10
"""Opening days until something that is to be done is due."""


class TenIsEnough(Refused):
    """Ten recommendations are as many as anybody can follow. Put two of them together."""


class IsSomethingAlready(Refused):
    """It has become something already, and stands as it was written then."""


def recommend(
    *, workshop: Workshop, what: str, who: str, how: str, by: Viewer, at: dt.datetime,
    scribe: Participant | None = None, cluster: Cluster | None = None,
) -> Recommendation:  # fmt: skip
    """Write a recommendation: the one who leads the day, or a scribe. What is needed; who and how can come later."""
    if not what.strip():
        raise NeedsWords
    with transaction.atomic():
        found = _writes(workshop, by, scribe, at)
        _begun(found)
        last = Recommendation.objects.filter(workshop=found).aggregate(n=Max("number"))["n"] or 0
        if last >= MOST_RECOMMENDATIONS:
            raise TenIsEnough
        made = Recommendation.objects.create(
            workshop=found, number=last + 1, what=what.strip()[:200], who=who.strip()[:200], how=how.strip()[:600],
            cluster=cluster if cluster and cluster.workshop_id == found.id else None, made_at=at,
        )  # fmt: skip
        changed(found)
        record("workshops.recommend", Ref("workshop", found.id), by=by, at=at)
    return made


def rewrite(
    *, recommendation: Recommendation, what: str, who: str, how: str, by: Viewer, at: dt.datetime
) -> Recommendation:
    """Write a recommendation anew, as long as it has not become anything."""
    if not what.strip():
        raise NeedsWords
    with transaction.atomic():
        workshop, found = _locked(recommendation, by)
        found.what, found.who, found.how = what.strip()[:200], who.strip()[:200], how.strip()[:600]
        found.save(update_fields=["what", "who", "how"])
        changed(workshop)
        record("workshops.recommend", Ref("workshop", workshop.id), by=by, at=at)
    return found


def make_idea(*, recommendation: Recommendation, near_words: str, by: Viewer, at: dt.datetime) -> Recommendation:
    """Let it become an idea from the owner, put forward by the one who leads the day; who answers, answers in time.

    From a volunteer centre: not without words about what exists nearby (R98).
    """
    if by.person is None:
        raise NotYours
    with transaction.atomic():
        workshop, found = _locked(recommendation, by)
        if workshop.owner.kind == Owner.Kind.CENTRE and not near_words.strip():
            raise LookAround
        need = workshop.about_id if workshop.about_kind == "need" else None
        put = Put(
            found.what[:80], _told(found), from_owner=workshop.owner, near_words=near_words, need=need,
        )  # fmt: skip
        made = put_forward(
            owner=answering_owner(), person=Person.objects.get(id=by.person), put=put, sent_key=str(found.id),
            via=Via.OWN, by=by, at=at,
        )  # fmt: skip
        sight.tie(lower=Ref("idea", made.id), upper=Ref("workshop", workshop.id), at=at)
        return _became(workshop, found, Became.IDEA, made.id, by=by, at=at)


def make_design(*, recommendation: Recommendation, by: Viewer, at: dt.datetime) -> Recommendation:
    """Let it become a service design that rests on the workshop."""
    with transaction.atomic():
        workshop, found = _locked(recommendation, by)
        made = begin(
            owner=workshop.owner, title=found.what[:120], purpose=_told(found)[:1000], by=by, at=at,
            rests_on=Ref("workshop", workshop.id),
        )  # fmt: skip
        return _became(workshop, found, Became.DESIGN, made.id, by=by, at=at)


def make_todo(*, recommendation: Recommendation, by: Viewer, at: dt.datetime) -> Recommendation:
    """Let it become something to do, on the desk of the owner."""
    with transaction.atomic():
        workshop, found = _locked(recommendation, by)
        due = opening_hours_of(workshop.owner_id).after_days(wall(at), WITHIN)
        todo = open_todo(
            ref=Ref("recommendation", found.id), reason="follow_up", about=found.what, due=due,
            owner=workshop.owner_id, audience=desk_of(workshop.owner), at=at,
        )  # fmt: skip
        return _became(workshop, found, Became.TODO, todo.id, by=by, at=at)


def _told(recommendation: Recommendation) -> str:
    """What is recommended with who and how, in lines."""
    return "\n".join(part for part in (recommendation.what, recommendation.how, recommendation.who) if part)


def _locked(recommendation: Recommendation, by: Viewer) -> tuple[Workshop, Recommendation]:
    workshop = lock(recommendation.workshop_id, by)
    _begun(workshop)
    found = Recommendation.objects.select_for_update(of=("self",)).get(id=recommendation.id)
    if found.became:
        raise IsSomethingAlready
    return workshop, found


def _writes(workshop: Workshop, by: Viewer, scribe: Participant | None, at: dt.datetime) -> Workshop:
    if scribe is None:
        return lock(workshop.id, by)
    found = Workshop.objects.select_for_update(of=("self",)).get(id=workshop.id)
    if scribe.workshop_id != found.id or not (scribe.is_table or scribe.part == "scribe"):
        raise NotYours
    if not is_open(found, at=at):
        raise NotYours
    return found


def _begun(workshop: Workshop) -> None:
    """What was recommended can be written and followed up during the day and ever after."""
    if workshop.state == WorkshopState.PLANNED:
        raise NotBegun
    if workshop.state == WorkshopState.CANCELLED:
        raise NotYours


def _became(
    workshop: Workshop, found: Recommendation, what: Became, key: uuid.UUID, *, by: Viewer, at: dt.datetime
) -> Recommendation:
    found.became, found.became_id, found.became_at = what, key, at
    found.save(update_fields=["became", "became_id", "became_at"])
    changed(workshop)
    record("workshops.became", Ref("workshop", workshop.id), by=by, at=at, what=what)
    return found
