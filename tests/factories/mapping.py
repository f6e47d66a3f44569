"""The map of whose task each thing is, as far as a test wants it."""

from dataclasses import dataclass

from samtun.anchoring.responsibilities import actions
from samtun.anchoring.responsibilities.enums import Part
from samtun.anchoring.responsibilities.models import MapAnswer, MapChange
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Role, Viewer
from samtun.kernel.refs import Ref
from tests.factories.forums import CHAIR, LEADER
from tests.factories.journey import COORDINATOR, Tun
from tests.factories.world import World, thing


@dataclass
class Map:
    """What tests of the map stand on: the centre, the municipality and the health association, and snow."""

    tun: Tun

    @property
    def snow(self) -> Ref:
        """The kind of help."""
        return Ref("task_type", self.tun.snow.id)

    def of(self, owner: Owner) -> Viewer:
        """Who answers for an owner."""
        may = CHAIR if owner == self.tun.other else LEADER
        role = Role.ORGANISATION_REPRESENTATIVE if owner == self.tun.other else Role.LEADER
        return self.tun.viewer(owner, role, may)

    def at_desk(self) -> Viewer:
        """Who is at the centre's desk, and does not answer for it."""
        return self.tun.viewer(self.tun.centre, Role.COORDINATOR, COORDINATOR)

    def propose(self, *cells: tuple[Owner, Part], owner: Owner | None = None, **facts: object) -> MapChange:
        """A change that the centre proposes unless said otherwise."""
        owner = owner or self.tun.centre
        told = {"by": self.of(owner), "at": self.tun.now, "why": "Slik er det avtalt."} | facts
        return actions.propose_change(
            ref=self.snow, cells=[(one.id, part) for one, part in cells], owner=owner, **told
        )  # fmt: skip

    def answer(self, change: MapChange, owner: Owner, *, yes: bool = True, by: Viewer | None = None) -> MapChange:
        """What a party says to it."""
        row = MapAnswer.objects.get(change=change, owner=owner)
        return actions.answer_change(answer=row, yes=yes, words="", by=by or self.of(owner), at=self.tun.now)

    def agreed(self, *cells: tuple[Owner, Part]) -> MapChange:
        """A change that all it concerns have said yes to."""
        made = self.propose(*cells)
        for row in MapAnswer.objects.filter(change=made, says="").select_related("owner"):
            self.answer(made, row.owner)
        made.refresh_from_db()
        return made


def _waiting(world: World) -> MapChange:
    found = MapChange.objects.filter(state="waiting").first()
    return found or Map(world.tun).propose((world.tun.centre, Part.DOES), (world.tun.council, Part.ANSWERS))


@thing("map_change")
def a_change(world: World) -> object:
    """A change that the centre has proposed, and the municipality has not answered."""
    return _waiting(world).id


@thing("map_answer")
def an_answer(world: World) -> object:
    """What the municipality is asked."""
    return MapAnswer.objects.get(change=_waiting(world), owner=world.tun.council).id
