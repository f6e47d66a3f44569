"""Sessions: planted ones are worth nothing, they end in the database, and what was typed survives."""

import datetime as dt
import re

import pytest
from django.conf import settings

from samtun.foundation.models import KeptForm, Session
from samtun.foundation.sessions import SessionStore
from samtun.people.accounts.actions import disable_account
from samtun.people.accounts.models import LoginCode
from samtun.people.accounts.rules import code_of
from samtun.people.persons.models import Person
from samtun.people.roles.models import Grant
from tests.samtun.people.login import a_grant, a_person, an_account, an_organisation, inside, put_in, viewer

NUMBER = "+4790000001"


@pytest.fixture
def kari(municipality):
    """Somebody who can log in."""
    with inside(municipality):
        an_organisation("Dalgrend kommune", "municipality")
        return an_account(a_person(phone=NUMBER), phone=NUMBER)


def log_in(client, municipality, run_jobs, to="/inn/", then=""):
    client.post(to, {"address": NUMBER, "then": then})
    row = LoginCode.objects.latest("made_at")
    run_jobs(municipality)
    return client.post(f"/inn/kode/{row.id}/", {"code": code_of(row.id)})


def keys():
    return set(Session.objects.values_list("session_key", flat=True))


@pytest.mark.rule("R107")
def test_a_planted_session_is_not_the_one_logged_in(client, kari, municipality, clock, queued, run_jobs):
    planted = SessionStore()
    planted["hats"] = {"x": "grant:1"}
    planted["second_factor"] = True
    planted.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    log_in(client, municipality, run_jobs)
    mine = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert mine != planted.session_key
    assert keys() == {mine}
    session = SessionStore(mine)
    assert session["second_factor"] is False
    assert "x" not in session.get("hats", {})


