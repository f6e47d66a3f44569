"""An organisation takes its own out, and may leave (R86, R112)."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from samtun.foundation import exports
from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.models import Owner, Share
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.partners.organisations import rules
from samtun.partners.organisations.actions.members import close_membership
from samtun.partners.organisations.actions.sharing import close_share
from samtun.partners.organisations.events import OrganisationLeft
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.roles.queries import standing_on


class LeftAlready(Refused):
    """This organisation has left already."""


class CannotLeave(Refused):
    """The municipality and its units cannot leave their own Samtun."""


def take_out(*, organisation: Organisation, by: Viewer, at: dt.datetime) -> bytes:
    """Return all the organisation has here as one ZIP; whoever is in it is logged as exported."""
    if not rules.exports(by, organisation.owner_id):
        raise NotYours
    packed = exports.archive(organisation.owner_id, name=organisation.name, at=at)
    record("organisations.take_out", Ref("organisation", organisation.id), by=by, at=at, bytes=len(packed))
    return packed


def leave(*, organisation: Organisation, by: Viewer, at: dt.datetime) -> Owner:
    """Leave: nobody acts for it any more, nothing is shared, and its volunteers are not asked through it.

    A state, not a deletion: its rows wait behind the wall until their time is out, in case it comes back.
    """
    if not (by.is_system or (by.may(Permission.EXPORT_ORGANISATION) and rules.manages(by, organisation))):
        raise NotYours
    if organisation.kind in (Organisation.Kind.MUNICIPALITY, Organisation.Kind.UNIT):
        raise CannotLeave
    today = wall(at).date()
    with transaction.atomic():
        owner = Owner.objects.select_for_update(of=("self",)).get(id=organisation.owner_id)
        if owner.left_on:
            raise LeftAlready
        owner.left_on = today
        owner.save(update_fields=["left_on"])
        standing = Membership.objects.filter(standing_on(today), organisation=organisation).select_related("person")
        for membership in standing.order_by("id"):
            close_membership(membership, by=by, at=at)
        for shared in Share.objects.filter(Q(giver=owner) | Q(receiver=owner), ends__gt=today).order_by("id"):
            close_share(shared, by=by, at=at)
        record("organisations.leave", Ref("organisation", organisation.id), by=by, at=at)
        publish(OrganisationLeft(owner=owner.id), at=at)
    return owner
