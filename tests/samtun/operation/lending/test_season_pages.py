"""The pages of a season: what is wrong is said beside what was typed, and no club sees another's wishes."""

import datetime as dt
import html
import io
import uuid

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samtun.foundation.viewer import Role
from samtun.operation.lending.actions import season as sharing
from samtun.operation.lending.models import Booking, Season, SeasonClub
from samtun.partners.organisations.models import Organisation
from tests.factories.journey import log_in
from tests.factories.lending import a_hall, at_hour, speaker, wished
from tests.samtun.operation.lending.test_pages import TRANSACTION
from tests.samtun.refusing import refused


@pytest.fixture
def tun(page, client):
    del client.cookies["samtun_language"]  # in nynorsk, as most of its pages are read
    return page


@pytest.fixture
def hall(tun, scope):
    with scope():
        return a_hall(tun, opens=dt.time(8), closes=dt.time(23))


@pytest.fixture
def today(tun):
    return tun.now.date()


def text(response):
    return html.unescape(response.content.decode())


def a_plan(hall, today, **changes):
    facts = {
        "key": str(uuid.uuid4()), "lendable": str(hall.id), "name": "Vårsesong",
        "starts": today + dt.timedelta(days=30),
        "ends": today + dt.timedelta(days=120), "weekdays": ["0", "2"], "opens": "17", "closes": "22",
        "leaves_out": "on", "deadline": today + dt.timedelta(days=10),
    }  # fmt: skip
    return facts | changes


def a_wish(**changes):
    return {"day_1": "0", "from_1": "18", "until_1": "20", "words": "Volleyball"} | changes


def as_leader(client, tun, scope):
    with scope():
        return log_in(client, tun, role=Role.LEADER)


def as_club(client, tun, scope):
    with scope():
        body = Organisation.objects.get(owner=tun.other)
        return log_in(client, tun, organisation=body, role=Role.ORGANISATION_REPRESENTATIVE)


@pytest.mark.practice("nissedal")
def test_from_the_season_to_the_sheet_on_the_door(client, tun, hall, scope, today, monkeypatch):
    as_leader(client, tun, scope)
    assert client.get("/utlaan/sesong/ny/").status_code == 200
    assert client.post("/utlaan/sesong/ny/", a_plan(hall, today, asked=[str(tun.other.id)])).status_code == 302
    with scope():
        found = Season.objects.get()
    desk, wish = f"/utlaan/sesong/{found.id}/", f"/lokaler/sesong/{found.id}/"
    rang = {"name": "Aud Moen", "phone": "90 00 07 77", "phone_kind": "mobile", "for_owner": str(tun.council.id)}
    theirs = a_wish(words="Ballett", day_2="0", from_2="20", until_2="22") | rang
    assert client.post(f"{desk}skriv/", theirs).status_code == 302
    contact, ours = as_club(client, tun, scope), {"for_owner": str(tun.other.id)}
    for page in ("/utlaan/", f"/lokaler/{hall.id}/", "/utlaan/sesong/"):
        assert wish in text(client.get(page)), page
    assert client.post(wish, a_wish(**ours, day_2="2", from_2="18", until_2="20", minutes="120")).status_code == 302
    mine = text(client.get(wish))
    assert ("Volleyball" in mine, "Ballett" in mine) == (True, False), "nobody sees another's wishes"
    assert client.get(desk).status_code == 404
    with scope():
        assert SeasonClub.objects.get(for_owner=tun.other).contact_id == contact.id
    as_leader(client, tun, scope)
    assert client.post(desk, {"act": "propose"}).status_code == 302
    with scope():
        assert Season.objects.get().state == "open", "not before the last day"
        Season.objects.update(deadline=today - dt.timedelta(days=1))
    assert client.post(desk, {"act": "propose"}).status_code == 302
    shown = text(client.get(desk))
    assert all(words in shown for words in ("Dalgrend helselag", "Dalgrend kommune", "Volleyball", "Ballett"))
    with scope():
        version, club = Season.objects.get().version, SeasonClub.objects.get(for_owner=tun.other)
    assert client.get(f"{desk}lag/{club.id}/").status_code == 200
    given = {"day_1": "2", "from_1": "19", "until_1": "21"}
    assert client.post(f"{desk}lag/{club.id}/", given).status_code == 302
    assert client.get(f"{desk}plan.pdf").status_code == 404, "nothing is decided"
    assert client.post(desk, {"act": "decide", "yes-version": version, "yes-words": ""}).status_code == 422
    assert client.post(desk, {"act": "decide", "yes-version": version + 1, "yes-words": "Velkomne"}).status_code == 302
    with scope():
        assert Booking.objects.filter(ref_id=found.id, state="booked").count() > 20
    paper = pypdf.PdfReader(io.BytesIO(client.get(f"{desk}plan.pdf").content))
    words = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert all(w in words for w in ("Fjordheim", "Dalgrend helselag", "19.00–21.00")), words
    assert "23. desember 2026 til 23. mars 2027" in words, "which year it begins"
    assert "Aud" not in words
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    as_club(client, tun, scope)
    assert "Velkomne" in text(client.get(wish))


