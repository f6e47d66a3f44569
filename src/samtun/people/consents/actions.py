"""Writing down a yes, and taking it back (R76)."""

import datetime as dt

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.people.consents.events import ConsentWithdrawn
from samtun.people.consents.models import Consent
from samtun.people.persons.models import Person


class SayWhat(Refused):
    """Write what may be passed on, and what for, so that the person could read it and agree."""


class WhoSaidYes(Refused):
    """Write the name of the one who said yes for the person."""


class NotYet(Refused):
    """A yes cannot be from a day that has not been. Choose today or an earlier day."""


def record_consent(
    *, person: Person, basis: str, what: str, passed_to: Owner, owner: Owner, purpose: str, form: str, by: Viewer,
    at: dt.datetime, given_by: str = "", given_on: dt.date | None = None,
) -> Consent:  # fmt: skip
    """Write down that a person, or one who may for them, said yes to something being passed on."""
    if not _may(by, person=person, owner=owner):
        raise NotYours
    today = wall(at).date()
    if not what.strip() or not purpose.strip():
        raise SayWhat
    if basis != Consent.Basis.SELF and not given_by.strip():
        raise WhoSaidYes
    if given_on and given_on > today:
        raise NotYet
    with transaction.atomic():
        consent = Consent.objects.create(
            person=person, basis=Consent.Basis(basis), given_by=(given_by.strip() or person.full_name)[:120],
            what=what.strip()[:200], passed_to=passed_to, owner=owner, purpose=purpose.strip()[:200],
            form=Consent.Form(form), given_on=given_on or today, registered_by=by.who,
        )  # fmt: skip
        record(
            "consents.record", Ref("person", person.id), by=by, at=at, what=consent.what, to=passed_to.name,
            purpose=consent.purpose,
        )  # fmt: skip
    return consent


def withdraw_consent(*, consent: Consent, by: Viewer, at: dt.datetime) -> Consent:
    """Take a yes back: it holds from this moment. Again is no fault; the first moment stands."""
    with transaction.atomic():
        row = Consent.objects.select_for_update(of=("self",)).select_related("person", "owner").get(id=consent.id)
        if not _may(by, person=row.person, owner=row.owner):
            raise NotYours
        if row.withdrawn_at is None:
            row.withdrawn_at = at
            row.save(update_fields=["withdrawn_at"])
            record("consents.withdraw", Ref("person", row.person_id), by=by, at=at, what=row.what)
            publish(ConsentWithdrawn(consent=row.id, person=row.person_id), at=at)
    return row


def _may(by: Viewer, *, person: Person, owner: Owner) -> bool:
    """Tell whether someone may act on a yes: the person, the system, or one who sees or passes on for its owner."""
    if by.is_system or by.person == person.id:
        return True
    return (by.may(Permission.SEE_PERSONS) or by.may(Permission.REFER)) and owner.id in by.owners
