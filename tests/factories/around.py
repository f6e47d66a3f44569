"""Networks, activities and visits that addresses point at, and that tests stand on."""

import datetime as dt
from typing import Any

from samtun.operation.activities.models import Activity
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.networks import actions
from samtun.operation.networks.models import HomeVisit, Network, Talk
from samtun.people.persons.models import Person
from tests.factories.journey import Tun
from tests.factories.programme import activity, weekly
from tests.factories.world import World, thing


def a_line(tun: Tun, **changes: Any) -> Activity:
    """Coffee at Fjordheim on Tuesdays, in the programme; `weekday` and what else the programme's factory takes."""
    facts: dict[str, Any] = {
        "title": "Kaffi og prat", "where": "Fjordheim", "meets_name": "Ragnhild", "meets_phone": "+4757001133",
        "village": tun.near,
    } | changes  # fmt: skip
    weekday = facts.pop("weekday", 1)
    first = tun.now.date() + dt.timedelta(days=(weekday - tun.now.weekday()) % 7)
    held = weekly(starts_on=first, weekdays=(weekday,), at=dt.time(11), to=dt.time(13))
    return activity(tun, facts.pop("when", held), **facts)


def a_network(tun: Tun, person: Person | None = None, **changes: Any) -> Network:
    """A network around Anna, at its first step."""
    return actions.begin(
        owner=tun.centre, person=person or tun.recipient(), said_yes=True, form="oral", by=tun.viewer(), at=tun.now,
        **changes,
    )  # fmt: skip


def a_built_network(tun: Tun, person: Person | None = None, *, network: Network | None = None) -> Network:
    """One that is in place, with an activity, and a neighbour who is the contact."""
    made = network or a_network(tun, person)
    for number in (1, 2, 3):
        actions.settle_step(network=made, number=number, note="", by=tun.viewer(), at=tun.now)
    actions.add_activity(network=made, activity=a_line(tun), by=tun.viewer(), at=tun.now)
    near = actions.add_near(
        network=made, name="Oddny Lien", phone="+4757410077", what="ringjer", when_words="søndagar", said_yes=True,
        by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    actions.make_contact(member=near, said_yes=True, by=tun.viewer(), at=tun.now)
    return actions.settle_step(network=made, number=4, note="", by=tun.viewer(), at=tun.now)


def a_visit(tun: Tun, request: HelpRequest | None = None, **changes: Any) -> HomeVisit:
    """A visit planned by an assessor, today."""
    facts: dict[str, Any] = {"on": tun.now.date(), "who": "Sjukepleiar Berit"} | changes
    wish = request or tun.request(task_type=tun.grey)
    return actions.plan_visit(request=wish, by=tun.assessor(), at=tun.now, **facts)


@thing("one")
def one(world: World) -> object:
    """The first step."""
    return 1


@thing("near")
def near(world: World) -> object:
    """The kind of member: somebody near."""
    return "annan"


@thing("network")
def network(world: World) -> object:
    """A network around Anna."""
    return a_network(world.tun).id


@thing("network_talk")
def network_talk(world: World) -> object:
    """A talk with the person."""
    return Talk.objects.get(network=a_built_network(world.tun), side="person").id


@thing("home_visit")
def home_visit(world: World) -> object:
    """A visit to be made."""
    return a_visit(world.tun).id
