"""The pages: everyone sees what is free and never who has it; nothing typed is lost."""

import datetime as dt
import html
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samtun.foundation.viewer import Role
from samtun.kernel.ids import uuid7
from samtun.operation.lending.actions import answering
from samtun.operation.lending.models import Booking, Lendable
from samtun.partners.organisations.models import Organisation
from samtun.people.persons.models import Person
from tests.factories.journey import log_in
from tests.factories.lending import a_hall, an_evening, booked, speaker
from tests.samtun.refusing import refused

KEY = "0192f0c0-0000-7000-8000-000000000001"
TRANSACTION = re.compile("SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SELECT set_config")
SOON = dt.timedelta(days=9)


@pytest.fixture
def tun(page, client):
    del client.cookies["samtun_language"]  # in nynorsk, as most of its pages are read
    return page


@pytest.fixture
def hall(tun, scope):
    with scope():
        return a_hall(tun)


@pytest.fixture
def day(tun):
    return tun.now.date() + SOON


@pytest.fixture
def association(client, tun, scope):
    with scope():
        body = Organisation.objects.get(owner=tun.other)
        return log_in(client, tun, organisation=body, role=Role.ORGANISATION_REPRESENTATIVE)


def text(response):
    return html.unescape(response.content.decode())


def a_time(day, **more):
    return {"key": KEY, "on_pick": "other", "on_other": day.isoformat(), "starts": "18", "ends": "21.30",
            "every": "once", "what": "Songkor"} | more  # fmt: skip


@pytest.mark.practice("nissedal")
def test_everyone_sees_when_it_is_free_and_nobody_who_has_it(client, tun, hall, scope, day):
    with scope():
        caller = tun.person("Solveig", "Bruflot", "+4790000777")
        booked(tun, hall, an_evening(day), by=speaker(tun), person=caller, what="Gravferd", at=None)
    shown = text(client.get(f"/lokaler/{hall.id}/?m={day:%Y-%m}"))
    assert "18.00–21.00" in shown
    assert [word for word in ("Solveig", "Bruflot", "Gravferd") if word in shown] == []
    assert client.get(f"/lokaler/{uuid7()}/").status_code == 404


def test_the_list_is_looked_through_by_room_place_and_access(client, tun, hall, scope):
    with scope():
        a_hall(tun, name="Kroken", seats=12, step_free=False, village=tun.small)
    everything = text(client.get("/lokaler/"))
    assert all(name in everything for name in ("Fjordheim", "Kroken"))
    for query in ("seats=100", f"village={tun.near.id}", "access=step_free", "kind=hall&seats=50"):
        shown = text(client.get(f"/lokaler/?{query}"))
        assert ("Fjordheim" in shown, "Kroken" in shown) == (True, False), query
    assert "Fjordheim" not in text(client.get("/lokaler/?kind=pool"))
    assert client.get("/lokaler/?kind=tull&seats=mange&village=x").status_code == 200


def test_an_association_asks_and_the_owner_answers(client, tun, hall, scope, association, day):
    address = f"/lokaler/{hall.id}/laan/"
    assert client.get(f"{address}?dag={day}").status_code == 200
    sent = client.post(address, a_time(day, for_owner=str(tun.other.id)))
    with scope():
        row = Booking.objects.get()
    assert (sent.status_code, row.state, row.contact_id, row.what) == (302, "asked", association.id, "Songkor")
    mine = text(client.get(f"/utlaan/tid/{row.id}/"))
    assert "Fjordheim" in mine
    assert client.post(f"/utlaan/tid/{row.id}/", {"act": "accept"}).status_code == 404
    with scope():
        log_in(client, tun, role=Role.LEADER)
    assert "Dalgrend helselag" in text(client.get("/utlaan/"))
    assert client.post(f"/utlaan/tid/{row.id}/", {"act": "accept", "yes-words": "Velkomne"}).status_code == 302
    for act in ({"act": "hand_over"}, {"act": "back", "back-condition": "broken", "back-words": "Ein stol"}):
        assert client.post(f"/utlaan/tid/{row.id}/", act).status_code == 302
    with scope():
        row.refresh_from_db()
    assert (row.state, row.condition) == ("returned", "broken")
    assert "Ein stol" in text(client.get(f"/utlaan/tid/{row.id}/"))


def test_collisions_are_shown_with_what_was_typed_and_left_out_when_that_is_ticked(
    client, tun, hall, scope, association, day
):
    with scope():
        booked(tun, hall, an_evening(day + dt.timedelta(days=7)), owner=tun.centre)
    address = f"/lokaler/{hall.id}/laan/"
    series = a_time(day, every="week", until=(day + dt.timedelta(days=14)).isoformat(), for_owner=str(tun.other.id))
    shown = client.post(address, series)
    page = text(shown)
    assert (shown.status_code, "Songkor" in page, 'name="leave_out"' in page) == (422, True, True)
    with scope():
        assert Booking.objects.filter(for_owner=tun.other).count() == 0
    assert client.post(address, series | {"leave_out": "on"}).status_code == 302
    with scope():
        assert Booking.objects.filter(for_owner=tun.other).count() == 2
    single = a_time(day + dt.timedelta(days=7), key=str(uuid.uuid4()), for_owner=str(tun.other.id))
    again = client.post(address, single)
    assert (again.status_code, 'name="waits"' in text(again)) == (422, True)
    assert client.post(address, single | {"waits": "on"}).status_code == 302


