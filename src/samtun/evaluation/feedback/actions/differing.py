"""A word that something seemed different: to the one named, by consent; else to nobody until the person is asked."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from samtun.evaluation.feedback.actions.ladder import end, tell_next
from samtun.evaluation.feedback.enums import HeadsUpState, Noted, Will
from samtun.evaluation.feedback.models import Contact, HeadsUp
from samtun.evaluation.feedback.notices import Received
from samtun.evaluation.feedback.queries import differing
from samtun.evaluation.feedback.queries.differing import Task
from samtun.evaluation.feedback.queries.sealed import sealed
from samtun.evaluation.feedback.rules import MOST_WORDS, may_ask_persons
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, queue
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.persons.models import Person
from samtun.people.persons.queries import everyone_of
from samtun.work.todos.actions import close_todos, open_todo

FORGOTTEN_AFTER = dt.timedelta(days=91)
RELATED = ("owner", "about", "sender", "contact__unit", "contact__consent")
OPEN = (HeadsUpState.HELD, HeadsUpState.WAITS)


class SayWhat(Refused):
    """Tick what was different, or write a few words."""


class TooManyWords(Refused):
    """Make it a little shorter: there is room for 300 characters."""


class SettledAlready(Refused):
    """This has been seen to already. Look at what stands now."""


class NobodyNamed(Refused):
    """Nobody is named who may be told. Write down first whom the person has agreed to, on the person's page."""


def tell_different(
    *, task: Task, ticked: Collection[str], text: str, via: str, by: Viewer, at: dt.datetime,
    key: uuid.UUID | None = None,
) -> HeadsUp:  # fmt: skip
    """Take in that something seemed different. With the person's yes it goes to the one named; else to nobody yet.

    The same sending twice is one.
    """
    mine = by.person is not None and task.sender.id in everyone_of(by.person)
    if not mine and not may_ask_persons(by, task.owner):
        raise NotYours
    codes, words = [code for code in Noted.values if code in set(ticked)], text.strip()
    if not codes and not words:
        raise SayWhat
    if len(words) > MOST_WORDS:
        raise TooManyWords
    with transaction.atomic():
        Owner.objects.select_for_update(of=("self",)).get(id=task.owner.id)
        if key and (before := HeadsUp.objects.filter(id=key, sender=task.sender, ref_id=task.id).first()):
            return before
        contact = differing.contact_of(task.about.id, task.owner.id) if task.about else None
        made = HeadsUp(
            id=key or uuid7(), owner=task.owner, about=task.about, sender=task.sender, ref_kind=task.kind,
            ref_id=task.id, state=HeadsUpState.WAITS if contact else HeadsUpState.HELD, via=via, contact=contact,
            made_at=at,
        )  # fmt: skip
        made.sealed = sealed(made, {"ticked": codes, "text": words})
        made.save(force_insert=True)
        record("feedback.tell_different", Ref("heads_up", made.id), by=by, at=at, via=via)
        if contact:
            tell_next(made, by=by, at=at)
        else:
            ask_the_person(made, at=at)
    return made


def ask_the_person(held: HeadsUp, *, at: dt.datetime) -> None:
    """Put it on the desk: somebody rings the volunteer, and asks the person whether they want anyone told."""
    reason = "ask_person" if held.about_id else "ring_volunteer"
    if held.sender.is_dead:
        reason = "ask_only"
    open_todo(
        ref=Ref("heads_up", held.id), reason=reason,
        about=held.about.initials if held.about else held.sender.initials, owner=held.owner_id, at=at,
        audience=Permission.HANDLE_REQUESTS, due=opening_hours_of(held.owner_id).after_days(wall(at), 0),
    )  # fmt: skip


def receive(*, heads_up: HeadsUp, by: Viewer, at: dt.datetime, will: str = "") -> HeadsUp:
    """Answer "received", as the one named or the deputy; the volunteer is told who. Again is no fault."""
    with transaction.atomic():
        found = _locked(heads_up)
        if not differing.is_named(by, found) or by.person is None or found.contact is None:
            raise NotYours
        if found.state == HeadsUpState.RECEIVED:
            return found
        person = Person.objects.get(id=by.person)
        found.state, found.settled_at, found.step_at = HeadsUpState.RECEIVED, at, None
        found.received_by = differing.first_name_at(person, found.contact.unit)[:160]
        found.will = will if will in Will.values else ""
        found.save(update_fields=["state", "settled_at", "step_at", "received_by", "will"])
        _settle(found, by=by, at=at)
        record("feedback.receive", Ref("heads_up", found.id), by=by, at=at, who=found.received_by)
        queue(
            notice=Received, ref_kind="heads_up", ref_id=found.id, to=found.sender_id, owner=found.owner_id, by=by,
            at=at,
        )  # fmt: skip
    return found


