"""An activity is changed while people are signed up: no list is lost, and no closed one is opened (R56)."""

import datetime as dt

import pytest

from samtun.kernel.errors import NotYours
from samtun.operation.activities.actions import making, times
from samtun.operation.activities.actions.lists import ListStaysClosed, OnlyThoseWhoHoldIt, SignedUpOtherwise
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import signing
from samtun.operation.registrations.enums import Via
from samtun.operation.registrations.models import Registration
from tests.factories import programme
from tests.factories.programme import told, weekly
from tests.factories.registrations import a_closed_list, signs_up, walk

DAY = dt.timedelta(days=1)


@pytest.fixture
def closed(tun):
    """A group that an association holds, with one place given by the municipality; its time, and who gives."""
    return a_closed_list(tun)


def a_place(tun, time, gives):
    return signs_up(tun, time, via=Via.GIVEN, by=gives)


def changed(it, by, tun, *, at=None, **facts):
    facts = {"when_": weekly(), "title": it.title, "sign_up": it.sign_up, "is_listed": it.is_listed} | facts
    return making.change(activity=it, told=told(**facts), version=it.version, by=by, at=at or tun.now)


OPENS = [
    {"sign_up": "period", "is_listed": True}, {"sign_up": "sign_up", "is_listed": True}, {"sign_up": "period"},
    {"is_listed": True},
]  # fmt: skip


@pytest.mark.rule("R56")
@pytest.mark.practice("kristiansund")
@pytest.mark.parametrize("opens", OPENS)
def test_nobody_opens_a_closed_list_on_which_places_are_given(tun, closed, opens):
    it, time, gives, host = closed
    a_place(tun, time, gives)
    with pytest.raises(ListStaysClosed):
        changed(it, host, tun, **opens)
    with pytest.raises(OnlyThoseWhoHoldIt):
        changed(it, tun.viewer(), tun, **opens)
    it.refresh_from_db()
    assert (it.sign_up, it.is_listed) == ("given", False)
    with pytest.raises(NotYours):
        queries.occurrence_at_door(tun.viewer(), time.id)


@pytest.mark.rule("R56")
def test_the_centre_never_makes_itself_host_of_a_closed_list(tun, closed):
    it, time, gives, host = closed
    with pytest.raises(OnlyThoseWhoHoldIt):
        changed(it, tun.viewer(), tun, when_=weekly(hosts=(tun.centre, tun.other)))
    a_place(tun, time, gives)
    again = changed(it, host, tun, when_=weekly(hosts=(tun.other, tun.council)))
    assert {row.host_id for row in programme.times(it)[:2]} == {tun.other.id, tun.council.id}, "its owner may"
    put_right = changed(again, tun.viewer(), tun, when_=weekly(hosts=(tun.other, tun.council)), title="Ny")
    assert put_right.title == "Ny", "the rest is put right for those who ring"


@pytest.mark.rule("R56")
def test_its_owner_opens_what_nobody_has_a_place_on(tun, closed):
    it, time, gives, host = closed
    rows = a_place(tun, time, gives)
    signing.cancel(registrations=[rows[0].id], by=gives, at=tun.now)
    assert changed(it, host, tun, sign_up="period", is_listed=True).sign_up == "period"


def test_those_signed_up_for_one_time_are_not_lost(tun):
    it, time = walk(tun, when_=weekly())
    row = signs_up(tun, time)[0]
    for other in ("period", "given"):
        with pytest.raises(SignedUpOtherwise):
            changed(it, tun.viewer(), tun, sign_up=other)
    assert [line.row.id for line in queries.door(tun.viewer(), time)] == [row.id]
    again = changed(it, tun.viewer(), tun, sign_up="binding")
    assert [line.row.id for line in queries.door(tun.viewer(), time)] == [row.id], "the same list, in another word"
    soon, late = time.ends_at + 13 * DAY, time.ends_at + 15 * DAY
    with pytest.raises(SignedUpOtherwise):
        changed(again, tun.viewer(), tun, sign_up="period", at=soon)
    assert changed(again, tun.viewer(), tun, sign_up="period", at=late).sign_up == "period"


def test_those_signed_up_for_the_whole_period_are_not_lost(tun):
    it, time = walk(tun, when_=weekly(), sign_up="period")
    row = signs_up(tun, time)[0]
    with pytest.raises(SignedUpOtherwise):
        changed(it, tun.viewer(), tun, sign_up="sign_up")
    signing.cancel(registrations=[row.id], by=tun.viewer(), at=tun.now)
    assert changed(it, tun.viewer(), tun, sign_up="sign_up").sign_up == "sign_up"


def test_a_time_called_off_keeps_its_list_too(tun):
    it, time = walk(tun, when_=weekly())
    signs_up(tun, time)
    times.call_off(occurrence=time, because="Storm", by=tun.viewer(), at=tun.now)
    with pytest.raises(SignedUpOtherwise):
        changed(it, tun.viewer(), tun, sign_up="period")
    assert Registration.objects.get().occurrence_id == time.id
