"""A service design of the centre and the health association: Friday coffee with a lift, drawn or on trial."""

import datetime as dt
from dataclasses import dataclass, field

from samtun.codesign.designs import actions
from samtun.codesign.designs.enums import Behalf, ChangeKind, Does, Way
from samtun.codesign.designs.models import Change, Design, Party
from samtun.codesign.designs.queries import joined
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Role, Viewer
from tests.factories.forums import CHAIR, LEADER
from tests.factories.journey import Tun
from tests.factories.world import World, thing

ENDS = dt.date(2027, 2, 26)
GOAL = "Minst åtte kjem kvar fredag, og ingen ventar meir enn eit kvarter på skyss."


@dataclass
class Drawn:
    """What tests of designs stand on."""

    tun: Tun
    design: Design
    more: dict[str, object] = field(default_factory=dict)

    def of(self, owner: Owner) -> Viewer:
        """Who answers for an owner."""
        role, may = Role.ORGANISATION_REPRESENTATIVE, CHAIR
        if owner == self.tun.centre:
            role, may = Role.LEADER, LEADER
        return self.tun.viewer(owner, role, may)

    @property
    def centre(self) -> Viewer:
        return self.of(self.tun.centre)

    @property
    def other(self) -> Viewer:
        return self.of(self.tun.other)

    def party(self, owner: Owner) -> Party:
        """The row of an owner that takes part."""
        return next(p for p in joined(self.design.id) if p.owner_id == owner.id)

    def fresh(self) -> Design:
        """The design as it stands now."""
        self.design.refresh_from_db()
        return self.design

    def propose(
        self, kind: ChangeKind, by: Viewer | None = None, words: str = "Fordi vi er samde.", **to: object
    ) -> Change:
        """Propose a larger change."""
        return actions.propose_larger(
            design=self.design, kind=kind, words=words, to=to, by=by or self.centre, at=self.tun.now
        )

    def yes(self, change: Change, *owners: Owner) -> None:
        """Let owners say yes."""
        for owner in owners:
            actions.answer_change(change=change, party=self.party(owner), yes=True, by=self.of(owner), at=self.tun.now)

    def at_the_table(self) -> None:
        """Two recipients sat at the table."""
        actions.add_place(
            design=self.design, behalf=Behalf.RECIPIENTS, way=Way.AT_TABLE, who="To mottakarar", by=self.centre,
            at=self.tun.now, why="Dei var med",
        )  # fmt: skip

    def on_trial(self) -> Design:
        """Start the trial with a yes from both."""
        self.at_the_table()
        self.yes(self.propose(ChangeKind.TRIAL, goal=GOAL, ends=ENDS.isoformat()), self.tun.other)
        return self.fresh()


def make_design(tun: Tun, *, title: str = "Fredagskaffe med skyss") -> Drawn:
    """Build it, inside an open scope: two parties, being drawn, one task with a kind of help."""
    made = Drawn(tun, Design())
    made.design = actions.begin(
        owner=tun.centre, title=title, purpose="At dei som bur åleine, har ein fast stad å gå kvar fredag.",
        whose_need="Eldre på Innbygda utan bil.", by=made.centre, at=tun.now,
    )  # fmt: skip
    party = actions.ask_party(design=made.design, owner=tun.other, by=made.centre, at=tun.now)
    actions.join(party=party, by=made.other, at=tun.now)
    actions.draw(design=made.design, by=made.centre, at=tun.now)
    actions.divide(
        design=made.design, words="Måke trappa før dei kjem", task_type=tun.snow, by=made.centre, at=tun.now,
        parts={tun.centre.id: Does.ANSWERS, tun.other.id: Does.DOES},
    )  # fmt: skip
    made.fresh()
    return made


def _drawn(world: World) -> Drawn:
    found = Design.objects.filter(title="Fredagskaffe med skyss").first()
    return Drawn(world.tun, found) if found else make_design(world.tun)


@thing("design")
def a_design(world: World) -> object:
    """A design that the centre and the health association draw."""
    return _drawn(world).design.id


@thing("design_on_trial")
def a_trial(world: World) -> object:
    """A design on trial, with a version, open to everyone."""
    found = Design.objects.filter(title="Turgruppa").first()
    if found is None:
        made = make_design(world.tun, title="Turgruppa")
        found = made.on_trial()
        made.yes(made.propose(ChangeKind.PUBLIC), world.tun.other)
    return found.id


@thing("design_change")
def a_change(world: World) -> object:
    """A change proposed in words."""
    drawn = _drawn(world)
    found = Change.objects.filter(design=drawn.design, kind=ChangeKind.WORDS).first()
    return (found or actions.propose_change(
        design=drawn.design, words="Opne døra ti minutt før.", from_owner=world.tun.centre, by=drawn.centre,
        at=world.tun.now,
    )).id  # fmt: skip


@thing("design_larger")
def a_larger(world: World) -> object:
    """A larger change that waits for the health association."""
    drawn = _drawn(world)
    found = Change.objects.filter(design=drawn.design, kind=ChangeKind.PUBLIC).first()
    return (found or drawn.propose(ChangeKind.PUBLIC)).id


@thing("design_party")
def a_party(world: World) -> object:
    """The health association as a party."""
    drawn = _drawn(world)
    return drawn.party(world.tun.other).id


@thing("design_task")
def a_task(world: World) -> object:
    """A task of the design."""
    return _drawn(world).design.tasks.order_by("id").first().id


@thing("design_place")
def a_place(world: World) -> object:
    """A line about who took part."""
    drawn = _drawn(world)
    if not drawn.design.places.exists():
        drawn.at_the_table()
    return drawn.design.places.order_by("id").first().id


@thing("design_part")
def a_part(world: World) -> object:
    """A part that is written by itself."""
    return "kva"


@thing("design_kind")
def a_kind(world: World) -> object:
    """A larger change."""
    return "slutt"


@thing("design_yes")
def a_yes(world: World) -> object:
    """What a party says."""
    return "ja"


@thing("design_settled")
def settled(world: World) -> object:
    """What becomes of a change."""
    return "gjort"
