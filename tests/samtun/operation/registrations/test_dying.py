"""A death takes one off the lists and nobody else; one that was noted by mistake is undone."""

import datetime as dt

import pytest

from samtun.foundation.audit import AuditEvent
from samtun.foundation.viewer import Permission
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.activities.actions import making
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import subscribing
from samtun.operation.registrations.actions.signing import Comer, sign_up
from samtun.operation.registrations.enums import Via
from samtun.operation.registrations.models import Registration
from samtun.people.persons.actions import note_death, take_back_death
from samtun.people.persons.models import Stilled
from samtun.work.todos.actions import open_todo
from samtun.work.todos.models import Todo
from samtun.work.todos.queries import due_for
from tests.factories.desk import oneself
from tests.factories.programme import FRIDAY, weekly
from tests.factories.registrations import signs_up, walk

pytestmark = pytest.mark.rule("R113")
DAY = dt.timedelta(days=1)


@pytest.fixture
def kari(tun):
    return tun.person("Kari", "Vik", "+4790000002", phone_kind="mobile")


def rings_for(tun, time, contact, *names, child=False):
    """Somebody rings to sign up others, and does not come."""
    return sign_up(
        occurrence=time, contact=contact, comers=[Comer(name, is_child=child) for name in names], sent_key=names[0],
        via=Via.PHONE, by=tun.viewer(), at=tun.now,
    )  # fmt: skip


def states(rows):
    return [Registration.objects.get(id=row.id).state for row in rows]


def due():
    return Todo.objects.filter(reason="contact_died", done_at=None)


def test_those_one_rang_for_keep_their_places_and_who_holds_it_finds_out_whom_to_tell(tun, kari):
    _it, time = walk(tun)
    rows = rings_for(tun, time, kari, "Per Dal", "Liv Dal")
    passing = note_death(person=kari, by=tun.viewer(), at=tun.now)
    assert states(rows) == ["coming", "coming"]
    (todo,) = due()
    assert (todo.ref_id, todo.owner_id, todo.about) == (rows[0].id, tun.centre.id, "Fjelltur")
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now + DAY)
    assert not due().exists()


def test_who_comes_along_with_one_who_dies_keeps_the_place(tun, kari):
    _it, time = walk(tun)
    rows = signs_up(tun, time, "Kari Vik", "Per Dal", contact=kari)
    note_death(person=kari, by=tun.viewer(), at=tun.now)
    assert states(rows) == ["off", "coming"]
    assert due().get().ref_id == rows[1].id


def test_a_child_keeps_its_place_in_a_course_when_its_guardian_dies(tun, kari):
    _it, time = walk(tun, sign_up="period", when_=weekly(until=FRIDAY + 21 * DAY))
    over, before = walk(tun, sign_up="period", when_=weekly())
    rows = rings_for(tun, time, kari, "Danylo", child=True)
    rings_for(tun, before, kari, "Sofia", child=True)
    making.end(activity=over, by=tun.viewer(), at=tun.now)
    note_death(person=kari, by=tun.viewer(), at=tun.now)
    assert states(rows) == ["coming"]
    assert due().get().ref_id == rows[0].id, "nothing is to be told of what has ended"


def test_a_death_noted_by_mistake_gives_the_place_the_calendar_and_the_desk_back_and_is_in_the_record(tun, kari):
    _it, time = walk(tun)
    (row,) = signs_up(tun, time, "Kari Vik", contact=kari)
    me = oneself(kari)
    subscribing.open_calendar(by=me, at=tun.now)
    token = queries.own_calendar(me)
    about = {"ref": Ref("registration", row.id), "reason": "long_away", "about": "Kari Vik", "due": tun.now}
    open_todo(**about, owner=tun.centre.id, audience=Permission.PUBLISH, at=tun.now)
    passing = note_death(person=kari, by=tun.viewer(), at=tun.now)
    with pytest.raises(NotYours):
        queries.calendar_times(token, on=tun.now.date())
    assert not Todo.objects.filter(reason="long_away", done_at=None).exists()
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now + DAY)
    assert states([row]) == ["coming"]
    assert [one.row.id for one in queries.calendar_times(token, on=tun.now.date())] == [time.id]
    assert Todo.objects.filter(reason="long_away", done_at=None).exists()
    acts = AuditEvent.objects.filter(ref_id=time.id).order_by("id").values_list("act", flat=True)
    assert [act for act in acts if act.startswith("registrations.")][-2:] == [
        "registrations.cancel", "registrations.come_back",
    ]  # fmt: skip
    back = {one.ref_kind: one.came_back for one in Stilled.objects.filter(passing=passing)}
    assert (back["registration"], back["own_calendar"]) == (True, True)


def test_an_address_they_have_made_since_stands(tun, kari):
    me = oneself(kari)
    subscribing.open_calendar(by=me, at=tun.now)
    passing = note_death(person=kari, by=tun.viewer(), at=tun.now)
    subscribing.open_calendar(by=me, at=tun.now)
    token = queries.own_calendar(me)
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now + DAY)
    assert queries.own_calendar(me) == token


def test_the_line_on_the_desk_leads_to_the_list(tun, kari):
    _it, time = walk(tun)
    _course, first = walk(tun, sign_up="period", when_=weekly())
    rings_for(tun, time, kari, "Per Dal")
    rings_for(tun, first, kari, "Liv Dal")
    note_death(person=kari, by=tun.viewer(), at=tun.now)
    paths = {one.url for one in due_for(tun.viewer(), at=tun.now) if one.reason == "contact_died"}
    assert paths == {f"/program/gang/{time.id}/dor/", f"/program/{first.activity_id}/"}
