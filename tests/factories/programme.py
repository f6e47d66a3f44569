"""Things in the programme."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from samtun.foundation.models import Owner
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries import make_token
from samtun.operation.activities.actions import making
from samtun.operation.activities.actions import times as acts
from samtun.operation.activities.actions.making import Told, When
from samtun.operation.activities.enums import Repeat
from samtun.operation.activities.models import Activity, Occurrence
from samtun.partners.catalogue.enums import Category, Transport
from samtun.people.places.models import Place
from tests.factories.journey import Tun
from tests.factories.world import World, thing

FRIDAY = dt.date(2026, 11, 27)


def when(**changes: Any) -> When:
    """Friday the 27th at 18, once."""
    plain = When(repeat=Repeat.ONCE, starts_on=FRIDAY, at=dt.time(18), to=dt.time(20))
    return replace(plain, **changes)


def weekly(**changes: Any) -> When:
    """Every Friday from the 27th."""
    return when(**({"repeat": Repeat.WEEKLY, "weekdays": (4,)} | changes))


def told(when_: When | None = None, **changes: Any) -> Told:
    """A knitting café in the parish hall."""
    plain = Told(
        title="Strikkekafé", category=Category.SOCIAL, transport=Transport.OWN, meets_name="Marit",
        meets_phone="+4757001122", when=when_ or when(), where="Menighetshuset", is_free=True,
    )  # fmt: skip
    return replace(plain, **changes)


def activity(tun: Tun, when_: When | None = None, *, owner: Owner | None = None, **changes: Any) -> Activity:
    """An activity of the centre, open to everyone."""
    owner, pencil = owner or tun.centre, changes.pop("pencil", False)
    return making.write(
        owner=owner, told=told(when_, **changes), sent_key=uuid.uuid4(), by=tun.viewer(owner), at=tun.now, pencil=pencil
    )


def times(it: Activity) -> list[Occurrence]:
    """Its times, in order."""
    return list(Occurrence.objects.filter(activity=it).order_by("planned_on"))


def hall(tun: Tun, name: str, **facts: Any) -> Place:
    """A hall."""
    return Place.objects.create(name=name, kind="hall", village=facts.pop("village", tun.near), **facts)


@thing("hall_off_map")
def hall_off_map(world: World) -> object:
    """A hall that nobody has put on the map."""
    return hall(world.tun, "Grendehuset").id


@thing("activity_on")
def activity_on(world: World) -> object:
    """An activity of the centre that is open to everyone."""
    return _open_one(world).id


@thing("occurrence_on")
def occurrence_on(world: World) -> object:
    """A time of it."""
    return times(_open_one(world))[0].id


@thing("held_or_not_token")
def held_or_not_token(world: World) -> object:
    """The link in the text that asks the centre's leader whether it is held."""
    tun, row = world.tun, times(_open_one(world))[0]
    acts.ask_whether_held(occurrences=[row.id], because="Storm", by=tun.viewer(tun.centre), at=tun.now)
    return make_token(Question.objects.filter(kind="held_or_not").order_by("-id")[0])


@thing("a_year")
def a_year(_world: World) -> object:
    """A year."""
    return FRIDAY.year


@thing("a_month")
def a_month(_world: World) -> object:
    """A month."""
    return FRIDAY.month


def _open_one(world: World) -> Activity:
    return Activity.objects.filter(owner=world.tun.centre).first() or activity(world.tun, weekly())
