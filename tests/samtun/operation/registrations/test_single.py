"""A place of a whole activity that somebody does not use one time goes to one in line, for that time alone."""

import datetime as dt

import pytest

from samtun.foundation.recipients import Recipient
from samtun.foundation.viewer import Permission, Role
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import attending, single
from samtun.operation.registrations.actions.line import NotThatStepNow
from samtun.operation.registrations.enums import OneTimeState
from samtun.operation.registrations.models import OneTime
from samtun.operation.registrations.notices import OneTimeOffered
from samtun.operation.registrations.queries.single import asked_once, spare
from samtun.operation.registrations.rules import own_token
from tests.factories import programme
from tests.factories.programme import FRIDAY, weekly
from tests.factories.registrations import signs_up, walk
from tests.samtun.operation.registrations.test_registrations import anyone, states

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def full(tun):
    """One place, one who has it, two in line; the second time, which the one who has it does not use."""
    it, first = walk(tun, sign_up="period", when_=weekly(until=FRIDAY + 21 * DAY), most=1, shares_single=True)
    holder = signs_up(tun, first)[0]
    line = [signs_up(tun, first, name, n=n)[0] for n, name in ((2, "Kari Vik"), (3, "Olga Nes"))]
    time = programme.times(it)[1]
    time.activity = it
    return holder, line, time


def stays_away(tun, holder, time):
    attending.not_this_time(
        occurrence=time, registrations=[holder.id], token=own_token(holder.group), by=anyone(tun), at=tun.now
    )


def offers(tun, time, row, at=None):
    return single.offer(occurrence=time, registration=row.id, by=tun.viewer(), at=at or tun.now)


@pytest.mark.rule("R53")
def test_a_place_not_used_one_time_is_offered_to_one_in_line_who_comes_that_time_alone(tun, full):
    holder, (kari, olga), time = full
    assert spare(time, at=tun.now) is None, "nothing is free"
    with pytest.raises(single.NothingFree):
        offers(tun, time, kari)
    stays_away(tun, holder, time)
    found = spare(time, at=tun.now)
    assert (found.free, [row.name for row, _asked in found.waiting]) == (1, ["Kari Vik", "Olga Nes"])
    one = offers(tun, time, kari)
    told = Message.objects.get(notice="registrations.once")
    assert told.to_person == kari.contact_id
    with pytest.raises(single.NothingFree):
        offers(tun, time, olga)
    with pytest.raises(NotYours):
        single.answer(one_time=one.id, yes=True, token=own_token(olga.group), by=anyone(tun), at=tun.now)
    single.answer(one_time=one.id, yes=True, token=own_token(kari.group), by=anyone(tun), at=tun.now)
    lines = queries.door(tun.viewer(), time)
    assert queries.totals(lines)["coming"] == 1, "one place, one who comes"
    assert states([kari, holder]) == ["waiting", "coming"], "the place in line is kept"
    assert spare(time, at=tun.now).free == 0
    single.answer(one_time=one.id, yes=False, token=own_token(kari.group), by=anyone(tun), at=tun.now)
    assert (spare(time, at=tun.now).free, asked_once([kari], at=tun.now)) == (1, [])


def test_one_who_does_not_answer_in_time_leaves_it_to_the_next_and_the_text_says_no_more(tun, full):
    holder, (kari, olga), time = full
    stays_away(tun, holder, time)
    one = offers(tun, time, kari)
    later = one.until + dt.timedelta(minutes=1)
    with pytest.raises(NotThatStepNow):
        single.answer(one_time=one.id, yes=True, token=own_token(kari.group), by=anyone(tun), at=later)
    offers(tun, time, olga, at=later)
    OneTime.objects.filter(id=one.id).update(state=OneTimeState.NO)
    reader = Recipient(person=kari.contact_id, name="Kari Vik", channel="sms", language="nn")
    assert OneTimeOffered().facts(one.id, reader) is None


def test_it_is_only_where_the_activity_says_so_and_only_those_who_hold_it_offer(tun, full):
    holder, (kari, _olga), time = full
    stays_away(tun, holder, time)
    stranger = tun.viewer(tun.other, Role.ORGANISATION_REPRESENTATIVE, {Permission.PUBLISH})
    with pytest.raises(NotYours):
        single.offer(occurrence=time, registration=kari.id, by=stranger, at=tun.now)
    time.activity.shares_single = False
    time.activity.save(update_fields=["shares_single"])
    assert spare(time, at=tun.now) is None
    with pytest.raises(NotThatStepNow):
        offers(tun, time, kari)
    assert Message.objects.filter(notice="registrations.once").count() == 0


def test_the_host_offers_on_the_door_list_and_it_is_answered_on_ones_own_page(
    municipality, scope, client, open_as, now, monkeypatch
):
    from samtun.kernel import clock
    from tests.factories.journey import make_tun

    monkeypatch.setattr(clock, "now", lambda: now)
    with scope():
        tun = make_tun(municipality, now)
        it, first = walk(tun, sign_up="period", when_=weekly(until=FRIDAY + 21 * DAY), most=1, shares_single=True)
        holder, kari = signs_up(tun, first)[0], signs_up(tun, first, "Kari Vik", n=2)[0]
        time = programme.times(it)[1]
        time.activity = it
        stays_away(tun, holder, time)
        door, own = f"/program/gang/{time.id}/dor/", queries.own_path(kari.group)
    open_as(tun.viewer())
    assert "Kari Vik" in client.get(door).content.decode()
    assert client.post(door, {"act": "offer", "row": str(kari.id)}).status_code == 302
    with scope():
        one = OneTime.objects.get()
    assert str(one.id) in client.get(own).content.decode()
    assert client.post(own, {"act": "once", "once": "x"}).status_code == 404
    assert client.post(own, {"act": "once", "once": str(one.id)}).status_code == 302
    with scope():
        assert OneTime.objects.get().state == "yes"
    assert client.get(own).status_code == client.get(door).status_code == 200
