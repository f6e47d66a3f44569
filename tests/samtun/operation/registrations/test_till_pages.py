"""The cashier's pages, one's own card and receipt, and what a telephone sends later (R49)."""

import uuid
from dataclasses import replace

import pytest

from samtun.foundation.hats import hats_of
from samtun.foundation.models import AccessEntry
from samtun.foundation.viewer import Permission, Role
from samtun.kernel import clock
from samtun.operation.registrations.enums import Got, Pays
from samtun.operation.registrations.models import Attendance, Clip, Registration
from samtun.operation.registrations.queries import own_path
from samtun.operation.registrations.rules import own_token
from samtun.partners.organisations.actions import appoint
from samtun.partners.organisations.models import Organisation
from tests.factories.registrations import card, cashier, comes, pays, signs_up, walk


@pytest.fixture
def paid_for(page, scope):
    with scope():
        _it, time = walk(page, is_free=False, price="40 kroner", fee=4000)
        row = signs_up(page, time)[0]
        pays(row, Pays.CLIP, page)
        comes(row, time, page, at=page.now)
        return row, time


def test_the_till_is_the_cashiers(page, scope, client, open_as, paid_for):
    row, time = paid_for
    pages = (
        "/kasse/",
        "/kasse/ark/",
        f"/kasse/kort/{row.contact_id}/",
        "/kasse/2026/10/",
        f"/program/gang/{time.id}/kasse/",
    )
    for by in (
        page.viewer(),
        page.viewer(role=Role.LEADER),
        page.viewer(role=Role.VOLUNTEER, permissions={Permission.OWN_PAGE}),
    ):
        open_as(by)
        assert {client.get(path).status_code for path in pages} == {403}
    open_as(cashier(page, page.other))
    assert [client.get(path).status_code for path in pages[2:]] == [404, 200, 404]
    assert "Anna" not in client.get("/kasse/").content.decode()
    open_as(cashier(page))
    with scope():
        before = AccessEntry.objects.count()
    for path in (*pages[:3], pages[4]):
        assert "Anna Stokke" in client.get(path).content.decode()
    with scope():
        assert AccessEntry.objects.count() == before + 4
        assert all(row.contact_id in one.persons for one in AccessEntry.objects.order_by("-at")[:4])


def test_the_cashier_writes_a_card_and_bad_input_is_told_beside_the_field(page, scope, client, open_as, paid_for):
    row, _time = paid_for
    open_as(cashier(page))
    facts = {"act": "card", "card-key": str(uuid.uuid4()), "card-name": "Anna Stokke", "card-phone": "90 00 00 00",
             "card-how": "gift", "card-clips": "10", "card-price": ""}  # fmt: skip
    for field, wrong in (
        ("card-name", ""), ("card-phone", "12"), ("card-how", "stolen"), ("card-clips", "0"), ("card-clips", "ti"),
        ("card-price", "-1"),
    ):  # fmt: skip
        answer = client.post("/kasse/", facts | {field: wrong})
        said = answer.content.decode()
        assert answer.status_code == 422, field
        assert f'id="id_{field}_error"' in said or 'aria-invalid="true"' in said
        assert field == "card-name" or "Anna Stokke" in said
    assert client.post("/kasse/", {"act": "setup", "till-number": "x" * 200, "till-clips": "10"}).status_code == 422
    assert client.post("/kasse/", facts).status_code == 302
    assert client.post("/kasse/", facts).status_code == 302
    with scope():
        assert Clip.objects.filter(how="gift").count() == 1
    path = f"/kasse/kort/{row.contact_id}/"
    key = str(uuid.uuid4())
    assert client.post(path, {"key": key, "change": "0", "words": "x"}).status_code == 422
    wrong = client.post(path, {"key": key, "change": "2", "words": ""})
    assert wrong.status_code == 422
    assert 'value="2"' in wrong.content.decode()
    assert client.post(path, {"key": key, "change": "2", "words": "Talt feil"}).status_code == 302
    assert "Talt feil" in client.get(path).content.decode()


def test_the_person_sees_their_own_card_number_and_receipt(page, scope, client, open_as, paid_for):
    row, _time = paid_for
    with scope():
        own = own_path(row.group)
    assert "You get a card from the cashier" in client.get(own).content.decode()
    with scope():
        card(page, row, 3, how=Got.GIFT)
    shown = client.get(own).content.decode()
    assert "2 clips left on your card" in shown
    assert "gift" not in shown.lower()
    assert client.get(f"{own}kvittering/").status_code == 404, "the time has not begun"
    open_as(cashier(page))
    assert (
        client.post("/kasse/", {"act": "setup", "till-number": "Vipps 12 345", "till-clips": "10"}).status_code == 302
    )
    client.post(own, {"act": "pay", "pays": "number"})
    assert "Vipps 12 345" in client.get(own).content.decode()


