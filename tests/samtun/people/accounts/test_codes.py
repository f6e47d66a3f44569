"""One-time codes and links: once, ten minutes, same browser, and nobody can tell who is known."""

import re
import statistics
import threading
import time
import uuid

import pytest
from django.db import connection

from samtun.foundation.models import Session
from samtun.foundation.notices import notice_of
from samtun.foundation.recipients import Recipient
from samtun.people.accounts.actions import use_code
from samtun.people.accounts.models import Account, LoginCode
from samtun.people.accounts.rules import browser_hash, code_of, random_id, token_of
from tests.samtun.people.login import START, a_person, an_account, an_organisation, inside

KNOWN, UNKNOWN = "+4790000001", "+4790000002"
TO = Recipient(person=uuid.uuid4(), name="Kari Nes", channel="sms", language="nn")


@pytest.fixture
def kari(municipality):
    """Somebody who can log in with a number and an e-mail address."""
    with inside(municipality):
        an_organisation("Dalgrend kommune", "municipality")
        return an_account(a_person(phone=KNOWN), phone=KNOWN, email="kari@eksempel.test")


def ask(client, address=KNOWN, **more):
    return client.post("/inn/", {"address": address, **more})


def the_code():
    return LoginCode.objects.latest("made_at")


def without_keys(page):
    """The page without what differs each time anyone asks: the token against forgery, and the code's own key."""
    page = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page)
    return re.sub(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", b"KEY", page)


def test_from_number_to_logged_in(client, kari, municipality, clock, queued, run_jobs):
    answer = ask(client)
    row = the_code()
    assert (answer.status_code, answer["Location"]) == (302, f"/inn/kode/{row.id}/")
    assert run_jobs(municipality) == 1
    assert [(c["notice"].key, c["ref_id"]) for c in queued] == [("accounts.code", row.id)]
    answer = client.post(answer["Location"], {"code": code_of(row.id)})
    assert answer.status_code == 302
    assert client.get("/inn/okter/").status_code == 200
    assert Session.objects.get(account=kari.id).provider == "code"


def test_the_message_holds_the_code_and_dies_with_it(kari, municipality, client, clock, queued, run_jobs):
    ask(client)
    row = the_code()
    with inside(municipality):
        facts = notice_of("accounts.code").facts(row.id, TO)
        assert facts["digits"] == code_of(row.id)
        assert facts["login_link"].endswith(f"/inn/lenke/{row.id}/{token_of(row.id)}/")
    clock.passes(minutes=10, seconds=1)
    with inside(municipality):
        assert notice_of("accounts.code").facts(row.id, TO) is None


def test_nothing_in_the_database_is_the_code(kari, client, clock):
    ask(client)
    row = the_code()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM people_accounts_logincode c")
        stored = cursor.fetchone()[0]
    assert code_of(row.id) not in stored
    assert token_of(row.id) not in stored
    assert KNOWN not in stored


def test_codes_are_spread_over_all_six_digits():
    codes = [code_of(random_id()) for _ in range(3000)]
    assert all(re.fullmatch(r"\d{6}", c) for c in codes)
    for place in range(6):
        assert len({c[place] for c in codes}) == 10
    assert len(set(codes)) > 2950


@pytest.mark.rule("R107")
def test_known_and_unknown_get_the_same_answer(kari, municipality, clock, queued, client_of):
    from django.test.utils import CaptureQueriesContext
    from procrastinate.contrib.django.models import ProcrastinateJob

    client_of().get("/inn/")  # the municipality of the host name is kept from now on
    seen = []
    for address in (KNOWN, UNKNOWN, "kari@eksempel.test", "ola@eksempel.test"):
        browser = client_of()
        with CaptureQueriesContext(connection) as queries:
            answer = ask(browser, address)
            asked = len(queries)
        page = browser.get(answer["Location"])
        wrong = browser.post(answer["Location"], {"code": "000000"})
        seen.append((
            answer.status_code, re.sub(r"[0-9a-f-]{36}", "X", answer["Location"]), sorted(answer.headers),
            page.status_code, without_keys(page.content), wrong.status_code, without_keys(wrong.content),
            asked, ProcrastinateJob.objects.count(),
        ))  # fmt: skip
    jobs = [one[-1] for one in seen]
    assert seen[0][-2] > 5
    assert jobs == [1, 2, 3, 4]
    assert len({repr(one[:-1]) for one in seen}) == 1
    assert queued == []


@pytest.mark.reliability
def test_known_and_unknown_take_the_same_time(kari, municipality, clock, queued, client_of, monkeypatch):
    monkeypatch.setattr("samtun.people.accounts.actions.codes.PER_ADDRESS", 10_000)
    monkeypatch.setattr("samtun.people.accounts.actions.codes.PER_DEVICE", 10_000)
    browser, took = client_of(), {KNOWN: [], UNKNOWN: []}
    for _ in range(60):
        for address, times in took.items():
            start = time.perf_counter()
            ask(browser, address)
            times.append(time.perf_counter() - start)
    known, unknown = (statistics.median(t) for t in took.values())
    assert 0.8 < known / unknown < 1.25


def test_a_code_works_once(client, kari, municipality, clock, queued, run_jobs, client_of):
    ask(client)
    row = the_code()
    run_jobs(municipality)
    browser = client.cookies["samtun-browser"].value
    with inside(municipality):
        assert use_code(code=row.id, typed=code_of(row.id), browser=browser, at=clock()) is not None
    with inside(municipality):
        assert use_code(code=row.id, typed=code_of(row.id), browser=browser, at=clock()) is None


def test_a_code_works_only_in_its_browser_and_time(client, kari, municipality, clock, queued, run_jobs, client_of):
    ask(client)
    row = the_code()
    run_jobs(municipality)
    other = client_of()
    assert other.post(f"/inn/kode/{row.id}/", {"code": code_of(row.id)}).status_code == 200
    clock.passes(minutes=10, seconds=1)
    assert client.post(f"/inn/kode/{row.id}/", {"code": code_of(row.id)}).status_code == 200
    clock.passes(seconds=-2)
    assert client.post(f"/inn/kode/{row.id}/", {"code": code_of(row.id)}).status_code == 302


def test_five_wrong_tries_end_a_code(client, kari, municipality, clock, queued, run_jobs):
    ask(client)
    row = the_code()
    run_jobs(municipality)
    wrong = f"{(int(code_of(row.id)) + 1) % 1_000_000:06d}"
    for _ in range(5):
        assert client.post(f"/inn/kode/{row.id}/", {"code": wrong}).status_code == 200
    assert LoginCode.objects.get(id=row.id).tries == 5
    assert client.post(f"/inn/kode/{row.id}/", {"code": code_of(row.id)}).status_code == 200


def test_a_new_code_ends_the_old_one(client, kari, municipality, clock, queued, run_jobs):
    ask(client)
    first = the_code()
    run_jobs(municipality)
    clock.passes(minutes=1)
    ask(client)
    assert client.post(f"/inn/kode/{first.id}/", {"code": code_of(first.id)}).status_code == 200


def test_opening_the_link_uses_nothing_up(client, kari, municipality, clock, queued, run_jobs):
    ask(client)
    row = the_code()
    run_jobs(municipality)
    link = f"/inn/lenke/{row.id}/{token_of(row.id)}/"
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert LoginCode.objects.get(id=row.id).used_at is None
    assert not Session.objects.filter(account=kari.id).exists()
    assert client.post(link).status_code == 302
    assert Session.objects.get(account=kari.id).provider == "link"
    assert client.post(link).status_code == 200


def test_a_link_opened_elsewhere_lets_nobody_in(client, kari, municipality, clock, queued, run_jobs, client_of):
    ask(client)
    row = the_code()
    run_jobs(municipality)
    other, link = client_of(), f"/inn/lenke/{row.id}/{token_of(row.id)}/"
    assert other.get(link).status_code == 200
    assert other.post(link).status_code == 200
    assert not Session.objects.filter(account=kari.id).exists()
    assert client.post(f"/inn/lenke/{row.id}/{'x' * 43}/").status_code == 200
    assert not Session.objects.filter(account=kari.id).exists()


def test_asking_is_limited_and_others_cannot_lock_a_person_out(kari, municipality, clock, queued, run_jobs, client_of):
    home, stranger = client_of(), client_of()
    ask(home)
    run_jobs(municipality)
    row = the_code()
    assert home.post(f"/inn/kode/{row.id}/", {"code": code_of(row.id)}).status_code == 302
    home.post("/ut/")
    answers = [ask(stranger).status_code for _ in range(8)]
    assert answers == [302] * 4 + [429] * 4
    assert ask(home).status_code == 302
    clock.passes(minutes=16)
    assert ask(stranger).status_code == 302


def test_a_forged_address_in_front_of_ours_does_not_help(client, kari, clock, monkeypatch):
    monkeypatch.setattr("samtun.people.accounts.actions.codes.PER_DEVICE", 3)
    answers = [
        client.post("/inn/", {"address": f"a{n}@eksempel.test"}, headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code
        for n in range(5)
    ]
    assert answers == [302, 302, 302, 429, 429]


@pytest.mark.parametrize(
    "typed", ["", "   ", "kari", "123", "kari@", "+47 123", "' OR 1=1 --", "x" * 5000, "kari@eksempel.test\x00"]
)
def test_what_cannot_be_an_address_gets_a_sentence(client, municipality, clock, typed):
    answer = ask(client, typed)
    assert answer.status_code == 200
    assert b"ds-error-summary" in answer.content


def test_login_asks_nothing_that_leads_out_of_the_house(client, kari, municipality, clock, queued, run_jobs):
    ask(client, then="https://evil.example/")
    run_jobs(municipality)
    row = the_code()
    answer = client.post(f"/inn/kode/{row.id}/", {"code": code_of(row.id)})
    assert answer["Location"].startswith("/")
    assert "evil" not in answer["Location"]


def test_a_closed_account_gets_no_message(client, kari, municipality, clock, queued, run_jobs):
    Account.objects.filter(id=kari.id).update(is_active=False)
    assert ask(client).status_code == 302
    run_jobs(municipality)
    assert queued == []


@pytest.mark.reliability
def test_twenty_at_once_use_a_code_once(transactional_db, clock):
    from samtun.foundation.models import Municipality

    municipality = Municipality.objects.create(
        slug="samtidig", name="Samtidig", shared_name="Samtun", host="samtidig.test", sms_number="+4700009000"
    )
    with inside(municipality):
        account = an_account(a_person(), phone=KNOWN)
        row = LoginCode.objects.create(
            id=random_id(), account=account, way="phone", sealed_address=b"x", browser_hash=browser_hash("b"),
            made_at=START,
        )  # fmt: skip
    together, used = threading.Barrier(20), []

    def use():
        try:
            together.wait()
            with inside(municipality):
                used.append(use_code(code=row.id, typed=code_of(row.id), browser="b", at=START))
        finally:
            connection.close()

    threads = [threading.Thread(target=use) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(used) == 20
    assert sum(one is not None for one in used) == 1


@pytest.mark.parametrize(("asked_with", "wants"), [(KNOWN, None), ("kari@eksempel.test", "email")])
def test_the_code_stands_in_the_outbox(client, municipality, clock, run_jobs, asked_with, wants):
    """With the real outbox: one message, on its way by text or e-mail, exempt from the quiet of the night."""
    from samtun.notifications.messages.models import Message
    from samtun.people.preferences.models import Preference

    clock.passes(hours=14)  # 23.30 on the wall
    with inside(municipality):
        an_organisation("Dalgrend kommune", "municipality")
        person = a_person(phone=KNOWN, email="kari@eksempel.test")
        an_account(person, phone=KNOWN, email="kari@eksempel.test")
        if wants:
            Preference.objects.create(person=person, channel=wants)
    ask(client, asked_with)
    run_jobs(municipality)
    with inside(municipality):
        message = Message.objects.get()
    assert (message.notice, message.channel, message.state) == ("accounts.code", wants or "sms", "pending")
    assert message.not_before == clock()
