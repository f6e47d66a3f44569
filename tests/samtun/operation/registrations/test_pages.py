"""The pages: signing up without a login, one's own page, the door, ringing round, closed places, the cashier."""

import datetime as dt
import uuid

import pytest

from samtun.foundation.viewer import Permission, Role
from samtun.kernel import clock
from samtun.operation.activities.actions import times
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.models import Attendance, Registration
from samtun.operation.registrations.queries import first_path, own_path
from samtun.operation.registrations.rules import count_token
from tests.factories import programme
from tests.factories.programme import FRIDAY, weekly
from tests.factories.registrations import an_office, signs_up, walk


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["samtun_language"] = "en"


def written(**changes):
    return {"key": str(uuid.uuid4()), "name": "Anna Stokke", "phone": "90 00 00 01", "others": ""} | changes


@pytest.fixture
def row(page, scope):
    with scope():
        return walk(page, most=2, is_free=False, price="120 kroner", transport="organiser_fetches")[1]


@pytest.mark.practice("lom")
def test_signing_up_with_another_and_saying_that_one_cannot_come(page, scope, client, row):
    shown = client.get(f"/hva-skjer/{row.id}/").content.decode()
    assert f"/paamelding/{row.id}/" in shown
    form = client.get(f"/paamelding/{row.id}/").content.decode()
    assert form.index("+4757001122") < form.index('name="name"')
    assert client.post(f"/paamelding/{row.id}/", written(name="")).status_code == 422
    answer = client.post(f"/paamelding/{row.id}/", written(others="Per Stokke", wants_ride="on"))
    with scope():
        rows = list(Registration.objects.order_by("number"))
        assert [(one.name, one.wants_ride, one.state) for one in rows] == [
            ("Anna Stokke", True, "coming"), ("Per Stokke", True, "coming"),
        ]  # fmt: skip
        assert answer.url == first_path(rows[0].group)
    own = client.get(answer.url).content.decode()
    for said in ("You are on the list", "Per Stokke", "Marit", "120 kroner", "None of us can come"):
        assert said in own
    with scope():
        assert set(Registration.objects.values_list("state", flat=True)) == {"coming"}
    client.post(answer.url, {"act": "off", "row": str(rows[1].id)})
    with scope():
        assert list(Registration.objects.order_by("number").values_list("state", flat=True)) == ["coming", "off"]
    client.post(answer.url, {"act": "pay", "pays": "free"})
    with scope():
        assert Registration.objects.get(id=rows[0].id).pays == "free"
    assert client.get("/paamelding/mi/abcdefghijklmnopqrstuv/").status_code == 404


def test_the_full_list_says_so_and_the_next_in_line_answers_on_their_own_page(page, scope, client, row):
    with scope():
        first = signs_up(page, row, "Anna Stokke", "Per Stokke")
    assert "Stand in line" in client.get(f"/hva-skjer/{row.id}/").content.decode()
    line = client.post(f"/paamelding/{row.id}/", written(name="Kari Vik", phone="90 00 00 02")).url
    assert "You stand in line" in client.get(line).content.decode()
    with scope():
        first_page = own_path(first[0].group)
    client.post(first_page, {"act": "off"})
    assert "There is a place for you" in client.get(line).content.decode()
    client.post(line, {"act": "yes"})
    assert "You are on the list" in client.get(line).content.decode()


def test_what_needs_no_list_has_none(page, scope, client):
    with scope():
        row = programme.times(programme.activity(page))[0]
    assert "/paamelding/" not in client.get(f"/hva-skjer/{row.id}/").content.decode()
    assert client.get(f"/paamelding/{row.id}/").status_code == 404


def test_only_a_ride_where_nobody_has_to_sign_up(page, scope, client):
    with scope():
        row = walk(page, sign_up="ride", transport="organised_ride")[1]
    assert "I would like a ride" in client.get(f"/hva-skjer/{row.id}/").content.decode()
    assert client.post(f"/paamelding/{row.id}/", written()).status_code == 302
    with scope():
        assert Registration.objects.get().wants_ride


def test_the_same_number_is_not_sent_texts_without_end(page, scope, client, row):
    answers = [client.post(f"/paamelding/{row.id}/", written()).status_code for _n in range(8)]
    assert answers.count(422) == 2


def test_the_door_list_is_ticked_and_goes_on_paper(page, scope, client, open_as, municipality, row):
    with scope():
        anna = signs_up(page, row, "Anna Stokke", "Per Stokke")[0]
    open_as(page.viewer())
    shown = client.get(f"/program/gang/{row.id}/dor/").content.decode()
    for said in ("Anna Stokke", "Per Stokke", "2 are coming", count_token(row.id)):
        assert said in shown
    for _twice in range(2):
        client.post(f"/program/gang/{row.id}/dor/", {"row": str(anna.id), "act": "yes"})
    with scope():
        assert Attendance.objects.get().came
    assert "Anna Stokke" in client.get(f"/program/gang/{row.id}/dor/ark/").content.decode()
    assert "The door list" in client.get(f"/program/gang/{row.id}/").content.decode()
    assert client.post(f"/program/gang/{row.id}/dor/", {"row": "x", "act": "yes"}).status_code == 404