@pytest.mark.rule("R49")
@pytest.mark.parametrize("clips", [3, 1, 0])
def test_whoever_signs_up_with_anothers_name_and_number_reads_nothing_of_their_card(page, scope, client, clips):
    with scope():
        _it, before = walk(page, is_free=False, price="40 kroner", fee=4000)
        kari = signs_up(page, before, "Kari Vik", n=2)[0]
        if clips:
            card(page, kari, clips)
        _it, time = walk(page, is_free=False, price="40 kroner", fee=4000)
    told = {"key": str(uuid.uuid4()), "name": "Kari Vik", "phone": "+4790000002", "pays": "clip", "others": ""}
    first = client.post(f"/paamelding/{time.id}/", told).url
    with scope():
        mine = Registration.objects.get(occurrence=time)
        assert mine.contact_id == kari.contact_id
        own, token = own_path(mine.group), own_token(mine.group)
    client.post(first, {"act": "pay", "pays": "clip"})
    shown = client.get(first).content.decode()
    assert "You have chosen: Clip card." in shown
    assert "stands on the page that our message to you leads to" in shown
    for word in ("clip left on", "clips left on", "card is empty", "get a card from", token):
        assert word not in shown
    assert ("left on your card" in client.get(own).content.decode()) == bool(clips), "by the text message it stands"
    assert client.get(f"{first[:-2]}x/").status_code == 404
    client.post(first, {"act": "off"})
    with scope():
        assert Registration.objects.get(id=mine.id).state == "off"


def test_the_receipt_and_what_has_come_in(page, scope, client, open_as, paid_for, monkeypatch):
    row, time = paid_for
    with scope():
        own = own_path(row.group)
        pays(row, Pays.NUMBER, page)
    monkeypatch.setattr(clock, "now", lambda: time.ends_at)
    assert client.get(f"{own}kvittering/").status_code == 404
    open_as(cashier(page))
    path = f"/program/gang/{time.id}/kasse/"
    assert client.post(path, {"act": "in", "row": "x"}).status_code == 404
    assert client.post(path, {"act": "in", "row": str(row.id)}).status_code == 302
    said = client.get(f"{own}kvittering/").content.decode()
    assert "40 kroner" in said
    assert "number" not in said.lower()


def test_a_telephone_sends_what_it_kept_once_and_only_its_authors(page, scope, client, open_as, paid_for):
    row, time = paid_for
    open_as(page.viewer())
    path = f"/program/gang/{time.id}/dor/"
    shown = client.get(path).content.decode()
    author = shown.split('data-author="')[1].split('"')[0]
    tick = {"row": str(row.id), "act": "unknown", "author": author, "age": "0"}
    for changes, status in (
        ({}, 204), ({}, 204), ({"author": "other"}, 409), ({"row": str(uuid.uuid4())}, 410), ({"act": "run"}, 410),
        ({"age": "x"}, 204), ({"age": "9" * 30}, 204),
    ):  # fmt: skip
        assert client.post(path, tick | changes, headers={"X-Door": "1"}).status_code == status
    with scope():
        assert Attendance.objects.get().came is None


def test_the_month_on_paper(page, client, open_as):
    open_as(cashier(page))
    assert "when it is over" in client.get("/kasse/2026/11/").content.decode()
    assert "In all: 0" in client.get("/kasse/2026/9/").content.decode()
    assert client.get("/kasse/2026/13/").status_code == 404


@pytest.mark.rule("R49")
def test_the_contact_person_appoints_the_cashier_and_has_no_till_themselves(page, scope, client, open_as):
    heads = {Permission.OWN_PAGE, Permission.MANAGE_ORGANISATION, Permission.PUBLISH, Permission.EXPORT_ORGANISATION}
    gerd = page.viewer(page.other, Role.ORGANISATION_REPRESENTATIVE, heads)
    with scope():
        body = Organisation.objects.get(owner=page.other)
        made = appoint(
            organisation=body, given_name="Nils", family_name="Dal", phone="+4790000555", role=Role.CASHIER, by=gerd,
            at=page.now,
        )  # fmt: skip
        (hat,) = [one for one in hats_of(made.person_id) if one.role == Role.CASHIER]
        assert hat.owners == {page.other.id}
        assert Permission.HANDLE_CASH in hat.permissions
    open_as(gerd)
    assert client.get("/kasse/").status_code == 403
    open_as(replace(gerd, hat=hat))
    assert client.get("/kasse/").status_code == 200
