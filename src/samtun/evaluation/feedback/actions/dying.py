"""When the one it is about, the sender or the one named dies, or it was a mistake (R113, ADR 20 and 23)."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Q

from samtun.evaluation.feedback.actions.differing import OPEN, RELATED, ask_the_person, stop
from samtun.evaluation.feedback.actions.ladder import go_on, ring, tell_next
from samtun.evaluation.feedback.enums import HeadsUpState
from samtun.evaluation.feedback.models import Contact, FeedbackStep, HeadsUp
from samtun.evaluation.feedback.queries.about import persons_things
from samtun.foundation.audit import record
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import hush
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.consents.queries import consent_stands
from samtun.people.persons.actions import bring_back, note_stilled
from samtun.people.persons.models import Passing, Stilled
from samtun.people.persons.queries import everyone_of, stilled_by
from samtun.work.todos.actions import close_todos, open_todo, still_todos
from samtun.work.todos.queries import is_due

OURS = ("contact", "heads_up", "heads_up_told")


def person_died(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Stop all that waits about a dead person, in the transaction of the act. The words do not come back."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        everyone = everyone_of(passing.person_id)
        rows = HeadsUp.objects.filter(about__in=everyone)
        hush(about=_refs(rows.filter(state__in=OPEN)), at=at)
        note_stilled(passing.id, hushed=hush(about=_refs(rows.exclude(state__in=OPEN)), at=at))
        still_todos(refs=[Ref("heads_up", key) for key in rows.values_list("id", flat=True)], by=by, at=at)
        before = {h.id: {"state": h.state} for h in rows.filter(state__in=OPEN)}
        stop(rows, by=by, at=at)
        note_stilled(passing.id, kind="heads_up", before=before)
        _sender_died(passing, everyone, by=by, at=at)
        _named_died(passing, everyone, by=by, at=at)
        _tell_no_step(passing, everyone, at=at)


def _tell_no_step(passing: Passing, everyone: list[uuid.UUID], *, at: dt.datetime) -> None:
    """Send nothing more about feedback the dead person gave, or that is about help they were to have."""
    which = Q(feedback__sender__in=everyone)
    for kind, key in persons_things(everyone):
        which |= Q(feedback__ref_kind=kind, feedback__ref_id=key)
    steps = FeedbackStep.objects.filter(which).values_list("id", flat=True)
    note_stilled(passing.id, hushed=hush(about=[Ref("feedback_step", key) for key in steps], at=at))


def _refs(rows: Any) -> list[Ref]:
    return [Ref(kind, key) for key in rows.values_list("id", flat=True) for kind in ("heads_up", "to_you")]


def _sender_died(passing: Passing, everyone: list[uuid.UUID], *, by: Viewer, at: dt.datetime) -> None:
    """Ring no dead volunteer: the person is asked all the same, and what was about nobody in particular is stopped."""
    rows = HeadsUp.objects.filter(sender__in=everyone, state=HeadsUpState.HELD)
    nobody = rows.filter(about=None)
    note_stilled(passing.id, kind="heads_up", before={h.id: {"state": h.state} for h in nobody})
    stop(nobody, by=by, at=at)
    for held in rows.filter(about__isnull=False).select_related(*RELATED).order_by("id"):
        close_todos(ref=Ref("heads_up", held.id), by=by, at=at)
        ask_the_person(held, at=at)


def _named_died(passing: Passing, everyone: list[uuid.UUID], *, by: Viewer, at: dt.datetime) -> None:
    """Let nothing wait with a dead professional: the deputy is told, or the person is asked again."""
    named = Contact.objects.filter(Q(professional__in=everyone) | Q(deputy__in=everyone), ended_at=None)
    for contact in named.select_related("professional", "deputy").order_by("id"):
        if all(one is None or one.is_dead for one in (contact.professional, contact.deputy)):
            contact.ended_at = at
            contact.save(update_fields=["ended_at"])
            note_stilled(passing.id, kind="contact", before={contact.id: {"then": at.isoformat()}})
    waiting = HeadsUp.objects.filter(told__in=everyone, state=HeadsUpState.WAITS).values_list("id", flat=True)
    for key in list(waiting.order_by("id")):
        found = HeadsUp.objects.select_for_update(of=("self",)).select_related(*RELATED).get(id=key)
        assert found.contact is not None  # a constraint: nothing waits without
        before = _as_told(found)
        close_todos(ref=Ref("heads_up", key), by=by, at=at)
        if found.contact.ended_at is None:
            found.told = None
            found.save(update_fields=["told"])
            tell_next(found, by=by, at=at)
        else:
            found.state, found.contact, found.told, found.step, found.step_at = HeadsUpState.HELD, None, None, 0, None
            found.save(update_fields=["state", "contact", "told", "step", "step_at"])
            ask_the_person(found, at=at)
        told = str(found.told_id or "")
        note_stilled(passing.id, kind="heads_up_told", before={key: before | {"then": [found.state, told]}})


def _as_told(found: HeadsUp) -> dict[str, Any]:
    return {
        "contact": str(found.contact_id), "told": str(found.told_id), "step": found.step,
        "step_at": found.step_at.isoformat() if found.step_at else "",
        "rings": is_due(Ref("heads_up", found.id), "ring_professional"),
    }  # fmt: skip


def death_taken_back(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Let those named be told again, and what waited wait with them. Words that went are asked for by a person."""
    if not by.is_system:
        raise NotYours
    everyone = everyone_of(passing.person_id)
    with transaction.atomic():
        back = {s.ref_id for s in stilled_by(passing.id, "contact") if _may_be_told_again(s, by=by, at=at)}
        back |= {s.ref_id for s in stilled_by(passing.id, "heads_up_told") if _waits_again(s, by=by, at=at)}
        gone = HeadsUp.objects.filter(id__in=[s.ref_id for s in stilled_by(passing.id, "heads_up")])
        for heads_up in gone.select_related("sender", "owner").order_by("id"):
            _due("heads_up", heads_up.id, "words_gone", heads_up.sender.initials, heads_up.owner_id, at=at)
        held = HeadsUp.objects.filter(sender__in=everyone, state=HeadsUpState.HELD, about__isnull=False)
        for one in held.select_related(*RELATED).order_by("id"):
            if close_todos(ref=Ref("heads_up", one.id), by=by, at=at, reasons=("ask_only",)):
                ask_the_person(one, at=at)
        bring_back(passing.id, kinds=OURS, back=back)


