"""Two workshops: one that was held about a need, and gave a service design; and one that comes next week."""

import datetime as dt
from typing import Any

from samtun.codesign.ideas.models import Idea
from samtun.codesign.needs.actions import Told, write_need
from samtun.codesign.needs.enums import Group as Whose
from samtun.codesign.needs.enums import Source
from samtun.codesign.needs.models import Need
from samtun.codesign.workshops import actions
from samtun.codesign.workshops.actions import Facts, Written
from samtun.codesign.workshops.enums import Much, QuestionKind
from samtun.codesign.workshops.models import Group, Participant, Question, Workshop
from samtun.codesign.workshops.rules import Planned
from samtun.demo.loading.imagining import BENCH
from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.demo.loading.together import COFFEE
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref

NO_CAR = "Eldre utan bil kjem seg ikkje ut om fredagane. Bussen går ikkje, og det er langt å gå."
HELD, NEXT = "Korleis kjem alle seg ut?", "Kvar skal benkane stå?"
DREAM, ADVICE = "Kva er draumen? Fortel korleis det er når det verkar.", "Kva rår vi til? Kva, kven og korleis."
NOTES = (
    "Nokon hentar meg ved døra.",
    "Kaffi på same stad kvar fredag.",
    "At eg veit kven som køyrer.",
    "Å slippe å ringje og be kvar gong.",
)
COFFEE_HOW = "Kvinnelaget har huset og kaffien, sentralen finn dei som køyrer."
BUS = "Be fylket om ein buss om fredagane"


def plan_gathering(made: Made, past: Past, *, by: str) -> None:
    """Plan it before what came of it: the need, the day itself, and the next one."""
    past.plan(made.present - dt.timedelta(days=98), lambda moment: _need(made, by, moment))
    past.plan(made.present - dt.timedelta(days=92), lambda moment: _plan(made, by, moment))
    past.plan(made.present - dt.timedelta(days=84), lambda moment: _hold(made, by, moment))
    past.plan(made.present - dt.timedelta(days=4), lambda moment: _next(made, by, moment))


def _need(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        village = next(iter(made.villages.values()))
        told = Told(NO_CAR, Whose.WITHOUT_CAR, Source.TALK, at.date() - dt.timedelta(days=2), village, 14)
        write_need(owner=made.centre, told=told, sent_key=uuid7(), by=made.viewer(by), at=at)


def _plan(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        facts = Facts(
            HELD, (made.present - dt.timedelta(days=84)).date(), "Finne ut kva vi kan få til saman om fredagane.",
            dt.time(10), "Bygdehuset",
        )  # fmt: skip
        questions = (Planned(DREAM), Planned(ADVICE, QuestionKind.ADVICE, 3, 15, 10))
        actions.plan(
            owner=made.centre, facts=facts, groups=2, questions=questions, by=made.viewer(by), at=at,
            about=Ref("need", Need.objects.get(words=NO_CAR).id),
        )  # fmt: skip


def _hold(made: Made, by: str, at: dt.datetime) -> None:
    """The day: four come to two tables, write, put a dot each, say how it was, and something is recommended."""
    with open_scope(made.tenant):
        ours: dict[str, Any] = {"by": made.viewer(by), "at": at}
        found = Workshop.objects.get(title=HELD)
        dream = Question.objects.get(workshop=found, number=1)
        tables = list(Group.objects.filter(workshop=found).order_by("number"))
        actions.start(workshop=found, **ours)
        for number, words in enumerate(NOTES):
            _takes_part(made, tables[number % 2], dream, words, at)
        for what, who, how in ((COFFEE, "Sentralen og kvinnelaget", COFFEE_HOW), (BUS, "Kommunen", "Eit brev.")):
            actions.recommend(workshop=found, what=what, who=who, how=how, **ours)
        actions.end(workshop=found, **ours)


def _takes_part(made: Made, table: Group, question: Question, words: str, at: dt.datetime) -> Participant:
    """Somebody comes to a table with a telephone of their own."""
    themselves: dict[str, Any] = {"by": Viewer.anonymous(made.tenant), "at": at}
    key = f"{made.valley.slug} {made.seed} {words}"
    one = actions.join(group=table, key=key, name="", **themselves)
    note = actions.write_note(
        participant=one, question=question, written=Written(uuid7(), words, shared=True), **themselves
    )
    actions.put_dot(participant=one, note=note, **themselves)
    actions.answer(participant=one, heard=Much.YES, useful=Much.PARTLY, words="", **themselves)
    return one


def _next(made: Made, by: str, at: dt.datetime) -> None:
    """Next week they meet about where the benches go."""
    with open_scope(made.tenant):
        facts = Facts(
            NEXT, (made.present + dt.timedelta(days=8)).date(), "Teikne inn tre benkar på kartet.", dt.time(18),
            "Grendahuset",
        )  # fmt: skip
        questions = (Planned("Kvar sit du i dag, og kvar skulle du ønskje at du kunne?"), Planned(ADVICE))
        actions.plan(
            owner=made.centre, facts=facts, groups=3, questions=questions, by=made.viewer(by), at=at,
            about=Ref("idea", Idea.objects.get(title=BENCH).id),
        )  # fmt: skip
