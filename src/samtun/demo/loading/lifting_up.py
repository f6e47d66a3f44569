"""What somebody says about the coffee goes up to a forum, is decided there, and comes down again as an answer."""

import datetime as dt
from typing import Any

from samtun.anchoring.forums import actions as forums
from samtun.anchoring.forums.enums import Part
from samtun.anchoring.forums.models import Forum, ForumDecision, Item, Meeting
from samtun.codesign.designs import actions as designs
from samtun.codesign.designs.enums import ChangeKind
from samtun.codesign.designs.models import Change, Design
from samtun.codesign.designs.queries import joined
from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.demo.loading.together import CHAIR, COFFEE, HEAD, LEAGUE, UNIT
from samtun.evaluation.feedback.actions.answering import answer
from samtun.evaluation.feedback.actions.passing_up import pass_up
from samtun.evaluation.feedback.actions.raising import Said, raise_feedback
from samtun.evaluation.feedback.enums import Hears, Via
from samtun.evaluation.feedback.models import Feedback
from samtun.evaluation.feedback.queries.about import kind_chosen
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer

FORUM = "Samarbeidsutvalet for frivillig arbeid"
LAST_HOME = "Kaffien er triveleg, men dei siste ventar tre kvarter på bilen heim."
TITLE = "Ventetida heim frå fredagskaffien"
DECIDED = "To bilar køyrer heim samstundes. Heimetenesta låner ut den eine ut året."
ANSWER = "Takk for at du sa det. Frå no køyrer to bilar heim, så ingen ventar meir enn eit kvarter."


def plan_lifting_up(made: Made, past: Past, *, by: str) -> None:
    """Plan it over the last month before the present."""
    meets = (made.present - dt.timedelta(days=13)).date()
    past.plan(made.present - dt.timedelta(days=100), lambda moment: _forum(made, by, moment))
    past.plan(made.present - dt.timedelta(days=40), lambda moment: _open(made, by, moment))
    past.plan(made.present - dt.timedelta(days=26), lambda moment: _say(made, moment))
    past.plan(made.present - dt.timedelta(days=25), lambda moment: _up(made, by, meets, moment))
    past.plan(made.on(meets, 18 * 60 + 20), lambda moment: _decide(made, by, moment))
    past.plan(made.present - dt.timedelta(days=11), lambda moment: _answer(made, by, moment))


def _forum(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        ours: dict[str, Any] = {"by": made.viewer(by), "at": at}
        purpose = "Det frivillige, tenestene og laga finn ut av det dei har saman."
        found = forums.make_forum(owner=made.centre, name=FORUM, purpose=purpose, **ours)
        for body, person, part in ((LEAGUE, CHAIR, Part.LEADS), (UNIT, HEAD, Part.MEMBER)):
            forums.seat(forum=found, person=made.persons[person], on_behalf=made.bodies[body].owner, part=part, **ours)


def _open(made: Made, by: str, at: dt.datetime) -> None:
    """The parties open what they make to everyone."""
    with open_scope(made.tenant):
        found = Design.objects.get(title=COFFEE)
        words = "Så dei som kan tenkje seg å kome, får vite om det."
        change = designs.propose_larger(
            design=found, kind=ChangeKind.PUBLIC, words=words, to={}, by=made.viewer(by), at=at
        )
        for person in (CHAIR, HEAD):
            mine = made.viewer(person)
            party = next(p for p in joined(found.id) if p.owner_id in mine.owners)
            designs.answer_change(change=Change.objects.get(id=change.id), party=party, yes=True, by=mine, at=at)


def _say(made: Made, at: dt.datetime) -> None:
    """Somebody writes it from the open page of the coffee, without a name."""
    with open_scope(made.tenant):
        thing = kind_chosen(f"design:{Design.objects.get(title=COFFEE).id}")
        key, told = f"{made.valley.slug} {made.seed} {LAST_HOME}", Said(LAST_HOME, hears=Hears.PAGE)
        by = Viewer.anonymous(made.tenant)
        raise_feedback(thing=thing, told=told, sent_key=key, via=Via.FORM, by=by, at=at)


def _up(made: Made, by: str, meets: dt.date, at: dt.datetime) -> None:
    """It is passed up, put on the agenda of the next meeting, and that is called."""
    with open_scope(made.tenant):
        ours: dict[str, Any] = {"by": made.viewer(by), "at": at}
        forum = Forum.objects.get(name=FORUM)
        words = "Éin bil går to turar heim. Dei siste ventar lenge."
        item = pass_up(feedback=Feedback.objects.get(words=LAST_HOME), forum=forum, title=TITLE, words=words, **ours)
        meeting = forums.plan_meeting(forum=forum, on=meets, clock=dt.time(18), place="Bygdehuset", **ours)
        forums.put_on_agenda(item=item, meeting=meeting, **ours)
        forums.call_meeting(meeting=meeting, **ours)


def _decide(made: Made, by: str, at: dt.datetime) -> None:
    """The meeting: those who drive have been asked, and it is decided."""
    with open_scope(made.tenant):
        ours: dict[str, Any] = {"by": made.viewer(by), "at": at}
        item = Item.objects.get(title=TITLE)
        meeting = Meeting.objects.get(forum=item.forum_id)
        forums.hold_meeting(meeting=meeting, **ours)
        forums.note_heard(item=item, who="Dei to som køyrer", said="Vi køyrer gjerne kvar vår veg.", **ours)
        due = at.date() + dt.timedelta(days=7)
        forums.decide(item=item, words=DECIDED, owner=made.centre, due=due, **ours)
        forums.approve_minutes(meeting=meeting, **ours)


def _answer(made: Made, by: str, at: dt.datetime) -> None:
    """It is done, it stands in the design, and the one who said it has the answer."""
    with open_scope(made.tenant):
        ours: dict[str, Any] = {"by": made.viewer(by), "at": at}
        decision = ForumDecision.objects.get(item__title=TITLE)
        forums.decision_done(decision=decision, words="Bilen er lånt, og to køyrer.", **ours)
        found = Design.objects.get(title=COFFEE)
        words = {"recipients_need": "Å bli henta ved døra, å vite kven som køyrer, og å kome heim utan å vente."}
        why = "Ein som kom, sa at dei siste venta lenge på bilen."
        designs.write_words(design=found, texts=words, edition=found.edition, why=why, **ours)
        answer(feedback=Feedback.objects.get(words=LAST_HOME), words=ANSWER, **ours)
