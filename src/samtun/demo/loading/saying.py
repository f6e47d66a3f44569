"""Two who say how it goes: one has had an answer, and one waits for it."""

import datetime as dt

from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.evaluation.feedback.actions.answering import answer, take_on
from samtun.evaluation.feedback.actions.raising import Said, raise_feedback
from samtun.evaluation.feedback.enums import Via
from samtun.evaluation.feedback.models import Feedback
from samtun.evaluation.feedback.queries.about import kind_chosen, something_else
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer

LOCKED = "Salen er låst når vi kjem før klokka elleve, så folk blir ståande ute og vente."
KEY_BOX = "Nøkkelen heng no i boksen ved inngangen. Koden får de av oss på telefonen."
SATURDAYS = "Det er vanskeleg å få nokon til å køyre på laurdagane. Kunne vi hatt ein bil til?"


def plan_saying(made: Made, past: Past, *, by: str) -> None:
    """Plan it in the last week before the present."""
    past.plan(made.present - dt.timedelta(days=6), lambda moment: _say(made, LOCKED, "", moment))
    past.plan(made.present - dt.timedelta(days=5), lambda moment: _begin(made, by, moment))
    past.plan(made.present - dt.timedelta(days=4), lambda moment: _answer(made, by, moment))
    past.plan(made.present - dt.timedelta(days=1), lambda moment: _say(made, SATURDAYS, "lift", moment))


def _say(made: Made, words: str, kind: str, at: dt.datetime) -> None:
    """Somebody writes it at the open form, without a name."""
    with open_scope(made.tenant):
        thing = kind_chosen(kind) if kind else something_else()
        key = f"{made.valley.slug} {made.seed} {words}"
        by = Viewer.anonymous(made.tenant)
        raise_feedback(thing=thing, told=Said(words), sent_key=key, via=Via.FORM, by=by, at=at)


def _begin(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        take_on(feedback=Feedback.objects.get(words=LOCKED), by=made.viewer(by), at=at)


def _answer(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        answer(feedback=Feedback.objects.get(words=LOCKED), words=KEY_BOX, by=made.viewer(by), at=at)
