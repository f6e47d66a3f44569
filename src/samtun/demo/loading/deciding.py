"""What is decided: one plan with a goal that the coffee serves, and who does what about lifts and snow."""

import datetime as dt

from samtun.anchoring.agreements import actions as agreements
from samtun.anchoring.agreements.models import Agreement
from samtun.anchoring.policies import actions
from samtun.anchoring.policies.actions import Told
from samtun.anchoring.policies.enums import GoalState, Sort
from samtun.anchoring.policies.models import Goal
from samtun.anchoring.responsibilities import actions as tasks
from samtun.anchoring.responsibilities.enums import Part
from samtun.anchoring.responsibilities.models import MapAnswer
from samtun.codesign.designs import actions as designs
from samtun.codesign.designs.models import Design
from samtun.demo.loading.agreeing import KEY
from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.demo.loading.together import CHAIR, COFFEE, HEAD, LEAGUE, UNIT
from samtun.foundation.scope import open_scope
from samtun.kernel.refs import Ref

MAYOR_OFFICE, COUNCIL = "camilla-moldskred", "kommune"
PLAN = "Saman i Dalgrend: plan for det frivillige"
WORDS = (
    "Dalgrend skal vere ein stad der folk ser kvarandre. Det frivillige skal vere lett å vere med på, og kommunen "
    "skal stø opp utan å ta over."
)
GOAL = "Ingen som vil ha selskap, sit åleine ei heil veke"
OWN = ("shopping", "small_jobs", "firewood", "digital", "walk", "visit", "host")
MEASURE = "Alle som bur åleine, får vite kvar det er kaffi"


def plan_deciding(made: Made, past: Past, *, by: str) -> None:
    """Plan it over the last months before the present."""
    days = dt.timedelta
    past.plan(made.present - days(days=88), lambda moment: _decide(made, moment))
    past.plan(made.present - days(days=50), lambda moment: _under_way(made, moment))
    past.plan(made.present - days(days=18), lambda moment: _later(made, moment))
    past.plan(made.present - days(days=5), lambda moment: _serve(made, by, moment))
    past.plan(made.present - days(days=60), lambda moment: _own(made, by, moment))
    past.plan(made.present - days(days=45), lambda moment: _lifts(made, by, moment))
    past.plan(made.present - days(days=2), lambda moment: _snow(made, by, moment))


def _decide(made: Made, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        by, council = made.viewer(MAYOR_OFFICE), made.bodies[COUNCIL].owner
        told = Told(
            sort=Sort.PLAN, title=PLAN, words=WORDS, since=at.date(), until=dt.date(at.year + 4, 12, 31),
            decided_by="Kommunestyret, sak 43", decided_on=at.date(),
        )  # fmt: skip
        policy = actions.write_policy(owner=council, told=told, by=by, at=at)
        due = (made.present + dt.timedelta(days=300)).date()
        goal = actions.set_goal(policy=policy, words=GOAL, owner=council, due=due, by=by, at=at)
        soon = (made.present - dt.timedelta(days=10)).date()
        unit = made.bodies[UNIT].owner
        actions.set_measure(goal=goal, words=MEASURE, owner=unit, due=soon, by=by, at=at)
        actions.open_policy(policy=policy, by=by, at=at)


def _under_way(made: Made, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        by, measure = made.viewer(HEAD), Goal.objects.get(words=MEASURE)
        actions.name_person(goal=measure, person=made.persons[HEAD], by=by, at=at)
        told = "Halvparten har fått lappen i handa."
        actions.say_state(goal=measure, state=GoalState.UNDER_WAY, words=told, by=by, at=at)


def _later(made: Made, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        due = (made.present + dt.timedelta(days=60)).date()
        why = "Vi vil heller seie det ansikt til ansikt, og det tek lengre tid."
        actions.move_date(goal=Goal.objects.get(words=MEASURE), due=due, why=why, by=made.viewer(HEAD), at=at)


def _serve(made: Made, by: str, at: dt.datetime) -> None:
    """The coffee and the agreement about its key serve the goal: the line goes from there to each lift."""
    with open_scope(made.tenant):
        goal, viewer = Goal.objects.get(words=GOAL), made.viewer(by)
        agreement = Agreement.objects.get(name=KEY)
        agreements.serve(agreement=agreement, goal_id=goal.id, by=viewer, at=at)
        designs.serve(design=Design.objects.get(title=COFFEE), goal_id=goal.id, by=viewer, at=at)


def _own(made: Made, by: str, at: dt.datetime) -> None:
    """What concerns the centre alone stands at once; company to the doctor and vigils are not settled."""
    with open_scope(made.tenant):
        cells = [(made.centre.id, Part.ANSWERS), (made.centre.id, Part.DOES)]
        for key in OWN:
            ref = Ref("task_type", made.types[key].id)
            tasks.propose_change(ref=ref, cells=cells, why="", owner=made.centre, by=made.viewer(by), at=at)


def _lifts(made: Made, by: str, at: dt.datetime) -> None:
    """All have said yes to who does what about lifts."""
    with open_scope(made.tenant):
        owners = {name: made.bodies[name].owner for name in (LEAGUE, UNIT)}
        cells = [
            (made.centre.id, Part.ANSWERS), (owners[LEAGUE].id, Part.DOES), (owners[UNIT].id, Part.TOLD),
        ]  # fmt: skip
        change = tasks.propose_change(
            ref=Ref("task_type", made.types["lift"].id), cells=cells, why="", owner=made.centre, by=made.viewer(by),
            at=at,
        )  # fmt: skip
        for name, person in ((LEAGUE, CHAIR), (UNIT, HEAD)):
            row = MapAnswer.objects.get(change=change, owner=owners[name])
            tasks.answer_change(answer=row, yes=True, words="", by=made.viewer(person), at=at)


def _snow(made: Made, by: str, at: dt.datetime) -> None:
    """Who answers for snow is asked about, and the municipality has not answered yet."""
    with open_scope(made.tenant):
        cells = [(made.bodies[COUNCIL].owner_id, Part.ANSWERS), (made.centre.id, Part.DOES)]
        tasks.propose_change(
            ref=Ref("task_type", made.types["snow"].id), cells=cells, why="", owner=made.centre, by=made.viewer(by),
            at=at,
        )  # fmt: skip
