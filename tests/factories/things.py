"""What the addresses of the lower storeys point at."""

import datetime as dt

from samtun.foundation.models import Share
from samtun.foundation.viewer import Role
from samtun.kernel.ids import uuid7
from samtun.operation.recognition.models import Thanks
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.models import Closure, Membership, Organisation
from samtun.people.roles.models import Grant
from tests.factories.world import World, thing


@thing("nothing")
def nothing(world: World) -> object:
    """A key of nothing at all."""
    return uuid7()


@thing("word")
def word(world: World) -> object:
    """A word where a token should be."""
    return "ikkje-noko"


@thing("person")
def person(world: World) -> object:
    """The coordinator, whom the centre knows."""
    return world.people[Role.COORDINATOR].person.id


@thing("organisation")
def organisation(world: World) -> object:
    """The centre."""
    return Organisation.objects.get(owner=world.tun.centre).id


@thing("membership")
def membership(world: World) -> object:
    """The cashier's place at the centre."""
    return Membership.objects.get(person=world.people[Role.CASHIER].person).id


@thing("grant")
def grant(world: World) -> object:
    """Supplier support's role."""
    return Grant.objects.get(person=world.people[Role.SUPPLIER_SUPPORT].person).id


@thing("closure")
def closure(world: World) -> object:
    """Days when the centre is closed."""
    body = Organisation.objects.get(owner=world.tun.centre)
    return Closure.objects.create(organisation=body, starts=dt.date(2026, 12, 23), ends=dt.date(2026, 12, 31)).id


@thing("share")
def share(world: World) -> object:
    """What the centre lets another see."""
    tun = world.tun
    return Share.objects.create(
        giver=tun.centre, receiver=tun.other, what="volunteers", purpose="Snø", starts=dt.date(2026, 1, 1),
        ends=dt.date(2027, 1, 1),
    ).id  # fmt: skip


@thing("help_request")
def help_request(world: World) -> object:
    """Snow on Anna's steps."""
    return world.tun.request().id


@thing("request_to_assess")
def request_to_assess(world: World) -> object:
    """A wish that is not cleared beforehand."""
    return world.tun.request(task_type=world.tun.grey).id


@thing("volunteer")
def volunteer(world: World) -> object:
    """The volunteer of the centre who has a login."""
    return Volunteer.objects.get(person=world.people[Role.VOLUNTEER].person).id


@thing("task_type")
def task_type(world: World) -> object:
    """Snow on the steps."""
    return world.tun.snow.id


@thing("thanks")
def thanks(world: World) -> object:
    """The volunteer whom the centre should thank this week."""
    person = world.people[Role.VOLUNTEER].person
    week = {"person": person, "owner": world.tun.centre, "week_of": dt.date(2026, 11, 23)}
    return Thanks.objects.get_or_create(**week, defaults={"for_words": "Snø"})[0].id
