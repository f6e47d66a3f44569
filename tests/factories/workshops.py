"""A workshop of the centre: two questions, three tables, planned or going on."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from samtun.codesign.workshops import actions
from samtun.codesign.workshops.actions import Facts, Written
from samtun.codesign.workshops.enums import QuestionKind
from samtun.codesign.workshops.models import Group, Note, Participant, Question, Recommendation, Workshop
from samtun.codesign.workshops.rules import Planned, code_of, table_key
from samtun.foundation.viewer import Role, Viewer
from tests.factories.forums import LEADER
from tests.factories.journey import Tun
from tests.factories.world import World, thing

TITLE = "Ein dag om fredagskaffen"
DREAM = "Kva er draumen?"
PROGRAMME = (
    Planned(DREAM, QuestionKind.OPEN, 2, 10, 5),
    Planned("Kva er vanskelegast? Vel ei.", QuestionKind.CHOOSE, 0, 5, 0),
)


@dataclass
class Day:
    """What tests of workshops stand on."""

    tun: Tun
    workshop: Workshop

    @property
    def by(self) -> Viewer:
        """Who leads the day."""
        return self.tun.viewer(self.tun.centre, Role.LEADER, LEADER)

    @property
    def nobody(self) -> Viewer:
        """Somebody without an account."""
        return Viewer.anonymous(self.tun.municipality.id)

    @property
    def now(self) -> dt.datetime:
        return self.tun.now

    @property
    def code(self) -> str:
        return code_of(self.workshop.id)

    def fresh(self) -> Workshop:
        """The workshop as it stands now."""
        self.workshop = Workshop.objects.select_related("owner", "question").get(id=self.workshop.id)
        return self.workshop

    def table(self, number: int = 1) -> Group:
        return Group.objects.get(workshop=self.workshop, number=number)

    def table_phone(self, number: int = 1) -> str:
        return table_key(self.table(number).id)

    def question(self, number: int = 1) -> Question:
        return Question.objects.get(workshop=self.workshop, number=number)

    def comes(self, key: str = "nykel-til-kari", table: int = 1, name: str = "Kari") -> Participant:
        """Somebody comes to a table."""
        return actions.join(group=self.table(table), key=key, name=name, by=self.nobody, at=self.now)

    def starts(self, steps: int = 0) -> Workshop:
        """Begin, and go on some steps."""
        actions.start(workshop=self.workshop, by=self.by, at=self.now)
        for _n in range(steps):
            actions.go_on(workshop=self.workshop, by=self.by, at=self.now)
        return self.fresh()

    def writes(self, who: Participant, words: str = "Skyss heim", *, shared: bool = True, **more: Any) -> Note:
        """Write a note."""
        written = Written(more.pop("key", uuid.uuid4()), words, shared, **more)
        return actions.write_note(
            participant=who, question=self.question(), written=written, by=self.nobody, at=self.now
        )

    def recommends(self, what: str = "Fast skyss kvar fredag") -> Recommendation:
        """Recommend something."""
        return actions.recommend(
            workshop=self.workshop, what=what, who="Helselaget", how="Ringje rundt torsdag", by=self.by, at=self.now
        )


def make_workshop(tun: Tun, *, title: str = TITLE, groups: int = 3, **more: Any) -> Day:
    """Plan it, inside an open scope, on the very day."""
    day = Day(tun, Workshop())
    facts = Facts(title, tun.now.date(), "Korleis når vi fleire?", dt.time(10), "Grendahuset")
    day.workshop = actions.plan(
        owner=tun.centre, facts=facts, groups=groups, questions=PROGRAMME, by=day.by, at=tun.now, **more
    )
    return day


def _day(world: World) -> Day:
    found = Workshop.objects.filter(title=TITLE).first()
    if found:
        return Day(world.tun, found)
    made = make_workshop(world.tun)
    made.starts(1)
    return made


@thing("workshop")
def a_workshop(world: World) -> object:
    """A workshop of the centre that goes on."""
    return _day(world).workshop.id


@thing("workshop_code")
def a_code(world: World) -> object:
    """What stands on its wall."""
    return _day(world).code


@thing("workshop_key")
def a_key(world: World) -> object:
    """A participant's own key."""
    day = _day(world)
    if not Participant.objects.filter(workshop=day.workshop, name="Kari").exists():
        day.comes()
    return "nykel-til-kari"


@thing("workshop_group")
def a_group(world: World) -> object:
    """A table."""
    return _day(world).table().id


@thing("workshop_question")
def a_question(world: World) -> object:
    """A question of the programme."""
    return _day(world).question(2).id


@thing("workshop_recommendation")
def a_recommendation(world: World) -> object:
    """A recommendation that has become nothing yet."""
    found = Recommendation.objects.filter(workshop__title=TITLE).first()
    return (found or _day(world).recommends()).id


@thing("workshop_minute")
def a_minute(world: World) -> object:
    """An act of the one who leads."""
    return "minutt"


@thing("workshop_todo")
def a_becoming(world: World) -> object:
    """What a recommendation becomes."""
    return "gjeremal"