def test_the_owner_writes_down_one_who_rings(client, tun, hall, scope, day):
    with scope():
        log_in(client, tun, role=Role.LEADER)
    address = f"/utlaan/ting/{hall.id}/skriv/"
    who = {"name": "Solveig Bruflot", "phone": "90 00 07 77", "phone_kind": "mobile"}
    assert client.post(address, a_time(day) | who).status_code == 302
    with scope():
        row = Booking.objects.get()
        assert (row.state, row.contact.full_name, row.via) == ("booked", "Solveig Bruflot", "phone")
        assert Person.objects.filter(phone="+4790000777").count() == 1


def test_things_are_lent_out_changed_and_put_away(client, tun, scope):
    with scope():
        log_in(client, tun, role=Role.LEADER)
    facts = {"key": str(uuid.uuid4()), "version": "0", "owner": str(tun.centre.id), "name": "Minibussen",
             "kind": "minibus", "price": "associations", "way": "at_once", "who_may": "Dei over 21 år",
             "months": ["1", "2"], "act": "save", "buffer_minutes": "30"}  # fmt: skip
    assert client.post("/utlaan/ny/", facts).status_code == 302
    with scope():
        bus = Lendable.objects.get(name="Minibussen")
    assert (bus.months, bus.buffer_minutes, bus.way) == ([1, 2], 30, "at_once")
    address = f"/utlaan/ting/{bus.id}/"
    assert client.get(address).status_code == 200
    assert client.post(address, facts | {"version": "1", "seats": "16"}).status_code == 302
    assert client.post(address, facts | {"version": "1", "seats": "17"}).status_code == 422
    assert client.post(address, {"act": "away"}).status_code == 302
    assert client.get(f"/lokaler/{bus.id}/").status_code == 404
    assert client.post(address, {"act": "again"}).status_code == 302


def test_use_is_counted_by_month_and_names_nobody(client, tun, hall, scope):
    with scope():
        leader = log_in(client, tun, role=Role.LEADER)
        booked(tun, hall, an_evening(dt.date(2024, 3, 1)), owner=tun.centre, at=dt.datetime(2024, 2, 1, tzinfo=dt.UTC))
    shown = text(client.get("/utlaan/tal/?aar=2024"))
    assert ("Fjordheim" in shown, "3 t" in shown or "3 h" in shown) == (True, True)
    assert leader.full_name not in shown.partition("<main")[2]


def test_every_form_says_what_is_wrong_and_keeps_what_was_typed(client, tun, hall, scope, day):
    with scope():
        log_in(client, tun, role=Role.LEADER)
        a_hall(tun, name="Nesheim")
        row = booked(tun, hall, an_evening(day))[0]
        sure = booked(tun, hall, an_evening(day + dt.timedelta(days=1)))[0]
        answering.accept(booking=sure, by=speaker(tun), at=tun.now)
    book, write, new = f"/lokaler/{hall.id}/laan/", f"/utlaan/ting/{hall.id}/skriv/", "/utlaan/ny/"
    mine = {"for_owner": tun.centre.id}
    facts = {"owner": tun.centre.id, "name": "Bua", "kind": "gear", "price": "free", "way": "request"}
    wrong = [
        (book, a_time(day, starts="seks") | mine, "Write the time as 10.30.", "Songkor"),
        (book, a_time(day, every="week") | mine, "Write the last day you need it.", "Songkor"),
        (book, a_time(day, every="week", until="i mai") | mine,
         "Write the date as day, month and year, for example 27.11.2026.", "Songkor"),
        (book, a_time(day, every="week", until=(day - SOON).isoformat()) | mine,
         "It must end after it begins. Look at the day and the time.", "Songkor"),
        (book, a_time(day, what="Dei med demens") | mine, "demens", "Dei med demens"),
        (write, a_time(day, name="", phone="57 00 11 22", phone_kind="mobile"), "Who rang?", "Songkor"),
        (new, facts | {"key_words": "Koden er 4521"},
         "Do not write a code to a door here: everyone reads it. Tell it when the key is handed over.", "4521"),
        (new, facts | {"name": "Nesheim"},
         "You lend out something of that name already. Call this one something else.", "Nesheim"),
        (new, facts | {"opens": "8"},
         "Write both when it can be borrowed from and until when, the last one later, or none of them.", "Bua"),
        (new, facts | {"seats": "mange"}, "Write a whole number, with digits.", "mange"),
        (f"/utlaan/tid/{row.id}/", {"act": "decline", "no-words": ""}, "Why, and what could they do instead?"),
        (f"/utlaan/tid/{sure.id}/", {"act": "cancel", "end-words": "", "end-whole": "on"},
         "Write a few words: they are what the other reads."),
    ]  # fmt: skip
    assert "\n".join(fault for one in wrong if (fault := refused(client, *one))) == ""


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_is_as_many_statements_for_three_as_for_one(client, tun, scope, number):
    with scope():
        log_in(client, tun, role=Role.LEADER)
        for n in range(number):
            found = a_hall(tun, name=f"Hall {n}")
            booked(tun, found)
    for address in ("/lokaler/", "/utlaan/", "/utlaan/tal/", f"/lokaler/{found.id}/"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        own = [q["sql"] for q in asked.captured_queries if not TRANSACTION.match(q["sql"])]
        assert len(own) <= 15, (address, len(own), own)
