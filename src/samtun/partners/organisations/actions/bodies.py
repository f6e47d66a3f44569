"""An organisation begins; its contact details, and when someone is there."""

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Role, Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.opening import Opening
from samtun.kernel.refs import Ref
from samtun.partners.organisations.events import OpeningChanged
from samtun.partners.organisations.models import Closure, OpeningHour, Organisation
from samtun.partners.organisations.rules import is_number, manages
from samtun.people.places.models import Village

OWNER_KINDS = {
    Organisation.Kind.MUNICIPALITY: Owner.Kind.MUNICIPALITY,
    Organisation.Kind.UNIT: Owner.Kind.UNIT,
    Organisation.Kind.CENTRE: Owner.Kind.CENTRE,
    Organisation.Kind.BUSINESS: Owner.Kind.BUSINESS,
}


class NameTaken(Refused):
    """There is an organisation with this name already. Look for it in the list, or write the name more exactly."""


class NameMissing(Refused):
    """Write what the organisation is called."""


class NumberWrong(Refused):
    """An organisation number has nine digits, and these do not fit together. Check them, or leave the field empty."""


class HoursOverlap(Refused):
    """Two of the opening hours on one day overlap, or end before they begin. Mend them and save again."""


class DatesTurned(Refused):
    """The last day is before the first. Turn them round."""


def create_organisation(
    *, name: str, kind: str, by: Viewer, at: dt.datetime, number: str = "", phone: str = "", email: str = "",
    village: Village | None = None, about: dict[str, str] | None = None, hosts_volunteers: bool = False,
) -> Organisation:  # fmt: skip
    """Make an organisation and the owner of its rows. Its wall stands from now on, towards the municipality too."""
    if not (by.is_system or by.role is Role.MUNICIPAL_ADMINISTRATOR):
        raise NotYours
    name = " ".join(name.split())
    if not name:
        raise NameMissing
    _refuse_number(number)
    kind = Organisation.Kind(kind)
    try:
        with transaction.atomic():
            owner = Owner.objects.create(kind=OWNER_KINDS.get(kind, Owner.Kind.ORGANISATION), name=name[:120])
            made = Organisation.objects.create(
                owner=owner, name=name[:120], kind=kind, number=number, phone=phone, email=email, village=village,
                about=about or {}, hosts_volunteers=hosts_volunteers,
            )  # fmt: skip
            record("organisations.create", Ref("organisation", made.id), by=by, at=at, name=name)
    except IntegrityError as error:
        raise NameTaken from error
    return made


def set_contact(
    *, organisation: Organisation, phone: str, email: str, number: str, by: Viewer, at: dt.datetime
) -> Organisation:
    """Change how an organisation is reached."""
    _refuse_others(by, organisation)
    _refuse_number(number)
    with transaction.atomic():
        row = Organisation.objects.select_for_update(of=("self",)).get(id=organisation.id)
        given = {"phone": phone, "email": email, "number": number}
        changed = [field for field, value in given.items() if getattr(row, field) != value]
        for field in changed:
            setattr(row, field, given[field])
        if changed:
            row.save(update_fields=changed)
            record("organisations.set_contact", Ref("organisation", row.id), by=by, at=at, fields=changed)
    return row


def set_opening_hours(*, organisation: Organisation, week: Sequence[Opening], by: Viewer, at: dt.datetime) -> None:
    """Write the whole week anew; an empty one says that nobody keeps hours."""
    _refuse_others(by, organisation)
    ordered = sorted(week, key=lambda o: (o.weekday, o.opens))
    for first, second in itertools.pairwise(ordered):
        if first.weekday == second.weekday and second.opens < first.closes:
            raise HoursOverlap
    with transaction.atomic():
        OpeningHour.objects.filter(organisation=organisation).delete()
        OpeningHour.objects.bulk_create(
            OpeningHour(organisation=organisation, weekday=o.weekday, opens=o.opens, closes=o.closes) for o in ordered
        )
        words: dict[str, Any] = {"week": [f"{o.weekday} {o.opens:%H.%M}-{o.closes:%H.%M}" for o in ordered]}
        record("organisations.set_opening_hours", Ref("organisation", organisation.id), by=by, at=at, **words)
        publish(OpeningChanged(owner=organisation.owner_id), at=at)


def close_dates(*, organisation: Organisation, starts: dt.date, ends: dt.date, by: Viewer, at: dt.datetime) -> Closure:
    """Say that nobody is there from one day to another, both included. No reason is asked for."""
    _refuse_others(by, organisation)
    if ends < starts:
        raise DatesTurned
    with transaction.atomic():
        closure = Closure.objects.create(organisation=organisation, starts=starts, ends=ends)
        record(
            "organisations.close_dates", Ref("organisation", organisation.id), by=by, at=at,
            starts=starts.isoformat(), ends=ends.isoformat(),
        )  # fmt: skip
        publish(OpeningChanged(owner=organisation.owner_id), at=at)
    return closure


def open_dates_again(*, closure: Closure, by: Viewer, at: dt.datetime) -> None:
    """Take back that nobody is there."""
    _refuse_others(by, closure.organisation)
    with transaction.atomic():
        Closure.objects.filter(id=closure.id).delete()
        record(
            "organisations.open_dates_again", Ref("organisation", closure.organisation_id), by=by, at=at,
            starts=closure.starts.isoformat(), ends=closure.ends.isoformat(),
        )  # fmt: skip


def _refuse_others(by: Viewer, organisation: Organisation) -> None:
    if not manages(by, organisation):
        raise NotYours


def _refuse_number(number: str) -> None:
    if number and not is_number(number):
        raise NumberWrong
