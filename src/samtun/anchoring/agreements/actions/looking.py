"""What comes by itself: a last day, an evaluation that nears, somebody who is gone, an organisation that leaves."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q

from samtun.anchoring.agreements.actions.evaluating import begin, finish
from samtun.anchoring.agreements.actions.parties import leave
from samtun.anchoring.agreements.actions.settling import look_again, pass_if_over, reminded_on
from samtun.anchoring.agreements.actions.stepping import lock, sync_contacts
from samtun.anchoring.agreements.enums import LIVE, Form, State
from samtun.anchoring.agreements.models import Agreement, Evaluation, Party
from samtun.anchoring.agreements.queries import parties_of
from samtun.anchoring.agreements.rules import standing
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref


def look(*, agreement: Agreement, by: Viewer, at: dt.datetime) -> Agreement:
    """See to what has come by itself since it was looked at last; a second time changes nothing."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = lock(agreement.id)
        if found.state not in LIVE:
            return found
        today = wall(at).date()
        if pass_if_over(found, standing(parties_of(found)), by=by, at=at):
            return found
        for party in standing(parties_of(found)):
            if party.stops_on is not None and party.stops_on < today and found.state in LIVE:
                leave(party, found, by=by, at=at)
        if found.state not in LIVE:
            return found
        parties = standing(parties_of(found))
        if found.form == Form.ONE_PAGE and found.state == State.STANDS and found.evaluate_by is not None:
            going = Evaluation.objects.filter(agreement=found, done_at=None).first()
            if going is not None:
                finish(going, found, parties, by=by, at=at)
            elif reminded_on(found, found.evaluate_by) <= today:
                begin(found, parties, by=by, at=at)
        sync_contacts(found, parties, by=by, at=at)
        look_again(found, at=at)
    return found


def somebody_gone(*, person: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """See whether the parties that named a person have somebody to talk with (R13); return how many agreements.

    Also when somebody is back again: then what was due about it goes.
    """
    if not by.is_system:
        raise NotYours
    named = Party.objects.filter(Q(contact=person) | Q(deputy=person), left_at=None, agreement__state__in=LIVE)
    rows = list(named.select_related("agreement", "owner").order_by("id"))
    with transaction.atomic():
        for party in rows:
            sync_contacts(party.agreement, [party], by=by, at=at)
    return len(rows)


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> None:
    """Let an organisation that has left Samtun be out of its agreements; they go on where two or more are left."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        rows = Party.objects.filter(owner=owner, left_at=None, agreement__state__in=LIVE).order_by("id")
        for party in rows.select_related("owner"):
            found = lock(party.agreement_id)
            record("agreements.owner_left", Ref("agreement", found.id), by=by, at=at, party=owner.name)
            leave(party, found, by=by, at=at)