def pass_on_after_all(*, heads_up: HeadsUp, by: Viewer, at: dt.datetime) -> HeadsUp:
    """Pass it on now that the person has been asked, has said yes, and named somebody."""
    with transaction.atomic():
        found = _held(heads_up, by)
        contact = differing.contact_of(found.about_id, found.owner_id) if found.about_id else None
        if contact is None:
            raise NobodyNamed
        found.state, found.contact = HeadsUpState.WAITS, contact
        found.save(update_fields=["state", "contact"])
        close_todos(ref=Ref("heads_up", found.id), by=by, at=at)
        record("feedback.pass_on_after_all", Ref("heads_up", found.id), by=by, at=at)
        tell_next(found, by=by, at=at)
    return found


def keep_to_ourselves(*, heads_up: HeadsUp, by: Viewer, at: dt.datetime) -> HeadsUp:
    """Close it: the volunteer has been rung and the person asked, and nobody is to be told. The words go at once."""
    with transaction.atomic():
        found = _held(heads_up, by)
        end(found, by=by, at=at)
        _settle(found, by=by, at=at)
        record("feedback.keep_to_ourselves", Ref("heads_up", found.id), by=by, at=at)
    return found


def forget(*, heads_up_id: uuid.UUID, by: Viewer, at: dt.datetime) -> bool:
    """Forget one whose time is out, whole; return whether it was."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        rows = HeadsUp.objects.filter(id=heads_up_id, settled_at__lte=at - FORGOTTEN_AFTER)
        gone, _rows = rows.delete()
    return bool(gone)


def consent_withdrawn(*, consent_id: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """Stop what rested on a yes that has been taken back; return how many waited."""
    with transaction.atomic():
        Contact.objects.filter(consent=consent_id, ended_at=None).update(ended_at=at)
        return stop(HeadsUp.objects.filter(contact__consent=consent_id), by=by, at=at)


def person_away(*, person_id: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """Stop what waits about somebody who is away from today: nobody looks in where nobody is."""
    with transaction.atomic():
        return stop(HeadsUp.objects.filter(about__in=everyone_of(person_id)), by=by, at=at)


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> int:
    """Stop all of an owner that has left, and what was to go to a unit that has."""
    with transaction.atomic():
        stopped = stop(HeadsUp.objects.filter(owner=owner), by=by, at=at)
        stopped += stop(HeadsUp.objects.filter(contact__unit=owner), by=by, at=at)
        Contact.objects.filter(owner=owner, ended_at=None).update(ended_at=at)
        Contact.objects.filter(unit=owner, ended_at=None).update(ended_at=at)
    return stopped


def stop(rows: QuerySet[HeadsUp], *, by: Viewer, at: dt.datetime) -> int:
    """End those of these that are open; the words go at once. Return how many."""
    found = list(rows.filter(state__in=OPEN).select_for_update(of=("self",)).order_by("id"))
    for heads_up in found:
        end(heads_up, by=by, at=at)
        _settle(heads_up, by=by, at=at)
        record("feedback.stop_heads_up", Ref("heads_up", heads_up.id), by=by, at=at)
    return len(found)


def _settle(heads_up: HeadsUp, *, by: Viewer, at: dt.datetime) -> None:
    """Call off what was still to be said about it, take it off the desk, and see that it is forgotten in time."""
    cancel_for(ref_kind="to_you", ref_id=heads_up.id, by=by, at=at)
    close_todos(ref=Ref("heads_up", heads_up.id), by=by, at=at)
    defer("feedback.forget", heads_up_id=heads_up.id, schedule_in=int(FORGOTTEN_AFTER.total_seconds()))


def _held(heads_up: HeadsUp, by: Viewer) -> HeadsUp:
    found = _locked(heads_up)
    if not may_ask_persons(by, found.owner):
        raise NotYours
    if found.state != HeadsUpState.HELD:
        raise SettledAlready
    return found


def _locked(heads_up: HeadsUp) -> HeadsUp:
    rows = HeadsUp.objects.select_for_update(of=("self",))
    return rows.select_related(*RELATED).get(id=heads_up.id)
