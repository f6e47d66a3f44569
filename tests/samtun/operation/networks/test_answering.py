"""What is in the programme is suggested before anyone is asked, and is an answer to a wish."""

import datetime as dt

import pytest

from samtun.foundation.viewer import Permission, Role
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.activities.actions import making
from samtun.operation.activities.models import Activity
from samtun.operation.activities.queries import regular_for, regular_one
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.networks import actions, queries
from samtun.operation.networks.actions import answering
from samtun.operation.networks.models import Answered, Member
from samtun.operation.networks.notices import ComeAlong
from samtun.operation.networks.rules import fitting
from samtun.partners.catalogue.enums import Category
from tests.factories import catalogue as publishers
from tests.factories.around import a_line, a_network
from tests.factories.programme import hall, when

THURSDAY = dt.date(2026, 11, 26)


def found(tun, viewer=None, **wanted):
    facts = {"on": tun.now.date(), "most": 12} | wanted
    return [one.title for one in regular_for(viewer or tun.viewer(), **facts)]


def test_what_fits_comes_by_place_and_day(tun):
    a_line(tun, title="Song", village=tun.small, weekday=0)
    a_line(tun, title="Kaffi", weekday=4)
    a_line(tun, title="Strikk", village=None, place=hall(tun, "Ytstova", village=tun.small), where="", weekday=3)
    a_line(tun, title="Data", category=Category.COURSE, village=None)
    a_line(tun, title="Mold", category=Category.PRACTICAL, weekday=6)
    company = fitting(tun.visit)
    said = found(tun, categories=company, village=tun.near.id, weekday=THURSDAY.weekday())
    assert said == ["Kaffi", "Strikk", "Song", "Data"]
    assert found(tun, categories=company, village=tun.small.id)[:2] == ["Song", "Strikk"], "where the hall is, too"
    assert found(tun, categories=fitting(tun.snow)) == ["Mold"]
    assert fitting(None) == company
    assert not fitting(tun.grey), "nothing ordinary is an answer to what a professional looks at first"
    assert found(tun, words="ytsto") == ["Strikk"]
    a_line(tun, title="Barneidrett", groups=("children", "families"), weekday=4)
    a_line(tun, title="Bridge", groups=("older",), weekday=5)
    assert {"Bridge", "Barneidrett"} & {*found(tun)} == {"Bridge"}
    assert found(tun, words="barne") == ["Barneidrett"], "by words it is found"
    assert found(tun, most=2) == found(tun)[:2]


def test_what_one_cannot_just_come_to_is_not_suggested(tun):
    publishers.known(tun)
    for title, facts in {
        "Basar": {"when": when()}, "Utkast": {"pencil": True}, "Tildelt": {"sign_up": "given", "is_listed": False},
        "Deira": {"owner": tun.other}, "Slutt": {}, "Tatt ned": {},
    }.items():  # fmt: skip
        a_line(tun, title=title, **facts)
    making.end(activity=Activity.objects.get(title="Slutt"), by=tun.viewer(), at=tun.now)
    making.take_down(activity=Activity.objects.get(title="Tatt ned"), because="Feil", by=tun.viewer(), at=tun.now)
    assert found(tun) == ["Deira"], "another's, since it is open to everyone"
    ended = a_line(tun, title="Ferdig", weekday=0)
    Activity.objects.filter(id=ended.id).update(starts_on=dt.date(2026, 1, 5), until=tun.now.date())
    assert "Ferdig" in found(tun)
    assert "Ferdig" not in found(tun, on=tun.now.date() + dt.timedelta(days=1))
    tun.other.left_on = tun.now.date()
    tun.other.save(update_fields=["left_on"])
    assert "Deira" not in found(tun)


@pytest.mark.rule("R112")
def test_what_stands_on_no_open_list_is_suggested_by_its_own_only(tun):
    own = a_line(tun, is_listed=False)
    assert found(tun) == ["Kaffi og prat"]
    assert found(tun, tun.viewer(tun.other)) == []
    assert found(tun, tun.viewer(tun.centre, Role.VOLUNTEER, {Permission.OWN_PAGE})) == [], "nor by a volunteer there"
    with pytest.raises(NotYours):
        regular_one(tun.viewer(tun.other), own.id, on=tun.now.date())


def test_a_protected_persons_place_is_not_told_by_the_order(tun):
    anna = tun.recipient()
    anna.address_protected = True
    anna.save(update_fields=["address_protected"])
    request = looking(tun, anna)
    a_line(tun, title="Kaffi", weekday=4)
    a_line(tun, title="Strikk", village=tun.small, weekday=request.on.weekday())
    around = queries.around_wish(tun.viewer(), request.id, today=tun.now.date())
    assert [one.title for one in around.lines] == ["Strikk", "Kaffi"], "by day alone"


@pytest.mark.practice("vennesla")
def test_answered_by_an_activity_the_wish_is_done_and_the_person_hears_who_meets_them(tun):
    request, line = looking(tun), a_line(tun)
    actions.answer_with(request=request, activity=line, with_company=False, by=tun.viewer(), at=tun.now)
    request.refresh_from_db()
    assert (request.state, request.close_reason) == ("done", "Kaffi og prat")
    told = Message.objects.get(notice="networks.come_along")
    assert (told.to_person, told.ref_id) == (request.recipient_id, Answered.objects.get().id)
    with pytest.raises(answering.NotOpenToAnswer):
        actions.answer_with(request=request, activity=line, with_company=False, by=tun.viewer(), at=tun.now)


def looking(tun, anna=None):
    request = tun.request(anna, task_type=tun.visit)
    HelpRequest.objects.filter(id=request.id).update(state="looking")
    request.refresh_from_db()
    return request


def test_with_company_the_first_time_the_wish_stays_open(tun):
    request, line = looking(tun), a_line(tun)
    actions.answer_with(request=request, activity=line, with_company=True, by=tun.viewer(), at=tun.now)
    request.refresh_from_db()
    assert request.state == "looking"
    around = queries.around_wish(tun.viewer(), request.id, today=tun.now.date())
    assert (around.answered[0].title, around.answered[1], around.lines) == ("Kaffi og prat", True, [])
    with pytest.raises(answering.AnsweredAlready):
        actions.answer_with(request=request, activity=line, with_company=False, by=tun.viewer(), at=tun.now)


def test_what_has_ended_answers_nothing_and_is_told_to_nobody(tun):
    request, line = looking(tun), a_line(tun)
    told = actions.answer_with(request=request, activity=line, with_company=True, by=tun.viewer(), at=tun.now)
    to = type("To", (), {"language": "nn"})
    assert ComeAlong().facts(told.id, to)["when"] == "Tysdag kl. 11.00, Fjordheim"
    making.end(activity=line, by=tun.viewer(), at=tun.now)
    assert ComeAlong().facts(told.id, to) is None
    with pytest.raises(answering.NoLongerThere):
        actions.answer_with(
            request=looking(tun, tun.person("Liv", "Li", "+4790000444")), activity=line, with_company=False,
            by=tun.viewer(), at=tun.now,
        )  # fmt: skip
    with pytest.raises(answering.NoLongerThere):
        actions.add_activity(network=a_network(tun), activity=line, by=tun.viewer(), at=tun.now)
    assert not Member.objects.exists()


@pytest.mark.rule("R112")
def test_another_organisation_answers_no_wish_of_ours(tun):
    with pytest.raises(NotYours):
        actions.answer_with(
            request=looking(tun), activity=a_line(tun), with_company=False, by=tun.viewer(tun.other), at=tun.now
        )
