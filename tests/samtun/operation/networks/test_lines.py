"""Ordinary activities: believed for half a year, suggested before anyone is asked, an answer to a wish."""

import datetime as dt

import pytest

from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.networks import actions, queries
from samtun.operation.networks.actions import lines
from samtun.operation.networks.models import Activity, Answered
from samtun.work.todos.queries import due_for
from tests.factories.around import a_line

AFTER = dt.timedelta(days=183)


def test_after_half_a_year_the_desk_asks_and_a_yes_gives_another(tun):
    line = a_line(tun)
    assert not actions.line_due(activity=line, by=tun.system(), at=tun.now)
    later = tun.now + AFTER
    assert actions.line_due(activity=line, by=tun.system(), at=later)
    assert [found.reason for found in due_for(tun.viewer(), at=later)] == ["still_true"]
    changed = actions.still_true(activity=line, by=tun.viewer(), at=later)
    assert changed.true_until == later.date() + dt.timedelta(days=182)
    assert due_for(tun.viewer(), at=later) == []
    actions.retire(activity=line, by=tun.viewer(), at=later)
    assert queries.activities_for(tun.viewer()) == []
    with pytest.raises(lines.NoLongerThere):
        actions.still_true(activity=line, by=tun.viewer(), at=later)


def test_lines_that_fit_come_by_place_and_day(tun):
    far = a_line(tun, what="Song", village=tun.small, weekday=0)
    near = a_line(tun, what="Kaffi", weekday=4)
    that_day = a_line(tun, what="Strikk", village=tun.small, weekday=3)
    a_line(tun, what="Data", kinds=("visit",))
    a_line(tun, what="Allsong", kinds=())
    found = queries.fitting(
        queries.activities_for(tun.viewer()), kind=tun.snow, village=tun.near.id, on=dt.date(2026, 11, 26)
    )
    assert [one.id for one in found] == [near.id, that_day.id, far.id]
    company = queries.fitting(queries.activities_for(tun.viewer()), kind=tun.visit, village=None, on=None)
    assert "Allsong" in [one.what for one in company], "where nothing is said, for all that is company"
    assert queries.activities_for(tun.viewer(tun.other)) == [], "another's lines are as if they were not there"


def test_a_protected_persons_place_is_not_told_by_the_order(tun):
    anna = tun.recipient()
    anna.address_protected = True
    anna.save(update_fields=["address_protected"])
    request = tun.request(anna)
    HelpRequest.objects.filter(id=request.id).update(state="looking")
    a_line(tun, what="Kaffi", weekday=4)
    first = a_line(tun, what="Strikk", village=tun.small, weekday=3)
    assert queries.around_wish(tun.viewer(), request.id).lines[0].id == first.id, "by day alone"


@pytest.mark.practice("vennesla")
def test_answered_by_an_activity_the_wish_is_done_and_the_person_hears_who_meets_them(tun):
    request, line = looking(tun), a_line(tun)
    actions.answer_with(request=request, activity=line, with_company=False, by=tun.viewer(), at=tun.now)
    request.refresh_from_db()
    assert (request.state, request.close_reason) == ("done", "Kaffi og prat")
    told = Message.objects.get(notice="networks.come_along")
    assert (told.to_person, told.ref_id) == (request.recipient_id, Answered.objects.get().id)
    with pytest.raises(lines.NotOpenToAnswer):
        actions.answer_with(request=request, activity=line, with_company=False, by=tun.viewer(), at=tun.now)


def looking(tun):
    request = tun.request()
    HelpRequest.objects.filter(id=request.id).update(state="looking")
    request.refresh_from_db()
    return request


def test_with_company_the_first_time_the_wish_stays_open(tun):
    request, line = looking(tun), a_line(tun)
    actions.answer_with(request=request, activity=line, with_company=True, by=tun.viewer(), at=tun.now)
    request.refresh_from_db()
    assert request.state == "looking"
    found = queries.around_wish(tun.viewer(), request.id)
    assert (found.answered[0].what, found.answered[1], found.lines) == ("Kaffi og prat", True, [])
    with pytest.raises(lines.AnsweredAlready):
        actions.answer_with(request=request, activity=line, with_company=False, by=tun.viewer(), at=tun.now)


@pytest.mark.rule("R112")
def test_another_organisation_neither_writes_changes_nor_answers(tun):
    line, other = a_line(tun), tun.viewer(tun.other)
    with pytest.raises(NotYours):
        actions.retire(activity=line, by=other, at=tun.now)
    with pytest.raises(NotYours):
        queries.activity_for(other, line.id)
    with pytest.raises(NotYours):
        actions.answer_with(request=looking(tun), activity=line, with_company=False, by=other, at=tun.now)
    assert queries.activity_for(tun.viewer(), line.id) == line
    assert Activity.objects.get().retired_at is None
