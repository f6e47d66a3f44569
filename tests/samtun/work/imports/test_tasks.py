"""A long list goes by jobs: as the one who asked, if they still may; told how far; broken ones say so."""

import pytest
from django.db import connection

from samtun.foundation import hats
from samtun.foundation.models.runtime import Counter
from samtun.foundation.progress import Telling, how_far
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Role, Viewer
from samtun.kernel import clock
from samtun.partners.organisations.models import Membership
from samtun.people.persons.models import Person
from samtun.work.imports import actions, queries, tasks
from samtun.work.imports.models import ImportRow, ImportRun
from tests.factories import lists, sheets
from tests.factories.world import make_world

PEOPLE = [sheets.HEAD, *sheets.PEOPLE]


@pytest.fixture(autouse=True)
def _always_jobs(monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 0)


@pytest.fixture
def world(municipality, now):
    with open_scope(municipality.id):
        return make_world(municipality, now)


@pytest.fixture
def asked(world, now):
    """A run that the coordinator has asked to be tried."""
    someone = world.people[Role.COORDINATOR]
    with open_scope(world.municipality.id):
        viewer = Viewer(
            tenant=world.municipality.id, hat=hats.hat_of(someone.person.id, someone.hat), account=someone.account.id,
            person=someone.person.id, name=someone.person.full_name, language="nn",
        )  # fmt: skip
        run = lists.staged(world.tun.centre, PEOPLE, by=viewer, at=now)
        return lists.tried(run, by=viewer, at=now), viewer


def job(task, run):
    task(tenant=str(run.tenant_id), run_id=str(run.id))
    with open_scope(run.tenant_id):
        return ImportRun.objects.get(id=run.id)


def act(run, viewer, what, now):
    with open_scope(run.tenant_id, viewer):
        return what(run=run, by=viewer, at=now)


def test_tried_taken_in_and_out_again_by_jobs(asked, now):
    run, viewer = asked
    assert run.state == "trying"
    run = job(tasks.try_out, run)
    assert (run.state, run.counts) == ("tried", {"new": 3})
    run = act(run, viewer, actions.start, now)
    with open_scope(run.tenant_id):
        assert (run.state, queries.how_far_of(run)) == ("running", 0), "the bar of the trial is not this one's"
    run = job(tasks.carry_out, run)
    assert (run.state, run.counts) == ("done", {"new": 3})
    assert job(tasks.carry_out, run).done_at == run.done_at
    assert act(run, viewer, actions.undo, clock.now()).state == "undoing"
    assert job(tasks.take_out, run).state == "undone"
    with open_scope(run.tenant_id):
        assert not Person.objects.filter(given_name="Bjørg").exists()


def test_one_who_no_longer_may_takes_nothing_in(asked, now):
    run, viewer = asked
    run = job(tasks.try_out, run)
    act(run, viewer, actions.start, now)
    with open_scope(run.tenant_id):
        Membership.objects.filter(person=viewer.person).delete()
    run = job(tasks.carry_out, run)
    assert (run.state, run.problem) == (
        "failed", "Du handlar ikkje lenger for denne organisasjonen, så lista vart ikkje teken inn."
    )  # fmt: skip
    with open_scope(run.tenant_id):
        assert not Person.objects.filter(given_name="Bjørg").exists()
        assert ImportRow.objects.filter(run=run).count() == 3


def test_what_breaks_says_so_and_takes_nothing_in(asked, now, monkeypatch):
    run, viewer = asked
    run = job(tasks.try_out, run)
    act(run, viewer, actions.start, now)

    def breaks(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "_remember", breaks)
    run = job(tasks.carry_out, run)
    assert (run.state, run.problem[:20]) == ("failed", "Noko gjekk gale hos ")
    with open_scope(run.tenant_id):
        assert not Person.objects.filter(given_name="Bjørg").exists()


def test_a_list_used_meanwhile_is_not_undone_and_says_so(asked, now):
    run, viewer = asked
    run = job(tasks.try_out, run)
    act(run, viewer, actions.start, now)
    run = job(tasks.carry_out, run)
    act(run, viewer, actions.undo, clock.now())
    with open_scope(run.tenant_id):
        Person.objects.filter(given_name="Bjørg").update(do_not_contact=True)
    run = job(tasks.take_out, run)
    assert (run.state, run.problem[:29]) == ("done", "Nokon har brukt det lista før")


def test_what_nobody_took_in_is_forgotten_and_what_stands_drops_its_traces(asked, now):
    run, viewer = asked
    assert job(tasks.forget, run).state == "abandoned"
    with open_scope(run.tenant_id, viewer):
        assert ImportRow.objects.filter(run=run).count() == 0
        again = lists.tried(lists.staged(run.owner, PEOPLE, by=viewer, at=now), by=viewer, at=now)
    again = job(tasks.try_out, again)
    act(again, viewer, actions.start, now)
    again = job(tasks.carry_out, again)
    assert job(tasks.forget, again).state == "done"
    job(tasks.let_stand, again)
    with open_scope(run.tenant_id):
        assert queries.traces_of(again) == []


@pytest.mark.django_db(transaction=True)
def test_how_far_is_seen_from_outside_before_the_work_is_done(now):
    from django.db import transaction

    with transaction.atomic(), Telling("a-run", now) as tell:
        tell(500)
        seen = connection.copy()
        with seen.cursor() as cursor:
            cursor.execute("SELECT count FROM foundation_counter WHERE key = 'progress:a-run'")
            assert cursor.fetchone() == (500,)
        seen.close()
    assert how_far("a-run") == 500
    assert how_far("another") == 0
    Counter.objects.all().delete()
