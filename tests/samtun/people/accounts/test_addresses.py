"""Another address for logging in: shown who one is, proved by a code that went there, told where one was."""

import re

import pytest
from django.conf import settings

from samtun.foundation.events import deliver
from samtun.foundation.models import EventRow
from samtun.foundation.recipients import resolve_address
from samtun.notifications.channels.adapters import registry
from samtun.notifications.messages.actions import send_now
from samtun.notifications.messages.models import Message
from samtun.notifications.messages.queries import recipient_of
from samtun.people.accounts.actions import ask_new_address, change_address
from samtun.people.accounts.models import Account, LoginCode
from samtun.people.accounts.rules import code_of
from samtun.people.persons.models import Person
from tests.samtun.notifications.trial import MemoryGateway
from tests.samtun.people.login import a_person, an_account, an_organisation, inside, put_in

NUMBER = "+4790000001"


@pytest.fixture
def kari(municipality):
    """Somebody who can log in."""
    with inside(municipality):
        an_organisation("Dalgrend kommune", "municipality")
        return an_account(a_person(phone=NUMBER), phone=NUMBER)


def test_changing_the_number_asks_who_it_is_first(client, kari, municipality, clock, queued, run_jobs):
    put_in(client, kari)
    clock.passes(minutes=11)
    assert client.get("/inn/adresse/")["Location"] == "/inn/bekreft/?next=%2Finn%2Fadresse%2F"
    assert client.post("/inn/adresse/", {"address": "91 00 00 00"}).status_code == 302
    kari.refresh_from_db()
    assert kari.phone == NUMBER
    old = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/inn/bekreft/", {"send": "1", "then": "/inn/adresse/"})
    run_jobs(municipality)
    row = LoginCode.objects.latest("made_at")
    assert client.post("/inn/bekreft/", {"code": "000000", "then": "/inn/adresse/"}).status_code == 200
    answer = client.post("/inn/bekreft/", {"code": code_of(row.id), "then": "/inn/adresse/"})
    assert answer["Location"] == "/inn/adresse/"
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != old
    page = client.get("/inn/adresse/").content.decode()
    assert 'value="91 00 00 00"' in page, "what was typed before it was asked who it is"


def test_another_number_counts_once_a_code_sent_there_has_come_back(client, kari, municipality, clock, queued):
    put_in(client, kari)
    assert client.post("/inn/adresse/", {"address": "91 00 00 00"})["Location"] == "/inn/adresse/kode/"
    row = LoginCode.objects.get(purpose="new_address")
    with inside(municipality):
        there = resolve_address("new_address", row.id)
    assert (there.phone, there.channel) == ("+4791000000", "sms"), "the code goes to the new number"
    page = client.get("/inn/adresse/kode/").content.decode()
    assert "91 00 00 00" in page
    wrong = client.post("/inn/adresse/kode/", {"code": "000000"})
    assert (wrong.status_code, Account.objects.get().phone) == (200, NUMBER)
    assert 'value="000000"' in wrong.content.decode()
    clock.passes(minutes=9)
    assert client.post("/inn/adresse/kode/", {"code": code_of(row.id)})["Location"] == "/inn/okter/"
    assert Account.objects.get().phone == "+4791000000"
    told = LoginCode.objects.get(purpose="old_address")
    assert [(c["notice"].key, c["ref_kind"], c["ref_id"]) for c in queued] == [
        ("accounts.new_address", "new_address", row.id), ("accounts.address_changed", "old_address", told.id),
    ]  # fmt: skip
    with inside(municipality):
        assert resolve_address("old_address", told.id).phone == NUMBER
    assert client.get("/inn/adresse/kode/")["Location"] == "/inn/adresse/"


def test_the_code_to_a_new_number_really_goes_there(client, kari, municipality, clock):
    put_in(client, kari)
    client.post("/inn/adresse/", {"address": "91 00 00 00"})
    with inside(municipality):
        message = Message.objects.get()
        assert (message.notice, message.to_person, message.channel) == ("accounts.new_address", None, "sms")
        assert recipient_of(message).phone == "+4791000000"
        assert message.not_before == clock()
    client.post("/inn/adresse/kode/", {"code": code_of(LoginCode.objects.get().id)})
    with inside(municipality):
        told = Message.objects.get(notice="accounts.address_changed")
        assert recipient_of(told).phone == NUMBER


