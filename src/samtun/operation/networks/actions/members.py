"""Who and what is around a person: activities, groups, volunteers, those who are near; and the network contact."""

import datetime as dt

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref
from samtun.operation.activities.models import Activity
from samtun.operation.networks.actions.answering import still_there
from samtun.operation.networks.actions.walking import Resting, lock
from samtun.operation.networks.enums import LAST, MemberKind, NetworkState
from samtun.operation.networks.models import Member, Network, Step
from samtun.operation.networks.queries import member_phone
from samtun.operation.networks.rules import could_be_contact
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.models import Organisation
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.persons.queries import any_dead
from samtun.work.todos.actions import close_todos, open_todo

NAMED = (MemberKind.NEAR, MemberKind.EMPLOYEE)
"""Those who stand by name and number alone, with their own yes."""


class IsDead(Refused):
    """It is noted here that this person has died. If that is a mistake, take it back on their page first."""


class AskThemFirst(Refused):
    """Ask them first, and tick that they have said yes to standing here with name and number."""


class WriteName(Refused):
    """Write the name of the one who is near."""


class ThereAlready(Refused):
    """This one stands around the person already."""


class NeedsNumber(Refused):
    """The network contact must have a telephone number that can be rung, and be a person, not an activity."""


def add_activity(*, network: Network, activity: Activity, by: Viewer, at: dt.datetime) -> Member:
    """Put something of the programme into the network: it stands as it stands there."""
    with transaction.atomic():
        one = Member(network=network, kind=MemberKind.ACTIVITY, activity=still_there(activity, by=by, at=at))
        return _add(one, by=by, at=at)


def add_group(
    *, network: Network, organisation: Organisation, what: str, when_words: str, by: Viewer, at: dt.datetime
) -> Member:
    """Put a group or association into the network."""
    one = Member(network=network, kind=MemberKind.GROUP, organisation=organisation)
    one.what, one.when_words = what.strip()[:60], when_words.strip()[:60]
    return _add(one, by=by, at=at)


def add_volunteer(
    *, network: Network, volunteer: Volunteer, what: str, when_words: str, by: Viewer, at: dt.datetime
) -> Member:
    """Put a volunteer who has agreed with the person into the network."""
    if any_dead([volunteer.person_id]):
        raise IsDead
    one = Member(network=network, kind=MemberKind.VOLUNTEER, volunteer=volunteer)
    one.what, one.when_words = what.strip()[:60], when_words.strip()[:60]
    return _add(one, by=by, at=at)


def add_near(
    *, network: Network, name: str, phone: str, what: str, when_words: str, said_yes: bool, by: Viewer,
    at: dt.datetime, is_employee: bool = False,
) -> Member:  # fmt: skip
    """Put somebody near into the network, in words: kin, a neighbour, an employee; they have said yes to it."""
    if not name.strip():
        raise WriteName
    if not said_yes:
        raise AskThemFirst
    kind = MemberKind.EMPLOYEE if is_employee else MemberKind.NEAR
    one = Member(network=network, kind=kind, name=name.strip()[:80], phone=phone, said_yes_on=wall(at).date())
    one.what, one.when_words = what.strip()[:60], when_words.strip()[:60]
    return _add(one, by=by, at=at)


def make_contact(*, member: Member, said_yes: bool, by: Viewer, at: dt.datetime) -> Member:
    """Make one of them the network contact: asked, said yes, and can be rung. The one before no longer is."""
    with transaction.atomic():
        network = lock(member.network, by)
        one = Member.objects.select_for_update(of=("self",)).select_related("volunteer__person").get(id=member.id)
        if network.state == NetworkState.ENDED or one.left_at:
            raise Resting
        if not could_be_contact(one) or not member_phone(one):
            raise NeedsNumber
        if not said_yes:
            raise AskThemFirst
        Member.objects.filter(network=network, is_contact=True).update(is_contact=False)
        one.is_contact, one.said_yes_on = True, one.said_yes_on or wall(at).date()
        one.save(update_fields=["is_contact", "said_yes_on"])
        close_todos(ref=Ref("network", network.id), by=by, at=at, reasons=("no_contact",))
        record("networks.contact", Ref("network", network.id), by=by, at=at)
    return one


def take_off(*, member: Member, by: Viewer, at: dt.datetime) -> Member:
    """Take one out of the network. When it was the contact, the desk hears that there is none."""
    with transaction.atomic():
        network = lock(member.network, by)
        one = Member.objects.select_for_update(of=("self",)).get(id=member.id)
        if one.left_at is None:
            let_go(network, one, at=at)
            record("networks.member_left", Ref("network", network.id), by=by, at=at, kind=one.kind)
    return one


def let_go(network: Network, one: Member, *, at: dt.datetime) -> None:
    """Let one go, and put on the desk that somebody is missing when the talks have begun.

    Of somebody near, or an employee, nothing stands but that there was one. A volunteer can come back as they were.
    """
    one.left_at = at
    one.save(update_fields=["left_at"])
    if one.kind in NAMED:
        forget(one)
    walked = Step.objects.filter(network=network, number=LAST - 1, settled_on__isnull=False).exists()
    if one.is_contact and network.state != NetworkState.ENDED and walked:
        open_todo(
            ref=Ref("network", network.id), reason="no_contact", about=network.person.initials, at=at,
            owner=network.owner_id, audience=Permission.HANDLE_REQUESTS,
            due=opening_hours_of(network.owner_id).after_days(wall(at), 1),
        )  # fmt: skip


def forget(one: Member) -> None:
    """Erase name, number and words of one who stands around nobody any more."""
    one.name = one.phone = one.what = one.when_words = ""
    one.save(update_fields=["name", "phone", "what", "when_words"])


def _add(one: Member, *, by: Viewer, at: dt.datetime) -> Member:
    with transaction.atomic():
        network = lock(one.network, by)
        if network.state == NetworkState.ENDED:
            raise Resting
        same = Member.objects.filter(network=network, left_at=None, kind=one.kind)
        for key in ("activity", "organisation", "volunteer"):
            if getattr(one, f"{key}_id") and same.filter(**{key: getattr(one, f"{key}_id")}).exists():
                raise ThereAlready
        one.network, one.made_at = network, at
        one.save(force_insert=True)
        record("networks.member", Ref("network", network.id), by=by, at=at, kind=one.kind)
    return one