def test_logging_out_ends_it_in_the_database(client, kari, municipality, clock):
    key = put_in(client, kari)
    assert client.get("/inn/okter/").status_code == 200
    answer = client.post("/ut/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert keys() == set()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get("/inn/okter/").status_code == 302


def test_logging_out_takes_a_post(client, kari, municipality, clock):
    put_in(client, kari)
    assert client.get("/ut/").status_code == 405
    assert client.get("/inn/okter/").status_code == 200


@pytest.mark.rule("R107")
@pytest.mark.parametrize(("waits", "lives"), [(dt.timedelta(minutes=29), True), (dt.timedelta(minutes=31), False)])
def test_thirty_idle_minutes(client, kari, municipality, clock, waits, lives):
    put_in(client, kari)
    clock.at += waits
    assert (client.get("/inn/okter/").status_code == 200) is lives


def test_twelve_hours_and_no_longer_however_busy(client, kari, municipality, clock):
    put_in(client, kari)
    for _ in range(35):
        clock.passes(minutes=20)
        assert client.get("/inn/okter/").status_code == 200
    clock.passes(minutes=25)
    assert client.get("/inn/okter/").status_code == 302


def test_last_seen_is_written_at_most_once_a_minute(client, kari, municipality, clock):
    key = put_in(client, kari)
    before = Session.objects.get(session_key=key).last_seen
    clock.passes(seconds=50)
    client.get("/inn/okter/")
    assert Session.objects.get(session_key=key).last_seen == before
    clock.passes(seconds=50)
    client.get("/inn/okter/")
    assert Session.objects.get(session_key=key).last_seen == clock()


def test_htmx_after_expiry_is_sent_to_the_login_and_gets_no_fragment(client, kari, municipality, clock):
    put_in(client, kari)
    clock.passes(minutes=31)
    answer = client.get("/hatt/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["HX-Redirect"].startswith("/inn/?next=")


def test_a_closed_account_loses_all_sessions_at_once(client, client_of, kari, municipality, clock):
    other = client_of()
    put_in(client, kari)
    put_in(other, kari)
    with inside(municipality) as scope:
        assert disable_account(account=kari, by=scope.viewer, at=clock()) == 2
    assert keys() == set()
    assert [c.get("/inn/okter/").status_code for c in (client, other)] == [302, 302]


def test_a_session_left_over_from_a_closed_account_opens_nothing(client, kari, municipality, clock):
    put_in(client, kari)
    kari.is_active = False
    kari.save()
    assert client.get("/inn/okter/").status_code == 302


def test_one_sees_and_ends_ones_own_logins_only(client, client_of, kari, municipality, clock):
    other, stranger = client_of(), client_of()
    put_in(client, kari)
    put_in(other, kari)
    with inside(municipality):
        ola = an_account(a_person("Ola"), phone="+4790000002")
    strangers = put_in(stranger, ola)
    page = client.get("/inn/okter/").content.decode()
    handles = re.findall(r'name="handle" value="([^"]+)"', page)
    assert len(handles) == 1
    assert not any(key in page for key in keys())
    client.post("/inn/okter/", {"handle": handles[0]})
    assert other.get("/inn/okter/").status_code == 302
    assert client.get("/inn/okter/").status_code == 200
    from samtun.foundation.sessions import handle_of

    client.post("/inn/okter/", {"handle": handle_of(strangers)})
    client.post("/inn/okter/")
    assert stranger.get("/inn/okter/").status_code == 200


@pytest.mark.rule("R107")
def test_what_was_typed_comes_back_to_the_same_account_only(
    client, client_of, kari, municipality, clock, queued, run_jobs
):
    put_in(client, kari)
    clock.passes(minutes=31)
    answer = client.post(
        "/inn/adresse/", {"address": "Solveig, 91 00 00 00 & co", "password": "secret", "many": ["a", "b"]}
    )
    assert answer["Location"].startswith("/inn/?kept=")
    kept = KeptForm.objects.get()
    assert b"Solveig" not in bytes(kept.body)
    landing = client.get(answer["Location"])
    then = re.search(r'name="then" value="([^"]+)"', landing.content.decode())[1]
    assert then == f"/inn/fortsett/{kept.key}/"
    assert log_in(client, municipality, run_jobs, then=then)["Location"] == then
    page = client.get(then).content.decode()
    assert 'action="/inn/adresse/"' in page
    assert 'name="address" value="Solveig, 91 00 00 00 &amp; co"' in page
    assert page.count('name="many"') == 2
    assert "secret" not in page
    stranger = client_of()
    with inside(municipality):
        ola = an_account(a_person("Ola"), phone="+4790000002")
    put_in(stranger, ola, at=clock())
    assert stranger.get(then).status_code == 404
    assert client_of().get(then).status_code == 302
    clock.passes(minutes=29)
    client.get("/inn/okter/")
    clock.passes(minutes=29)
    client.get("/inn/okter/")
    assert client.get(then).status_code == 200
    clock.passes(minutes=3)
    assert client.get(then).status_code == 404


def test_what_was_typed_can_be_left(client, kari, municipality, clock):
    put_in(client, kari)
    clock.passes(minutes=31)
    answer = client.post("/inn/adresse/", {"address": "91 00 00 00"})
    put_in(client, kari, at=clock())
    key = answer["Location"].rpartition("=")[2]
    assert client.post(f"/inn/fortsett/{key}/").status_code == 302
    assert KeptForm.objects.count() == 0


def test_a_stranger_without_a_session_leaves_nothing_behind(client, municipality, clock):
    answer = client.post("/inn/adresse/", {"address": "91 00 00 00"})
    assert answer["Location"] == "/inn/?next=/"
    assert KeptForm.objects.count() == 0


def test_the_hat_worn_comes_back_after_the_session_ran_out(client, kari, municipality, clock, queued, run_jobs):
    with inside(municipality):
        key = f"self:{Person.objects.get().id}"
    put_in(client, kari, hats={str(municipality.id): key})
    clock.passes(minutes=31)
    client.get("/inn/okter/")
    log_in(client, municipality, run_jobs)
    session = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
    assert session["hats"] == {str(municipality.id): key}


@pytest.mark.journey
@pytest.mark.rule("R68")
def test_a_hat_taken_away_is_gone_at_the_next_request(client, municipality, clock):
    """Two hundred times, in turns a page and an htmx call: not one request gets through after the role is gone."""
    with inside(municipality):
        body = an_organisation("Dalgrend kommune", "municipality")
        person = a_person()
        account = an_account(person, phone=NUMBER)
    put_in(client, account, second_factor=True)
    through = 0
    for n in range(200):
        with inside(municipality):
            grant = a_grant(person, "municipal_administrator", body.owner)
        headers = {"HX-Request": "true"} if n % 2 else {}
        client.post("/hatt/", {"hat": f"grant:{grant.id}"})
        if n % 20 < 2:
            assert client.get("/roller/", headers=headers).status_code == 200, "the role must count before it is gone"
        with inside(municipality) as scope:
            from samtun.people.roles.actions import end_grant

            end_grant(grant=grant, by=scope.viewer, at=clock())
        through += client.get("/roller/", headers=headers).status_code == 200
        with inside(municipality):
            Grant.objects.all().delete()
    assert through == 0


def test_the_key_changes_with_the_hat(client, municipality, clock):
    with inside(municipality):
        body = an_organisation("Dalgrend kommune", "municipality")
        person = a_person()
        account = an_account(person, phone=NUMBER)
        grant = a_grant(person, "municipal_administrator", body.owner)
    old = put_in(client, account, second_factor=True)
    assert client.get("/roller/").status_code == 200
    assert client.post("/hatt/", {"hat": f"self:{person.id}"}).status_code == 302
    new = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert new != old
    assert old not in keys()
    assert client.get("/roller/").status_code == 403
    assert client.post("/hatt/", {"hat": f"grant:{grant.id}"}).status_code == 302
    assert client.get("/roller/").status_code == 200


def test_only_ones_own_hats_fit(client, municipality, clock):
    with inside(municipality):
        body = an_organisation("Dalgrend kommune", "municipality")
        mine, theirs = a_person(), a_person("Ola")
        account = an_account(mine, phone=NUMBER)
        grant = a_grant(theirs, "municipal_administrator", body.owner)
    put_in(client, account, second_factor=True)
    for key in (f"grant:{grant.id}", f"self:{theirs.id}", "grant:nonsense", "", "system", "nothing:" + str(mine.id)):
        assert client.post("/hatt/", {"hat": key}).status_code == 404
    assert viewer(municipality, "resident", person=mine).person == mine.id
