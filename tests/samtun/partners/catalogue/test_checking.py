"""That an organisation is who it says it is: asked once, looked at by its centre, told either way (ADR 35)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from samtun.foundation.models import AuditEvent, EventRow
from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.partners.catalogue import queries
from samtun.partners.catalogue.actions import checking
from samtun.partners.catalogue.enums import PublisherState
from samtun.partners.catalogue.models import Publisher
from samtun.partners.organisations.models import Membership, Organisation
from samtun.work.todos.models import Todo
from samtun.work.todos.queries import due_for
from tests.factories.catalogue import asked, known, publishes

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(tun):
    return publishes(tun, tun.centre, Role.COORDINATOR)


@pytest.fixture
def head(tun):
    """Who answers for the association."""
    person = tun.person("Liv", "Aas", "+4790000021", owner=tun.other)
    body = Organisation.objects.get(owner=tun.other)
    Membership.objects.create(
        person=person, organisation=body, role=Role.ORGANISATION_REPRESENTATIVE, starts=dt.date(2026, 1, 1)
    )
    return person


def opened():
    return list(EventRow.objects.filter(name="catalogue.publisher_checked").values_list("payload", flat=True))


def test_the_municipality_and_the_centre_need_no_check(tun):
    for owner in (tun.council, tun.centre):
        assert queries.is_checked(owner.id)
        assert checking.ask_check(owner=owner, by=publishes(tun, owner), at=tun.now) == PublisherState.CHECKED
    assert not Publisher.objects.exists()


def test_an_association_waits_at_most_one_opening_day_on_the_centres_desk(tun, centre):
    assert queries.state_of(tun.other.id) is None
    first = checking.ask_check(owner=tun.other, by=publishes(tun, tun.other), at=tun.now)
    again = checking.ask_check(owner=tun.other, by=publishes(tun, tun.other), at=tun.now + dt.timedelta(minutes=5))
    assert (first, again) == (PublisherState.WAITING, PublisherState.WAITING)
    assert not queries.is_checked(tun.other.id)
    todo = Todo.objects.get()
    assert (todo.owner_id, todo.reason, todo.about, todo.audience) == (
        tun.centre.id, "check", "Dalgrend helselag", Permission.PUBLISH
    )  # fmt: skip
    assert wall(todo.due).date() == dt.date(2026, 11, 25), "it is Monday, and nobody is there on Tuesdays"
    (line,) = due_for(centre, at=tun.now)
    assert line.url == f"/sjekk/{Publisher.objects.get().id}/"
    assert due_for(publishes(tun, tun.other), at=tun.now) == []


def test_asked_when_nobody_is_there_the_next_opening_day_is_the_one(tun):
    sunday = tun.now - dt.timedelta(days=1)
    checking.ask_check(owner=tun.other, by=publishes(tun, tun.other), at=sunday)
    assert wall(Todo.objects.get().due) == wall(tun.now).replace(hour=14, minute=0)


def test_checked_once_what_waited_opens_and_they_are_told(tun, centre, head):
    asked(tun)
    found = checking.check(owner=tun.other, by=centre, at=tun.now)
    assert queries.is_checked(tun.other.id)
    assert found.checked_by.startswith("Turid Myklebust")
    assert found.checked_at == tun.now
    assert opened() == [{"owner": str(tun.other.id)}]
    assert not Todo.objects.filter(done_at=None).exists()
    told = Message.objects.get(notice="catalogue.checked")
    assert (told.to_person, told.owner_id) == (head.id, tun.centre.id)
    with pytest.raises(checking.SettledAlready):
        checking.check(owner=tun.other, by=centre, at=tun.now)
    assert len(opened()) == 1
    assert checking.ask_check(owner=tun.other, by=publishes(tun, tun.other), at=tun.now) == PublisherState.CHECKED


def test_a_centre_may_check_one_it_knows_before_it_asks(tun, centre):
    checking.check(owner=tun.other, by=centre, at=tun.now)
    assert checking.ask_check(owner=tun.other, by=publishes(tun, tun.other), at=tun.now) == PublisherState.CHECKED
    with pytest.raises(checking.NeedsNoCheck):
        checking.check(owner=tun.centre, by=centre, at=tun.now)


def test_a_refusal_has_words_that_they_are_told_and_can_be_made_good(tun, centre, head):
    asked(tun)
    for words in ("", "   ", "x" * 401):
        with pytest.raises(checking.SayWhy):
            checking.not_who_they_say(owner=tun.other, why=words, by=centre, at=tun.now)
    checking.not_who_they_say(owner=tun.other, why="Ingen svarer på  nummeret", by=centre, at=tun.now)
    found = Publisher.objects.get()
    assert (found.state, found.why, found.checked_at) == ("refused", "Ingen svarer på nummeret", None)
    assert not Todo.objects.filter(done_at=None).exists()
    assert Message.objects.get(notice="catalogue.not_seen").to_person == head.id
    assert EventRow.objects.filter(name="catalogue.publisher_refused").count() == 1
    state = checking.ask_check(owner=tun.other, by=publishes(tun, tun.other), at=tun.now)
    assert state == PublisherState.REFUSED, "what is published waits; the centre is not asked twice"
    checking.check(owner=tun.other, by=centre, at=tun.now)
    assert queries.is_checked(tun.other.id)
    checking.not_who_they_say(owner=tun.other, why="Det var ikke dem", by=centre, at=tun.now)
    assert not queries.is_checked(tun.other.id)


def test_only_the_centre_checks_and_only_those_who_publish_ask(tun, centre):
    for who in (publishes(tun, tun.other), publishes(tun, tun.council), tun.viewer(permissions=())):
        with pytest.raises(NotYours):
            checking.check(owner=tun.other, by=who, at=tun.now)
        with pytest.raises(NotYours):
            checking.not_who_they_say(owner=tun.other, why="Nei", by=who, at=tun.now)
        with pytest.raises(NotYours):
            queries.publishers_for(who)
    for who in (centre, tun.viewer(tun.other, permissions=()), Viewer.anonymous(tun.municipality.id)):
        with pytest.raises(NotYours):
            checking.ask_check(owner=tun.other, by=who, at=tun.now)
    assert not Publisher.objects.exists()
    row = asked(tun)
    with pytest.raises(NotYours):
        queries.publisher_for(publishes(tun, tun.other), row.id)
    assert [one.row.id for one in queries.publishers_for(centre)] == [row.id]


def test_without_the_audit_nothing_is_asked_or_checked(tun, centre, monkeypatch):
    def broken(*_args, **_words):
        raise RuntimeError

    row = asked(tun)
    monkeypatch.setattr(checking, "record", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        checking.check(owner=tun.other, by=centre, at=tun.now)
    row.refresh_from_db()
    assert (row.state, opened()) == ("waiting", [])
    assert Todo.objects.filter(done_at=None).count() == 1
    assert not AuditEvent.objects.filter(act="catalogue.check").exists()


def test_an_association_that_leaves_is_off_the_desk(tun):
    asked(tun)
    tun.other.left_on = tun.now.date()
    tun.other.save()
    checking.owner_left(owner=tun.other, by=tun.system(), at=tun.now)
    assert not Todo.objects.filter(done_at=None).exists()


def test_when_the_centre_leaves_the_municipality_looks(tun):
    asked(tun)
    tun.centre.left_on = tun.now.date()
    tun.centre.save()
    assert checking.owner_left(owner=tun.centre, by=tun.system(), at=tun.now) == 1
    assert Todo.objects.get(done_at=None).owner_id == tun.council.id
    known_by = publishes(tun, tun.council, Role.UNIT_EMPLOYEE)
    checking.check(owner=tun.other, by=known_by, at=tun.now)
    assert queries.is_checked(tun.other.id)


@pytest.mark.parametrize(
    "facts",
    [{"settled_at": None}, {"state": "waiting"}, {"why": "Fordi"}, {"state": "refused"}],
)
def test_the_database_holds_that_a_check_has_a_day_and_a_refusal_has_words(tun, facts):
    row = known(tun)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publisher.objects.filter(id=row.id).update(**facts)


def test_one_organisation_is_asked_about_once(tun):
    row = known(tun)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publisher.objects.create(owner=tun.other, centre=tun.centre, asked_at=tun.now, due=row.due)
