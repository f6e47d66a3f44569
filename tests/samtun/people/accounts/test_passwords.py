"""Password and app: needed for those who see others, set up once, each code once."""

import re

import pyotp
import pytest

from samtun.foundation.models import AuditEvent, Session
from samtun.foundation.sessions import SessionStore
from samtun.kernel.errors import NotYours
from samtun.people.accounts.actions import reset_second_factor
from samtun.people.accounts.models import Account
from samtun.people.accounts.queries import secret_of
from tests.samtun.people.login import a_grant, a_person, an_account, an_organisation, inside, put_in, viewer

EMAIL, PASSWORD, SECRET = "kari@eksempel.test", "ein stol i tunet", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def council(municipality):
    """The municipality as an organisation."""
    with inside(municipality):
        return an_organisation("Dalgrend kommune", "municipality")


@pytest.fixture
def kari(municipality, council):
    """An administrator with password and app."""
    with inside(municipality):
        person = a_person()
        a_grant(person, "municipal_administrator", council.owner)
        return an_account(person, email=EMAIL, password=PASSWORD, secret=SECRET)


def digits(clock, **moved):
    import datetime as dt

    return pyotp.TOTP(SECRET).at(clock() + dt.timedelta(**moved))


def log_in(client, **given):
    return client.post("/inn/passord/", {"address": EMAIL, "password": PASSWORD} | given)


@pytest.mark.rule("R107")
def test_all_three_right_lets_in_with_the_hat(client, kari, clock):
    assert log_in(client, code=digits(clock)).status_code == 302
    assert client.get("/roller/").status_code == 200
    row = Session.objects.get(account=kari.id)
    assert (row.provider, SessionStore(row.session_key)["second_factor"]) == ("password", True)


def test_a_code_alone_opens_no_staff_page(client, kari, clock):
    put_in(client, kari, second_factor=False)
    assert client.get("/roller/").status_code == 403
    assert client.get("/hatt/").status_code == 200


def test_the_same_digits_work_once(client, client_of, kari, clock):
    code = digits(clock)
    assert log_in(client, code=code).status_code == 302
    assert log_in(client_of(), code=code).status_code == 200
    clock.passes(seconds=30)
    assert log_in(client_of(), code=digits(clock)).status_code == 302


def test_digits_from_before_a_used_one_are_dead_too(client, client_of, kari, clock):
    earlier = digits(clock, seconds=-30)
    assert log_in(client, code=digits(clock)).status_code == 302
    assert log_in(client_of(), code=earlier).status_code == 200


@pytest.mark.parametrize("moved", [{"minutes": -2}, {"minutes": 2}, {"days": 1}])
def test_digits_of_another_time_are_refused(client, kari, clock, moved):
    assert log_in(client, code=digits(clock, **moved)).status_code == 200
    assert not Session.objects.filter(account=kari.id).exists()


def page_of(answer):
    page = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)
    return answer.status_code, re.sub(rb'name="(address|code)" value="[^"]*"', b"", page)


def test_whatever_is_wrong_is_answered_the_same(client, kari, clock):
    right = {"password": PASSWORD, "code": digits(clock)}
    wrongs = [
        right | {"password": "wrong password"}, right | {"code": "000000"}, right | {"address": "ola@eksempel.test"},
        right | {"address": "not an address"},
    ]  # fmt: skip
    assert len({page_of(log_in(client, **wrong)) for wrong in wrongs}) == 1


def test_an_unknown_address_costs_a_hash_as_well(client, kari, clock, monkeypatch):
    from samtun.people.accounts.actions import passwords

    hashed = []
    monkeypatch.setattr(passwords, "make_password", hashed.append)
    log_in(client, address="ola@eksempel.test", code="000000")
    assert hashed == [PASSWORD]


def test_guessing_is_limited_and_the_owner_can_still_come_in(client, client_of, kari, clock):
    assert log_in(client, code=digits(clock)).status_code == 302
    stranger = client_of()
    answers = [log_in(stranger, password="x", code="000000").status_code for _ in range(12)]
    assert answers == [200] * 9 + [429] * 3
    clock.passes(seconds=60)
    client.post("/ut/")
    assert log_in(client, code=digits(clock)).status_code == 302


def test_setting_up(client, municipality, council, clock):
    with inside(municipality):
        person = a_person()
        a_grant(person, "municipal_administrator", council.owner)
        account = an_account(person, email=EMAIL)
    put_in(client, account)
    page = client.get("/inn/totrinn/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    assert "data:image/svg+xml" in page
    given = {"password": PASSWORD, "password_again": PASSWORD, "code": pyotp.TOTP(secret).at(clock())}
    for wrong in ({"password": "kort", "password_again": "kort"}, {"password_again": "other"}, {"code": "000000"},
                  {"password": "password123", "password_again": "password123"}):  # fmt: skip
        assert client.post("/inn/totrinn/", given | wrong).status_code == 200
        assert (
            re.search(r"<code>([A-Z2-7 ]+)</code>", client.get("/inn/totrinn/").content.decode())[1].replace(" ", "")
            == secret
        )
    assert not Account.objects.get().has_second_factor
    assert client.post("/inn/totrinn/", given).status_code == 302
    account.refresh_from_db()
    assert secret.encode() not in bytes(account.totp_secret)
    assert secret_of(account) == secret
    assert client.get("/roller/").status_code == 200
    assert client.get("/inn/totrinn/").status_code == 404
    clock.passes(seconds=60)
    fresh = type(client)()
    assert log_in(fresh, code=pyotp.TOTP(secret).at(clock())).status_code == 302
    with inside(municipality):
        assert AuditEvent.objects.filter(act="accounts.set_up_second_factor").count() == 1


def test_setting_up_takes_a_fresh_login(client, municipality, council, clock):
    with inside(municipality):
        account = an_account(a_person(), email=EMAIL)
    put_in(client, account)
    clock.passes(minutes=11)
    assert client.get("/inn/totrinn/").status_code == 302


def test_a_code_login_sends_staff_on_to_what_is_missing(client, kari, municipality, council, clock, queued, run_jobs):
    from samtun.people.accounts.models import LoginCode
    from samtun.people.accounts.rules import code_of

    client.post("/inn/", {"address": EMAIL, "then": "/roller/"})
    run_jobs(municipality)
    row = LoginCode.objects.latest("made_at")
    answer = client.post(f"/inn/kode/{row.id}/", {"code": code_of(row.id)})
    assert answer["Location"] == "/inn/passord/?next=%2Froller%2F"


def test_only_the_administrator_lets_it_be_set_up_anew(client, kari, municipality, council, clock):
    with inside(municipality):
        ola = an_account(a_person("Ola"), email="ola@eksempel.test", password=PASSWORD, secret=SECRET)
    put_in(client, ola, second_factor=True)
    with inside(municipality) as scope:
        for who in (viewer(municipality, "coordinator"), viewer(municipality, "leader")):
            with pytest.raises(NotYours):
                reset_second_factor(account=ola, by=who, at=clock())
        del scope
    admin = type(client)()
    put_in(admin, kari, second_factor=True)
    assert admin.post("/roller/nytt-oppsett/", {"account": EMAIL}).status_code == 200
    kari.refresh_from_db()
    assert kari.has_second_factor
    assert admin.post("/roller/nytt-oppsett/", {"account": "nobody@eksempel.test"}).status_code == 200
    assert admin.post("/roller/nytt-oppsett/", {"account": "ola@eksempel.test"}).status_code == 302
    ola.refresh_from_db()
    assert not ola.has_second_factor
    assert client.get("/inn/okter/").status_code == 302