def test_code_and_warning_are_really_sent(client, kari, municipality, clock, monkeypatch, settings):
    carried = MemoryGateway()
    monkeypatch.setitem(registry._factories, "memory", lambda: carried)
    settings.SAMTUN_SMS_GATEWAY = "memory"

    def send(notice):
        with inside(municipality):
            waiting = Message.objects.get(notice=notice).id
        send_now(tenant=municipality.id, message_id=waiting, clock=clock)

    put_in(client, kari)
    client.post("/inn/adresse/", {"address": "91 00 00 00"})
    send("accounts.new_address")
    code = re.search(r"[0-9]{6}", carried.sent[0].text)[0]
    client.post("/inn/adresse/kode/", {"code": code})
    send("accounts.address_changed")
    assert [parcel.to for parcel in carried.sent] == ["+4791000000", NUMBER]
    assert code not in carried.sent[1].text


def test_a_code_for_a_new_number_is_too_old_after_ten_minutes(client, kari, municipality, clock, queued):
    put_in(client, kari)
    client.post("/inn/adresse/", {"address": "91 00 00 00"})
    clock.passes(minutes=11)
    code = code_of(LoginCode.objects.get().id)
    assert client.post("/inn/adresse/kode/", {"code": code}).status_code == 200
    assert Account.objects.get().phone == NUMBER


def test_a_code_for_a_new_number_lets_nobody_in_and_serves_its_own_login_only(
    client, client_of, kari, municipality, clock, queued
):
    put_in(client, kari)
    client.post("/inn/adresse/", {"address": "91 00 00 00"})
    row = LoginCode.objects.get()
    client.post("/ut/")
    assert client.post(f"/inn/kode/{row.id}/", {"code": code_of(row.id)}).status_code == 200
    assert client.get("/inn/okter/").status_code == 302
    with inside(municipality) as scope:
        ola = an_account(a_person("Ola"), phone="+4790000002")
        given = {"code": row.id, "typed": code_of(row.id), "browser": client.cookies["samtun-browser"].value}
        assert change_address(account=ola, by=scope.viewer, at=clock(), **given) is None
    ola.refresh_from_db()
    assert ola.phone == "+4790000002"


def test_a_number_taken_meanwhile_is_refused_with_a_sentence(client, kari, municipality, clock, queued):
    put_in(client, kari)
    client.post("/inn/adresse/", {"address": "91 00 00 00"})
    with inside(municipality):
        an_account(a_person("Ola"), phone="+4791000000")
    answer = client.post("/inn/adresse/kode/", {"code": code_of(LoginCode.objects.get().id)})
    assert answer.status_code == 200
    assert Account.objects.get(id=kari.id).phone == NUMBER


def test_an_address_added_is_told_to_the_one_that_stays(client, kari, municipality, clock, queued):
    put_in(client, kari)
    client.post("/inn/adresse/", {"address": "kari@eksempel.test"})
    client.post("/inn/adresse/kode/", {"code": code_of(LoginCode.objects.get().id)})
    assert Account.objects.get().email == "kari@eksempel.test"
    with inside(municipality):
        assert resolve_address("old_address", LoginCode.objects.get(purpose="old_address").id).phone == NUMBER


def test_the_number_follows_to_the_person(kari, municipality, clock, queued):
    with inside(municipality) as scope:
        row = ask_new_address(
            account=kari, way="phone", address="+4791000000", browser="b", proved=True, by=scope.viewer, at=clock()
        )
        change_address(account=kari, code=row.id, typed=code_of(row.id), browser="b", by=scope.viewer, at=clock())
        deliver(EventRow.objects.get().id, "samtun.people.roles.receivers.follow_address")
        assert Person.objects.get().phone == "+4791000000"


def test_somebody_elses_number_cannot_be_taken(client, kari, municipality, clock, queued):
    with inside(municipality):
        an_account(a_person("Ola"), phone="+4790000002")
    put_in(client, kari)
    assert client.post("/inn/adresse/", {"address": "90 00 00 02"}).status_code == 200
    kari.refresh_from_db()
    assert kari.phone == NUMBER