def _may_be_told_again(row: Stilled, *, by: Viewer, at: dt.datetime) -> bool:
    """Let one who was named stand again, unless the yes is gone; with another named since, a person asks."""
    contact = Contact.objects.select_for_update(of=("self",)).select_related("person").get(id=row.ref_id)
    untouched = contact.ended_at == dt.datetime.fromisoformat(row.before["then"])
    if not untouched or not consent_stands(contact.consent_id):
        return False
    if Contact.objects.filter(person=contact.person_id, owner=contact.owner_id, ended_at=None).exists():
        _due("contact", contact.id, "not_back", contact.person.initials, contact.owner_id, at=at)
        return False
    contact.ended_at = None
    contact.save(update_fields=["ended_at"])
    record("feedback.contact_stands_again", Ref("person", contact.person_id), by=by, at=at)
    return True


def _waits_again(row: Stilled, *, by: Viewer, at: dt.datetime) -> bool:
    """Let it wait with the one who was told, unless it has been received or passed on since."""
    found = HeadsUp.objects.select_for_update(of=("self",)).select_related(*RELATED).get(id=row.ref_id)
    contact = Contact.objects.get(id=row.before["contact"])
    untouched = [found.state, str(found.told_id or "")] == row.before["then"]
    if not untouched or contact.ended_at or not consent_stands(contact.consent_id):
        return False
    found.state, found.contact, found.told_id = HeadsUpState.WAITS, contact, uuid.UUID(row.before["told"])
    found.step = row.before["step"]
    found.step_at = dt.datetime.fromisoformat(row.before["step_at"]) if row.before["step_at"] else None
    found.save(update_fields=["state", "contact", "told", "step", "step_at"])
    close_todos(ref=Ref("heads_up", found.id), by=by, at=at)
    record("feedback.stands_again", Ref("heads_up", found.id), by=by, at=at)
    if row.before["rings"]:
        ring(found, at=at)
    if found.step_at:
        go_on(found, at=at)
    return True


def _due(kind: str, key: uuid.UUID, reason: str, about: str, owner: uuid.UUID, *, at: dt.datetime) -> None:
    open_todo(
        ref=Ref(kind, key), reason=reason, about=about, owner=owner, audience=Permission.HANDLE_REQUESTS, at=at,
        due=opening_hours_of(owner).after_days(wall(at), 0),
    )  # fmt: skip
