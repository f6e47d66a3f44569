"""A plan of the municipality with one goal and one measure, as far as a test wants it."""

import datetime as dt
from dataclasses import dataclass

from samtun.anchoring.policies import actions
from samtun.anchoring.policies.actions import Told
from samtun.anchoring.policies.enums import Sort
from samtun.anchoring.policies.models import Goal, Policy
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Role, Viewer
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.persons.models import Person
from tests.factories.forums import CHAIR, LEADER
from tests.factories.journey import COORDINATOR, Tun
from tests.factories.world import World, thing

DUE = dt.date(2027, 9, 30)
SINCE = dt.date(2026, 1, 1)
TITLE = "Plan for det frivillige i Dalgrend"
GOAL = "Alle som vil, får besøk innan tre veker"
MEASURE = "Ein ringjer alle som ventar, kvar måndag"


@dataclass
class Plans:
    """What tests of policies stand on."""

    tun: Tun

    def of_council(self) -> Viewer:
        """Who writes for the municipality."""
        return self.tun.viewer(self.tun.council, Role.LEADER, LEADER)

    def of_centre(self) -> Viewer:
        """Who answers for the centre."""
        return self.tun.viewer(self.tun.centre, Role.LEADER, LEADER)

    def at_desk(self) -> Viewer:
        """Who is at the centre's desk."""
        return self.tun.viewer(self.tun.centre, Role.COORDINATOR, COORDINATOR)

    def of_association(self) -> Viewer:
        """Who acts for the health association."""
        return self.tun.viewer(self.tun.other, Role.ORGANISATION_REPRESENTATIVE, CHAIR)

    def told(self, **changes: object) -> Told:
        """A plan that is decided."""
        facts = {
            "sort": Sort.PLAN, "title": TITLE, "words": "Det frivillige skal vere lett å vere med på.", "since": SINCE,
            "decided_by": "Kommunestyret, sak 43", "decided_on": dt.date(2026, 10, 1),
        } | changes  # fmt: skip
        return Told(**facts)

    def written(self, **changes: object) -> Policy:
        """A plan that is being written."""
        return actions.write_policy(
            owner=self.tun.council, told=self.told(**changes), by=self.of_council(), at=self.tun.now
        )

    def goal(self, policy: Policy, *, words: str = GOAL, owner: Owner | None = None, due: dt.date = DUE) -> Goal:
        """A goal of a plan, that the municipality answers for unless said otherwise."""
        return actions.set_goal(
            policy=policy, words=words, owner=owner or self.tun.council, due=due, by=self.of_council(), at=self.tun.now
        )

    def opened(self, **facts: object) -> Goal:
        """A goal of a plan that everyone can read."""
        made = self.goal(self.written(), **facts)
        actions.open_policy(policy=made.policy, by=self.of_council(), at=self.tun.now)
        return Goal.objects.select_related("policy__owner", "owner").get(id=made.id)

    def measure(self, goal: Goal, **facts: object) -> Goal:
        """What is done to reach a goal."""
        told = {"words": MEASURE, "owner": self.tun.council, "due": DUE} | facts
        return actions.set_measure(goal=goal, by=self.of_council(), at=self.tun.now, **told)

    def stands_at(self, owner: Owner, phone: str = "+4790000077") -> Person:
        """Somebody with a role at an owner."""
        person = self.tun.person("Kari", "Kommune", phone, owner=owner)
        Membership.objects.create(
            person=person, organisation=Organisation.objects.get(owner=owner), role=Role.COORDINATOR, starts=SINCE
        )
        return person


@thing("policy")
def a_policy(world: World) -> object:
    """A plan that everyone can read."""
    return _opened(world).policy_id


@thing("policy_goal")
def a_goal(world: World) -> object:
    """A goal that the municipality answers for."""
    return _opened(world).id


def _opened(world: World) -> Goal:
    return Goal.objects.filter(words=GOAL).first() or Plans(world.tun).opened()
