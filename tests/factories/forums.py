"""A committee at the volunteer centre: who leads, who writes, a member from the health association, a politician."""

import datetime as dt
from dataclasses import dataclass

from samtun.anchoring.forums import actions
from samtun.anchoring.forums.enums import Part
from samtun.anchoring.forums.models import Forum, Item, Meeting, Seat
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.people.persons.models import Person
from tests.factories.journey import Tun
from tests.factories.world import World, thing

LEADER = frozenset({Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, Permission.OWN_PAGE})
CHAIR = frozenset({Permission.MANAGE_ORGANISATION, Permission.OWN_PAGE, Permission.REFER})
ON = dt.date(2026, 12, 2)
CLOCK = dt.time(18)
IN_MEETING = dt.datetime(2026, 12, 2, 17, 10, tzinfo=dt.UTC)


@dataclass
class Committee:
    """What tests of forums stand on."""

    tun: Tun
    forum: Forum
    chair: Seat
    scribe: Seat
    member: Seat
    politician: Seat

    def leader(self) -> Viewer:
        """Who calls the forum."""
        return self.tun.viewer(self.tun.centre, Role.LEADER, LEADER)

    def of_association(self) -> Viewer:
        """Who acts for the health association."""
        return self.tun.viewer(self.tun.other, Role.ORGANISATION_REPRESENTATIVE, CHAIR)

    def sitting(self, seat: Seat) -> Viewer:
        """A seat holder, with nothing but their own page."""
        hat = Hat(f"self:{seat.person_id}", Role.RESIDENT, "", frozenset(), frozenset({Permission.OWN_PAGE}))
        return Viewer(self.tun.municipality.id, hat, person=seat.person_id, name=seat.person.full_name, language="nn")

    def item(self, title: str = "Opningstid i gymsalen", **changes: object) -> Item:
        """An item from the health association."""
        facts = {"ref": None, "words": "Hallen er låst når vi kjem.", "from_owner": self.tun.other} | changes
        at = facts.pop("at", self.tun.now)
        by = facts.pop("by", None) or self.of_association()
        return actions.propose_item(forum=self.forum, title=title, by=by, at=at, **facts)

    def meeting(self, *, state: str = "planned", items: tuple[Item, ...] = (), on: dt.date = ON) -> Meeting:
        """A meeting, brought as far as it says, with items on its agenda."""
        by, at = self.leader(), self.tun.now
        made = actions.plan_meeting(forum=self.forum, on=on, clock=CLOCK, place="Solheimen", by=by, at=at)
        for item in items:
            actions.put_on_agenda(item=item, meeting=made, by=by, at=at)
        if state in {"called", "held"}:
            actions.call_meeting(meeting=made, by=by, at=at)
        if state == "held":
            actions.hold_meeting(meeting=made, by=by, at=IN_MEETING)
        made.refresh_from_db()
        return made


def seated(forum: Forum, tun: Tun, person: Person, owner: object, part: Part = Part.MEMBER, **facts: object) -> Seat:
    """A seat given by who calls the forum."""
    return actions.seat(forum=forum, person=person, on_behalf=owner, part=part, by=tun.system(), at=tun.now, **facts)


def make_committee(tun: Tun) -> Committee:
    """Build it, inside an open scope."""
    forum = actions.make_forum(
        owner=tun.centre, name="Samarbeidsutvalet", purpose="Samarbeidet om Solheimen.", by=tun.system(), at=tun.now
    )
    names = [("Rolf", "Rotary"), ("Siri", "Skrivar"), ("Hilde", "Helselag"), ("Per", "Politikar")]
    people = [tun.person(given, family, f"+479007000{n}") for n, (given, family) in enumerate(names)]
    chair = seated(forum, tun, people[0], tun.other, Part.LEADS)
    scribe = seated(forum, tun, people[1], tun.centre, Part.WRITES)
    member = seated(forum, tun, people[2], tun.other)
    politician = seated(forum, tun, people[3], tun.council)
    return Committee(tun, forum, chair, scribe, member, politician)


def _committee(world: World) -> Committee:
    forum = Forum.objects.filter(name="Samarbeidsutvalet").first()
    if forum is None:
        return make_committee(world.tun)
    seats = list(Seat.objects.filter(forum=forum).select_related("person").order_by("id"))
    return Committee(world.tun, forum, *seats)


@thing("forum")
def a_forum(world: World) -> object:
    """A forum that the centre calls."""
    return _committee(world).forum.id


@thing("live_kind")
def a_kind_that_is_followed(_world: World) -> object:
    """The kind of a forum's meeting, whose page is live."""
    return "forum_meeting"


@thing("forum_meeting")
def a_meeting(world: World) -> object:
    """A meeting that is planned."""
    committee = _committee(world)
    found = Meeting.objects.filter(forum=committee.forum).first()
    return (found or committee.meeting(items=(committee.item(),))).id


@thing("forum_item")
def an_item(world: World) -> object:
    """An item that the health association has proposed."""
    committee = _committee(world)
    found = Item.objects.filter(forum=committee.forum, state="proposed").first()
    return (found or committee.item("Gåvepengar")).id
