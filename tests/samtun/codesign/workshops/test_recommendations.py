"""What is recommended becomes an idea, a service design or something to do, in one act, on the line of sight."""

import dataclasses

import pytest

from samtun.codesign.designs.models import Design
from samtun.codesign.ideas.actions.entering import LookAround
from samtun.codesign.ideas.models import Idea
from samtun.codesign.workshops import actions, queries
from samtun.foundation import sight
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.work.todos.models import Todo
from tests.factories.ideas import a_need, ragnhild
from tests.factories.workshops import make_workshop


@pytest.fixture
def by(day):
    """Who leads the day, as a person."""
    return dataclasses.replace(day.by, person=ragnhild(day.tun).id)


@pytest.mark.rule("R99")
def test_what_who_and_how_are_written_and_rewritten(day):
    with pytest.raises(actions.NotBegun):
        day.recommends()
    day.starts(2)
    made = day.recommends()
    actions.rewrite(recommendation=made, what="Skyss kvar fredag", who="Kari", how="", by=day.by, at=day.now)
    assert [(r.number, r.what, r.who) for r in queries.recommendations_of(day.workshop)] == [
        (1, "Skyss kvar fredag", "Kari")
    ]
    with pytest.raises(actions.NeedsWords):
        actions.rewrite(recommendation=made, what=" ", who="", how="", by=day.by, at=day.now)
    for _n in range(9):
        day.recommends()
    with pytest.raises(actions.TenIsEnough):
        day.recommends()


def test_a_scribe_may_write_one_and_others_not(day):
    day.starts(2)
    kari = day.comes()
    facts = {"workshop": day.workshop, "what": "Skyss", "who": "", "how": "", "by": day.nobody, "at": day.now}
    for scribe in (None, kari):
        with pytest.raises(NotYours):
            actions.recommend(scribe=scribe, **facts)
    scribe = actions.take_part(participant=kari, part="scribe", by=day.nobody, at=day.now)
    assert actions.recommend(scribe=scribe, **facts).number == 1


@pytest.mark.rule("R98")
@pytest.mark.rule("R99")
def test_one_becomes_an_idea_that_rests_on_the_workshop(tun, by):
    need = a_need(tun)
    day = make_workshop(tun, about=Ref("need", need.id))
    day.starts(2)
    made = day.recommends()
    with pytest.raises(LookAround):
        actions.make_idea(recommendation=made, near_words="", by=by, at=day.now)
    found = actions.make_idea(recommendation=made, near_words="Helselaget køyrer til legen", by=by, at=day.now)
    idea = Idea.objects.get(id=found.became_id)
    assert (idea.title, idea.from_owner_id) == ("Fast skyss kvar fredag", tun.centre.id)
    here = Ref("idea", idea.id)
    assert (sight.uppers(here, "workshop"), sight.uppers(here, "need")) == ([day.workshop.id], [need.id])
    with pytest.raises(actions.IsSomethingAlready):
        actions.make_todo(recommendation=made, by=by, at=day.now)
    assert queries.outcomes_of(day.tun.viewer(), [found])[found.id].title == idea.title


def test_nobody_in_particular_has_no_idea(day):
    day.starts(2)
    with pytest.raises(NotYours):
        actions.make_idea(recommendation=day.recommends(), near_words="Sett", by=day.by, at=day.now)


@pytest.mark.rule("R18")
def test_one_becomes_a_design_that_rests_on_the_workshop(day, by):
    day.starts(2)
    found = actions.make_design(recommendation=day.recommends(), by=by, at=day.now)
    made = Design.objects.get(id=found.became_id)
    assert sight.uppers(Ref("design", made.id), "workshop") == [day.workshop.id]
    assert "Helselaget" in made.purpose
    line = [seen.ref.kind for seen in sight.describe(by, sight.line_of(Ref("design", made.id))[0])]
    assert line == ["workshop"]


def test_one_becomes_something_to_do_on_the_desk(day, by):
    day.starts(2)
    actions.end(workshop=day.workshop, by=by, at=day.now)
    found = actions.make_todo(recommendation=day.recommends(), by=by, at=day.now)
    todo = Todo.objects.get(id=found.became_id)
    assert (todo.about, todo.owner_id, todo.ref_kind) == ("Fast skyss kvar fredag", day.tun.centre.id, "recommendation")
    assert queries.outcomes_of(by, [found]) == {}


def test_of_one_called_off_nothing_becomes_anything(day):
    day.starts(2)
    made = day.recommends()
    actions.cancel(workshop=day.workshop, words="Brann", by=day.by, at=day.now)
    with pytest.raises(NotYours):
        actions.make_todo(recommendation=made, by=day.by, at=day.now)