def test_wishes_are_taken_back_and_a_season_called_off(client, tun, hall, scope, today):
    as_leader(client, tun, scope)
    client.post("/utlaan/sesong/ny/", a_plan(hall, today))
    with scope():
        found = Season.objects.get()
        other = wished(tun, found, tun.council, at_hour(0, 18, 20), at=tun.now)
    wish = f"/lokaler/sesong/{found.id}/"
    as_club(client, tun, scope)
    client.post(wish, a_wish(for_owner=str(tun.other.id)))
    with scope():
        mine = SeasonClub.objects.get(for_owner=tun.other)
    assert client.post(wish, {"act": "back", "club": str(other.id)}).status_code == 404
    assert client.post(wish, {"act": "back", "club": str(mine.id)}).status_code == 302
    with scope():
        assert set(SeasonClub.objects.exclude(wished_at=None)) == {other}
    as_leader(client, tun, scope)
    desk = f"/utlaan/sesong/{found.id}/"
    assert client.post(desk, {"act": "cancel", "off-words": "Golvet skal skiftast"}).status_code == 302
    assert "Golvet skal skiftast" in text(client.get(wish))
    assert client.post(desk, {"act": "tull"}).status_code == 404


def test_every_form_says_what_is_wrong_and_keeps_what_was_typed(client, tun, hall, scope, today):
    as_leader(client, tun, scope)
    day, new = dt.timedelta(days=1), "/utlaan/sesong/ny/"
    client.post(new, a_plan(hall, today))
    with scope():
        found = Season.objects.get()
    wish, desk = f"/lokaler/sesong/{found.id}/", f"/utlaan/sesong/{found.id}/"
    who = {"for_owner": str(tun.centre.id)}
    wrong = [
        (new, a_plan(hall, today, deadline=today + 31 * day), "The last day to wish must be before the season begins.",
         "Vårsesong"),
        (new, a_plan(hall, today, deadline=today - day), "The last day to wish must be today or later.", "Vårsesong"),
        (new, a_plan(hall, today, weekdays=[]), "Tick at least one day of the week.", "Vårsesong"),
        (new, a_plan(hall, today, ends=today + 30 * day), "The season must end after it begins.", "Vårsesong"),
        (new, a_plan(hall, today, weekdays=[str((today.weekday() + 4) % 7)], ends=today + 31 * day),
         "There is no such day between the two dates. Choose other days, or a longer season.", "Vårsesong"),
        (new, a_plan(hall, today, opens="6"), "Choose hours within those it is lent out.", "Vårsesong"),
        (new, a_plan(hall, today, closes="seint"), "Write the time as 10.30.", "seint"),
        (new, a_plan(hall, today, ends=today + 500 * day),
         "It can be booked for the next thirteen months. Choose an earlier day.", "Vårsesong"),
        (wish, a_wish(**who, from_1="16"),
         "That time is not among those shared out. Look at the days and hours above.", "Volleyball"),
        (wish, a_wish(**who, until_1=""), "Write the day, from and until, or leave all three empty.", "Volleyball"),
        (wish, a_wish(**who, until_1="17"), "It must end after it begins. Look at the day and the time.",
         "Volleyball"),
        (wish, who | {"words": "Volleyball"}, "Write at least one time you wish for.", "Volleyball"),
        (wish, a_wish(**who, day_2="0", from_2="18", until_2="20"), "You have written the same time twice.",
         "Volleyball"),
        (wish, a_wish(**who, minutes="60"),
         "One of the times is longer than what you ask for in a week. Ask for more minutes, or a shorter time.",
         "Volleyball"),
        (wish, a_wish(**who, minutes="mange"), "Write a whole number, with digits.", "mange"),
        (wish, a_wish(**who, words="Trim for dei med demens"), "demens", "Trim for dei med demens"),
        (f"{desk}skriv/", a_wish(for_owner=str(tun.other.id), name="", phone="90 00 07 77", phone_kind="mobile"),
         "Who rang or wrote?", "Volleyball"),
        (desk, {"act": "cancel", "off-words": ""}, "Why?"),
    ]  # fmt: skip
    assert "\n".join(fault for one in wrong if (fault := refused(client, *one))) == ""


@pytest.mark.parametrize("number", [1, 3])
def test_a_season_is_as_many_statements_for_three_as_for_one(client, tun, hall, scope, today, number):
    as_leader(client, tun, scope)
    client.post("/utlaan/sesong/ny/", a_plan(hall, today))
    with scope():
        found, late = Season.objects.get(), tun.now + dt.timedelta(days=11)
        owners = [tun.other, tun.council, tun.centre][:number]
        for hour, owner in enumerate(owners):
            wished(tun, found, owner, at_hour(0, 17 + hour, 18 + hour), at=tun.now)
        sharing.propose(season=found, by=speaker(tun), at=late)
    for address in ("/utlaan/sesong/", f"/utlaan/sesong/{found.id}/", f"/lokaler/sesong/{found.id}/", "/utlaan/"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        own = [q["sql"] for q in asked.captured_queries if not TRANSACTION.match(q["sql"])]
        assert len(own) <= 16, (address, len(own), own)
