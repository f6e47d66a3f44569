"""That an organisation is who it says it is: asked once, looked at by its centre within an opening day (ADR 35).

Nobody approves the words: once an organisation is checked, all it publishes is open at once.
"""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.models import Owner
from samtun.foundation.notices import Notice
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.partners.catalogue.enums import PublisherState, Why
from samtun.partners.catalogue.events import PublisherChecked, PublisherRefused, SeenTo, SomebodyNeeded
from samtun.partners.catalogue.models import Publisher
from samtun.partners.catalogue.notices import Checked, NotSeen
from samtun.partners.catalogue.queries import checks, contacts_of, look_by
from samtun.partners.catalogue.rules import MOST_WHY, needs_check, publishes_for
from samtun.partners.organisations.queries import (
    answering_owner,
    organisation_of,
    receiving_owner,
)


class SayWhy(Refused):
    """Write why, in a sentence or two: the organisation is told. There is room for 400 characters."""


class SettledAlready(Refused):
    """Somebody has looked at this already. See what stands now."""


class NeedsNoCheck(Refused):
    """The municipality's own bodies and the volunteer centre are known: there is nothing to check."""


def ask_check(*, owner: Owner, by: Viewer, at: dt.datetime) -> PublisherState:
    """See that an organisation that publishes is looked at; return where it stands. Asked already: nothing more.

    Call it in the act that publishes: CHECKED means that what is published is open now, else it waits.
    """
    if not publishes_for(by, owner.id):
        raise NotYours
    if not needs_check(organisation_of(owner.id)):
        return PublisherState.CHECKED
    with transaction.atomic():
        Owner.objects.select_for_update(of=("self",)).get(id=owner.id)
        before = Publisher.objects.filter(owner=owner).first()
        if before is not None:
            return PublisherState(before.state)
        centre = answering_owner()
        made = Publisher.objects.create(owner=owner, centre=centre, asked_at=at, due=look_by(centre.id, at))
        record("catalogue.ask_check", Ref("publisher", made.id), by=by, at=at)
        _put_on_the_desk(made, at)
    return PublisherState.WAITING


def check(*, owner: Owner, by: Viewer, at: dt.datetime) -> Publisher:
    """Say that an organisation is who it says it is, also before it asks: all it publishes is open from now on."""
    _refuse_others(by)
    if not needs_check(organisation_of(owner.id)):
        raise NeedsNoCheck
    with transaction.atomic():
        Owner.objects.select_for_update(of=("self",)).get(id=owner.id)
        found = Publisher.objects.filter(owner=owner).first()
        if found is None:
            centre = answering_owner()
            found = Publisher(owner=owner, centre=centre, asked_at=at, due=at)
        elif found.state == PublisherState.WAITING:
            _off_the_desk(found, at)
        elif found.state == PublisherState.CHECKED:
            raise SettledAlready
        _settle(found, PublisherState.CHECKED, "", by=by, at=at)
        record("catalogue.check", Ref("publisher", found.id), by=by, at=at)
        publish(PublisherChecked(owner=owner.id), at=at)
        _tell(found, Checked, by=by, at=at)
    return found


def not_who_they_say(*, owner: Owner, why: str, by: Viewer, at: dt.datetime) -> Publisher:
    """Say that it cannot be seen who an organisation is, with words it is told: nothing of it is open.

    It can be checked later all the same, and one that was checked by mistake can be stopped.
    """
    _refuse_others(by)
    words = " ".join(why.split())
    if not words or len(words) > MOST_WHY:
        raise SayWhy
    with transaction.atomic():
        Owner.objects.select_for_update(of=("self",)).get(id=owner.id)
        found = Publisher.objects.filter(owner=owner).first()
        if found is None:
            raise NotYours
        if found.state == PublisherState.REFUSED:
            raise SettledAlready
        if found.state == PublisherState.WAITING:
            _off_the_desk(found, at)
        _settle(found, PublisherState.REFUSED, words, by=by, at=at)
        record("catalogue.not_who_they_say", Ref("publisher", found.id), by=by, at=at, why=words)
        publish(PublisherRefused(owner=owner.id), at=at)
        _tell(found, NotSeen, by=by, at=at)
    return found


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> int:
    """Take what waits off the desk when an organisation has left; when a centre has left, another one looks."""
    if not by.is_system:
        raise NotYours
    there = receiving_owner()
    with transaction.atomic():
        gone = Publisher.objects.filter(owner=owner, state=PublisherState.WAITING).first()
        if gone:
            _off_the_desk(gone, at)
        if there is None or there.id == owner.id:
            return 0
        rows = Publisher.objects.select_for_update(of=("self",)).filter(centre=owner).order_by("id")
        moved = list(rows)
        for found in moved:
            found.centre = there
            if found.state == PublisherState.WAITING:
                found.due = max(found.due, look_by(there.id, at))
            found.save(update_fields=["centre", "due"])
            if found.state == PublisherState.WAITING:
                _off_the_desk(found, at)
                _put_on_the_desk(found, at)
    return len(moved)


def _refuse_others(by: Viewer) -> None:
    if not checks(by):
        raise NotYours


def _settle(found: Publisher, state: PublisherState, why: str, *, by: Viewer, at: dt.datetime) -> None:
    found.state, found.why, found.settled_at = state, why, at
    found.checked_by = by.who
    found.save()


def _put_on_the_desk(found: Publisher, at: dt.datetime) -> None:
    publish(
        SomebodyNeeded(
            ref_kind="publisher", ref_id=found.id, why=Why.CHECK, owner=found.centre_id, due=found.due.isoformat()
        ),
        at=at,
    )


def _off_the_desk(found: Publisher, at: dt.datetime) -> None:
    publish(SeenTo(ref_kind="publisher", ref_id=found.id, why=Why.CHECK), at=at)


def _tell(found: Publisher, notice: type[Notice], *, by: Viewer, at: dt.datetime) -> None:
    for person in contacts_of(found.owner_id, on=wall(at).date()):
        queue(notice=notice, ref_kind="publisher", ref_id=found.id, to=person, owner=_sender(found), by=by, at=at)


def _sender(found: Publisher) -> uuid.UUID:
    return found.centre_id