@pytest.mark.rule("R104")
def test_whoever_rings_and_a_list_on_paper_are_written_down(page, scope, client, open_as, row):
    open_as(page.viewer())
    path = f"/program/gang/{row.id}/skriv-paa/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"key": str(uuid.uuid4()), "via": "phone"}).status_code == 422
    data = written(via="paper", name="", phone="", others="Anna Stokke\nPer Stokke\n\nKari Vik")
    assert client.post(path, data).status_code == 302
    with scope():
        rows = list(Registration.objects.order_by("number").values_list("name", "state", "via", "contact"))
    assert rows == [(name, "waiting", "paper", None) for name in ("Anna Stokke", "Per Stokke", "Kari Vik")]
    assert client.post(path, written(via="phone", phone="57 41 00 09", comes="on")).status_code == 302
    with scope():
        assert Registration.objects.get(via="phone").contact.phone_kind == "landline"


@pytest.mark.rule("R53")
def test_ringing_round(page, scope, client, open_as, row):
    with scope():
        anna = signs_up(page, row)[0]
    open_as(page.viewer())
    path = f"/program/gang/{row.id}/ring/"
    assert "1 left to ring" in client.get(path).content.decode()
    client.post(path, {"row": str(anna.id), "answer": "ride"})
    assert "0 left to ring" in client.get(path).content.decode()
    assert client.post(path, {"row": str(anna.id), "answer": "ill"}).status_code == 404
    assert "☒" in client.get(f"{path}ark/").content.decode()


def test_others_see_no_list(page, scope, client, open_as, row):
    open_as(page.viewer(page.other, Role.ORGANISATION_REPRESENTATIVE, {Permission.PUBLISH}))
    for tail in ("dor/", "dor/ark/", "ring/", "ring/ark/", "skriv-paa/"):
        assert client.get(f"/program/gang/{row.id}/{tail}").status_code == 404


@pytest.mark.rule("R49")
def test_the_cashier_alone_sees_who_pays_how(page, scope, client, open_as, row):
    with scope():
        anna = signs_up(page, row)[0]
        Registration.objects.filter(id=anna.id).update(pays="free")
    open_as(page.viewer())
    assert "Free place" not in client.get(f"/program/gang/{row.id}/dor/").content.decode()
    open_as(page.viewer(permissions={Permission.OWN_PAGE}))
    assert client.get(f"/program/gang/{row.id}/kasse/").status_code == 403
    open_as(page.viewer(role=Role.CASHIER, permissions={Permission.OWN_PAGE, Permission.HANDLE_CASH}))
    assert "Free place" in client.get(f"/program/gang/{row.id}/kasse/").content.decode()


def test_the_head_count_by_its_address(page, scope, client, row, monkeypatch):
    path = f"/antall/{row.id}/{count_token(row.id)}/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"number": "12"}).status_code == 422
    monkeypatch.setattr(clock, "now", lambda: row.ends_at)
    assert client.post(path, {"number": "12"}).status_code == 302
    with scope():
        assert Occurrence.objects.get(id=row.id).head_count == 12
    shown = client.get(path).content.decode()
    assert "Fjelltur" in shown
    assert 'value="12"' not in shown, "a number goes in and none comes out"
    monkeypatch.setattr(clock, "now", lambda: row.ends_at + dt.timedelta(days=3, hours=1))
    for late in (client.get(path), client.post(path, {"number": "13"})):
        assert late.status_code == 410
        assert "until three days after" in late.content.decode()
        assert "Fjelltur" not in late.content.decode()
    assert client.get(f"/antall/{row.id}/{'x' * 22}/").status_code == 404


@pytest.mark.rule("R56")
@pytest.mark.practice("kristiansund")
def test_the_unit_fills_a_closed_list(page, scope, client, open_as):
    with scope():
        gives = an_office(page)
        it = programme.activity(
            page, weekly(), title="Mandagsmøte", sign_up="given", is_listed=False, most=16, least=14
        )
    open_as(page.viewer())
    assert client.post(f"/program/{it.id}/plassar/kven/", {"owner": str(*gives.owners)}).status_code == 302
    assert "The list" in client.get(f"/program/{it.id}/").content.decode()
    open_as(gives)
    assert "Mandagsmøte" in client.get("/program/plassar/").content.decode()
    data = {"key": str(uuid.uuid4()), "act": "give", "name": "Anna Stokke", "phone": "90000001"}
    assert client.post(f"/program/{it.id}/plassar/", data).status_code == 302
    assert "Anna Stokke" in client.get(f"/program/{it.id}/plassar/").content.decode()
    with scope():
        anna = Registration.objects.get()
    own = client.get(own_path_in(scope, anna)).content.decode()
    assert "Mandagsmøte" not in own
    assert client.post(f"/program/{it.id}/plassar/", {"act": "off", "row": str(anna.id)}).status_code == 302
    with scope():
        assert Registration.objects.get().state == "off"
    open_as(page.viewer(page.other, Role.ORGANISATION_REPRESENTATIVE, {Permission.PUBLISH}))
    assert client.get(f"/program/{it.id}/plassar/").status_code == 404


def own_path_in(scope, row):
    with scope():
        return own_path(row.group)


def test_one_time_of_a_period_and_what_is_called_off(page, scope, client):
    with scope():
        _it, row = walk(page, sign_up="period", when_=weekly(until=FRIDAY + dt.timedelta(days=21)))
        mine = signs_up(page, row)
    path = own_path_in(scope, mine[0])
    assert "Not this time" in client.get(path).content.decode()
    client.post(path, {"act": "not"})
    with scope():
        assert Attendance.objects.get().answer == "not"
        times.call_off(occurrence=row, because="Storm", by=page.viewer(), at=page.now)
    assert client.get(path).status_code == 200
