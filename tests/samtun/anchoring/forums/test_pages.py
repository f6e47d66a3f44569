"""Pages of forums: what a seat opens and what it does not, what two write, what is refused, and the papers."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samtun.anchoring.forums import actions, queries
from samtun.anchoring.forums.models import Beside, Forum, Item, Meeting, Seat
from samtun.foundation.models import AccessEntry
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Organisation
from tests.factories.forums import IN_MEETING, make_committee
from tests.factories.journey import log_in, log_in_person, make_tun


@pytest.fixture
def committee(municipality, scope_of, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    with scope_of(municipality):
        return make_committee(make_tun(municipality, now))


@pytest.fixture
def scope(municipality, scope_of):
    return lambda: scope_of(municipality)


def sits(client, scope, seat):
    with scope():
        log_in_person(client, seat.person)


def text(response):
    return response.content.decode()


def test_a_seat_opens_its_forum_and_no_other(client, committee, scope):
    with scope():
        tun = committee.tun
        other = actions.make_forum(owner=tun.centre, name="Kaffiutvalet", purpose="K", by=tun.system(), at=tun.now)
        meeting, item = committee.meeting(), committee.item()
        elsewhere = actions.plan_meeting(
            forum=other, on=dt.date(2026, 12, 3), clock=dt.time(18), place="x", by=committee.leader(), at=tun.now
        )
        log_in_person(client, committee.politician.person)
    for name, key, code in [
        ("forum", committee.forum.id, 200), ("forum_meeting", meeting.id, 200), ("forum_item", item.id, 200),
        ("forum_meeting_paper", meeting.id, 200), ("forum", other.id, 404), ("forum_meeting", elsewhere.id, 404),
        ("forum_meeting_paper", elsewhere.id, 404), ("forum_plan", committee.forum.id, 404),
        ("forum_decide", item.id, 404), ("forum_seat", committee.forum.id, 404),
    ]:  # fmt: skip
        assert client.get(reverse(name, args=[key])).status_code == code, name
    page = text(client.get(reverse("forums")))
    assert "Samarbeidsutvalet" in page
    assert "Kaffiutvalet" not in page
    with scope():
        seen = {person for row in AccessEntry.objects.all() for person in row.persons}
        assert committee.chair.person_id in seen, "who sits there is logged as shown"
        actions.end_seat(seat=committee.politician, by=committee.leader(), at=committee.tun.now)
    assert client.get(reverse("forum", args=[committee.forum.id])).status_code == 404


def test_another_municipality_sees_nothing_of_it(committee, neighbour, scope_of):
    with scope_of(neighbour):
        assert not Forum.objects.exists()
        assert not Seat.objects.exists()
        with pytest.raises(NotYours):
            queries.forum_for(committee.leader(), committee.forum.id, on=dt.date(2026, 11, 23))


def test_those_who_proposed_read_the_item_and_not_the_other_papers(client, committee, scope):
    with scope():
        item = committee.item()
        meeting = committee.meeting(items=(item,))
        body = Organisation.objects.get(owner=committee.tun.other)
        log_in(client, committee.tun, organisation=body, role=Role.ORGANISATION_REPRESENTATIVE)
    page = client.get(reverse("forum_item", args=[item.id]))
    assert page.status_code == 200
    assert "Hallen er låst når vi kjem." in text(page)
    assert client.get(reverse("forum_meeting", args=[meeting.id])).status_code == 404
    assert client.get(reverse("forum", args=[committee.forum.id])).status_code == 404
    assert client.get(reverse("forum_item_say", args=[item.id, "trekk"])).status_code == 200
    assert client.post(reverse("forum_item_say", args=[item.id, "avvis"]), {"words": "Nei"}).status_code == 404


def test_when_two_write_both_texts_stand_on_the_page(client, committee, scope, monkeypatch):
    with scope():
        item = committee.item()
        meeting = committee.meeting(state="held", items=(item,))
    monkeypatch.setattr(clock, "now", lambda: IN_MEETING)
    address = reverse("forum_minutes", args=[item.id])
    with scope():
        log_in_person(client, committee.scribe.person)
    assert client.post(address, {"text": "Det første.", "version": "0"}).status_code == 302
    assert client.post(address, {"text": "Det andre.", "version": "0"}).status_code == 302
    page = text(client.get(reverse("forum_meeting", args=[meeting.id])))
    assert "Det første." in page
    assert "Det andre." in page
    assert "Both texts are kept" in page or "Begge tekst" in page
    with scope():
        kept = Beside.objects.get()
    client.post(reverse("forum_beside", args=[item.id, kept.id]), {"take": "yes"})
    with scope():
        assert Item.objects.get(id=item.id).minutes == "Det første.\n\nDet andre."


def test_what_is_refused_is_not_lost(client, committee, scope, monkeypatch):
    with scope():
        item = committee.item()
        committee.meeting(items=(item,))
    monkeypatch.setattr(clock, "now", lambda: IN_MEETING)
    with scope():
        log_in_person(client, committee.scribe.person)
    response = client.post(reverse("forum_minutes", args=[item.id]), {"text": "Mykje arbeid.", "version": "0"})
    assert response.status_code == 422
    assert "Mykje arbeid." in text(response)
    posted = {"words": "Hallen er open.", "answers": f"s{committee.politician.id}", "due_other": "2026-12-18"}
    response = client.post(reverse("forum_decide", args=[item.id]), posted)
    assert response.status_code == 422
    assert "Hallen er open." in text(response)


def test_the_form_of_decisions_warns_about_who_is_affected(client, committee, scope, monkeypatch):
    with scope():
        body = Organisation.objects.get(owner=committee.tun.other)
        item = committee.item(ref=Ref("organisation", body.id))
        committee.meeting(state="held", items=(item,))
    monkeypatch.setattr(clock, "now", lambda: IN_MEETING)
    with scope():
        log_in_person(client, committee.scribe.person)
    address = reverse("forum_decide", args=[item.id])
    assert "Hilde Helselag" in text(client.get(address)).split('class="ds-alert"')[1].split("</div>")[0]
    with scope():
        for seat in (committee.chair, committee.member):
            actions.stand_down(item=item, seat=seat, by=committee.sitting(seat), at=IN_MEETING)
    assert 'data-color="warning"' not in text(client.get(address)).split("<main")[1]


def test_agenda_and_minutes_on_paper(client, committee, scope, monkeypatch):
    with scope():
        first, second = committee.item(), committee.item("Gåvepengar")
        meeting = committee.meeting(state="called", items=(first, second))
        log_in(client, committee.tun, role=Role.LEADER)
    address = reverse("forum_meeting_paper", args=[meeting.id])
    agenda = client.get(address)
    assert (agenda["Content-Type"], agenda.content[:5]) == ("application/pdf", b"%PDF-")
    monkeypatch.setattr(clock, "now", lambda: IN_MEETING)
    with scope():
        by = committee.leader()
        actions.hold_meeting(meeting=meeting, by=by, at=IN_MEETING)
        actions.say_unheard(item=first, because="Det hastar.", by=by, at=IN_MEETING)
        actions.decide(item=first, words="Ja.", owner=committee.tun.council, due=meeting.on, by=by, at=IN_MEETING,
                       seat=committee.politician)  # fmt: skip
        actions.put_off(item=second, words="Vi ventar.", by=by, at=IN_MEETING)
        client.cookies.clear()
        log_in(client, committee.tun, role=Role.LEADER)
    minutes = client.get(address)
    assert minutes.content[:5] == b"%PDF-"
    assert minutes.content != agenda.content


def test_pages_keep_within_their_statements_with_one_item_and_with_six(client, committee, scope):
    with scope():
        meeting = committee.meeting(items=(committee.item(),))
        log_in(client, committee.tun, role=Role.LEADER)
    address = reverse("forum_meeting", args=[meeting.id])

    def statements():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len([q for q in caught if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))])

    statements()
    one = statements()
    with scope():
        for number in range(5):
            item = committee.item(f"Sak {number}")
            actions.put_on_agenda(item=item, meeting=meeting, by=committee.leader(), at=committee.tun.now)
    assert statements() == one


def test_a_leader_makes_a_forum_plans_moves_and_cancels(client, committee, scope):
    with scope():
        log_in(client, committee.tun, role=Role.LEADER)
        owner = committee.tun.centre
    made = client.post(reverse("forum_new"), {"owner": str(owner.id), "name": "Rådet", "purpose": "Kaffi"})
    assert made.status_code == 302
    again = client.post(reverse("forum_new"), {"owner": str(owner.id), "name": "Rådet", "purpose": "Anna kaffi"})
    assert again.status_code == 422
    assert "Anna kaffi" in text(again)
    with scope():
        forum = Forum.objects.get(name="Rådet")
    posted = {"on_other": "2026-12-04", "clock": "18.30", "place": "Stova"}
    assert client.post(reverse("forum_plan", args=[forum.id]), posted).status_code == 302
    with scope():
        meeting = Meeting.objects.get(forum=forum)
    moved = client.post(reverse("forum_meeting_move", args=[meeting.id]), posted | {"on_other": "2026-12-05"})
    assert moved.status_code == 302
    client.post(reverse("forum_meeting_act", args=[meeting.id, "kall-inn"]))
    with scope():
        assert Meeting.objects.get(id=meeting.id).state == "planned", "nobody sits there"
    client.post(reverse("forum_meeting_act", args=[meeting.id, "avlys"]))
    with scope():
        found = Meeting.objects.get(id=meeting.id)
        assert (found.on, found.state) == (dt.date(2026, 12, 5), "cancelled")
    response = client.post(reverse("forum_seat", args=[forum.id]), {
        "phone": "90099999", "on_behalf": str(owner.id), "does": "member"})  # fmt: skip
    assert response.status_code == 422
    client.post(reverse("forum_end", args=[forum.id]))
    with scope():
        assert Forum.objects.get(id=forum.id).ended_at is not None


def test_own_seats_stand_on_ones_own_page(client, committee, scope):
    sits(client, scope, committee.politician)
    assert "Samarbeidsutvalet" in text(client.get(reverse("home")))
    with scope():
        assert queries.own_seats(committee.politician.person_id, on=dt.date(2026, 11, 23)) == [committee.politician]
