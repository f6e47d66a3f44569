"""The first administrator: appointed on the server, logs in with the password, sets up the app, and stands there."""

import io
import re

import pyotp
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from samtun.foundation.founding import Answers, found
from samtun.foundation.models import AuditEvent, Owner
from samtun.kernel.errors import NotYours
from samtun.partners.organisations.actions import appoint_administrator
from samtun.partners.organisations.models import Organisation
from samtun.people.accounts.models import Account
from samtun.people.persons.models import KnownTo, Person
from samtun.people.roles.models import Grant
from tests.samtun.people.login import START, a_person, an_account, inside, viewer

PASSWORD = "ein stol i tunet"
WHO = {"name": "Kari Anne Nes", "email": "kari@eksempel.test", "phone": "90 00 00 01"}


def appointed(password=PASSWORD, **who):
    said = io.StringIO()
    call_command("appoint_administrator", **({"host": "testserver"} | WHO | who), password=password, stdout=said)
    return said.getvalue()


@pytest.fixture
def founded(db):
    return found(Answers(municipality="Dalgrend kommune", host="testserver", language="nn", administrator="Kari Nes",
                         email="kari@eksempel.test", phone="90000001", password=PASSWORD))  # fmt: skip


def test_the_first_administrator_gets_a_login_a_role_and_the_municipality_a_body(founded, clock):
    assert "sets up Dalgrend kommune" in appointed()
    account = Account.objects.get()
    assert (account.email, account.phone, account.totp_secret) == ("kari@eksempel.test", "+4790000001", None)
    assert account.check_password(PASSWORD)
    with inside(founded):
        person, grant, body = Person.objects.get(), Grant.objects.get(), Organisation.objects.get()
        assert (person.given_name, person.family_name) == ("Kari Anne", "Nes")
        assert (grant.person_id, grant.role, grant.ends) == (person.id, "municipal_administrator", None)
        assert (body.name, body.kind) == ("Dalgrend kommune", "municipality")
        assert body.owner == Owner.objects.get(), "the owner that was founded, not another"
        assert KnownTo.objects.get().owner == body.owner
        assert {"organisations.create", "accounts.create", "roles.grant"} <= set(
            AuditEvent.objects.values_list("act", flat=True)
        )


def test_the_first_login_asks_for_the_app_and_leads_to_the_administrators_pages(founded, clock, client):
    appointed()
    answer = client.post("/inn/passord/", {"address": WHO["email"], "password": PASSWORD})
    assert answer["Location"] == "/inn/totrinn/"
    assert client.get("/roller/").status_code == 403, "nothing for staff before there is an app"
    page = client.get("/inn/totrinn/").content.decode()
    assert 'name="password"' not in page, "the password is chosen already"
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    assert client.post("/inn/totrinn/", {"code": "000000"}).status_code == 200
    answer = client.post("/inn/totrinn/", {"code": pyotp.TOTP(secret).at(clock())})
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200, answer["Location"]
    assert client.get("/roller/").status_code == 200
    assert Account.objects.get().check_password(PASSWORD), "the password stands"


def test_afterwards_the_password_alone_opens_nothing(founded, clock, client):
    appointed()
    client.post("/inn/passord/", {"address": WHO["email"], "password": PASSWORD})
    page = client.get("/inn/totrinn/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    client.post("/inn/totrinn/", {"code": pyotp.TOTP(secret).at(clock())})
    clock.passes(minutes=5)
    other = Client()
    assert other.post("/inn/passord/", {"address": WHO["email"], "password": PASSWORD}).status_code == 200
    assert other.get("/roller/").status_code == 302
    code = pyotp.TOTP(secret).at(clock())
    answer = other.post("/inn/passord/", {"address": WHO["email"], "password": PASSWORD, "code": code})
    assert answer.status_code == 302
    assert other.get("/roller/").status_code == 200


def test_a_wrong_password_before_the_app_is_set_up_opens_nothing(founded, clock, client):
    appointed()
    for wrong in ({"password": "another password"}, {"address": "ola@eksempel.test"}):
        given = {"address": WHO["email"], "password": PASSWORD} | wrong
        assert client.post("/inn/passord/", given).status_code == 200
    assert client.get("/inn/okter/").status_code == 302


def test_whoever_logs_in_in_another_municipality_keeps_their_password(founded, clock, neighbour):
    with inside(neighbour):
        an_account(a_person(), email=WHO["email"], password="a password of long ago")
    appointed()
    assert Account.objects.get().check_password("a password of long ago")
    with inside(founded):
        assert Grant.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"host": "nowhere.no"}, "There is no municipality with the host name nowhere.no."),
        ({"email": "kari"}, "'kari' will not do. Write an address as in kari@dalgrend.no."),
        ({"phone": "12"}, "'12' will not do. Write eight digits, or + and the country's number first."),
        ({"password": "kort"}, "The password will not do. "),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_nothing_is_made(founded, clock, given, sentence):
    with pytest.raises(CommandError) as refused:
        appointed(**given)
    assert str(refused.value).startswith(sentence)
    assert "\n" not in str(refused.value)
    assert Account.objects.count() == 0
    with inside(founded):
        assert (Person.objects.count(), Organisation.objects.count()) == (0, 0)


def test_twice_is_refused(founded, clock):
    appointed()
    with pytest.raises(CommandError, match="has this role already"):
        appointed()


def test_nobody_appoints_from_a_page(founded):
    by = viewer(founded, "municipal_administrator")
    with inside(founded, by), pytest.raises(NotYours):
        appoint_administrator(name="A B", email="a@b.no", phone="+4790000009", password=PASSWORD, by=by, at=START)
