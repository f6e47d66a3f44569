"""A sheet is made, and goes again."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.keys import seal_secret
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Membership
from samtun.partners.organisations.queries.presence import POST
from samtun.people.persons.queries import everyone_of
from samtun.people.roles.queries import standing_on
from samtun.work.sheets.adapters.paper import paper_pdf
from samtun.work.sheets.models import Sheet
from samtun.work.sheets.queries import PLACE, next_day, write_paper

EVENING = 18
KEPT = dt.timedelta(days=2)


def make_sheet(*, owner: Owner, by: Viewer, at: dt.datetime, day: dt.date | None = None) -> Sheet:
    """Make an owner's sheet for a day, its next opening day unless given, in place of one made before."""
    if not (by.is_system or (owner.id in by.owners and by.may(Permission.HANDLE_REQUESTS))):
        raise NotYours
    day = day or next_day(owner.id, wall(at).date())
    with transaction.atomic():
        Owner.objects.select_for_update(of=("self",)).get(id=owner.id)
        paper, persons = write_paper(owner, day, at=at)
        Sheet.objects.filter(owner=owner, day=day).delete()
        key, (table, column) = uuid7(), PLACE
        sealed = seal_secret(paper_pdf(paper), tenant=current_tenant(), table=table, column=column, row=key)
        made = Sheet.objects.create(
            id=key, owner=owner, day=day, made_at=at, sealed_pdf=sealed, persons=sorted(persons)
        )
        record("sheets.make", Ref("sheet", made.id), by=by, at=at, day=day.isoformat(), persons=len(persons))
    return made


def make_tonights(*, by: Viewer, at: dt.datetime) -> int:
    """From six in the evening, make the sheet of every owner that takes requests, once an evening; return how many.

    Run each hour: after a stop they stand ready an hour late rather than not at all.
    """
    evening = wall(at)
    if not by.is_system:
        raise NotYours
    if evening.hour < EVENING:
        return 0
    began = evening.replace(hour=EVENING, minute=0, second=0, microsecond=0)
    ready = Sheet.objects.filter(made_at__gte=began).values("owner")
    staffed = Membership.objects.filter(standing_on(evening.date()), role__in=POST)
    owners = Owner.objects.filter(id__in=staffed.values("organisation__owner"), left_on=None).exclude(id__in=ready)
    made = [make_sheet(owner=owner, by=by, at=at) for owner in owners.order_by("id")]
    return len(made)


def withdraw(*, person: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """Throw away each sheet that names one who has died or is away, and have it made anew; return how many.

    Nobody is to be sent to an empty house by a paper that is printed after it is known. What is printed already is
    why those who were to come are rung.
    """
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        named = Sheet.objects.select_for_update(of=("self",)).filter(persons__overlap=everyone_of(person))
        found = list(named.only("owner_id", "day").order_by("id"))
        for sheet in found:
            record("sheets.withdraw", Ref("sheet", sheet.id), by=by, at=at, day=sheet.day.isoformat())
            if sheet.day >= wall(at).date():
                defer("sheets.again", owner_id=sheet.owner_id, day=sheet.day.isoformat())
        Sheet.objects.filter(id__in=[sheet.id for sheet in found]).delete()
    return len(found)


def forget_old(*, by: Viewer, at: dt.datetime) -> int:
    """Throw sheets away two days after their day; return how many."""
    if not by.is_system:
        raise NotYours
    number, _rows = Sheet.objects.filter(day__lt=wall(at).date() - KEPT).delete()
    return number
