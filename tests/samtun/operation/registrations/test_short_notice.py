"""One in line says beforehand that they can come at short notice: when a place is free late, only they are asked."""

import datetime as dt
import re
import uuid

import pytest

from samtun.foundation.models import AuditEvent
from samtun.foundation.notices import notice_of, render
from samtun.foundation.recipients import resolve
from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.registrations.actions import signing
from samtun.operation.registrations.actions.line import NotThatStepNow
from samtun.operation.registrations.models import Registration
from samtun.operation.registrations.queries import own_path
from samtun.operation.registrations.rules import InLine, answer_soon, asks_soon, is_late, own_token, whom_to_ask
from samtun.people.preferences.actions import set_preferences
from tests.factories.programme import FRIDAY, weekly, when
from tests.factories.registrations import signs_up, walk

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
KARI, LIV, PAIR = InLine(1), InLine(1, at_short_notice=True), InLine(2, at_short_notice=True)


@pytest.mark.parametrize(
    ("line", "free", "late", "asked"),
    [
        ([KARI, LIV], 1, False, [0]), ([KARI, LIV], 1, True, [1]), ([KARI, KARI], 2, True, []),
        ([KARI, LIV, LIV], 2, True, [1, 2]), ([PAIR, KARI, LIV], 1, True, [2]), ([PAIR, LIV], 1, False, [1]),
        ([PAIR, LIV], 3, True, [0, 1]), ([PAIR, KARI], None, True, [0]), ([KARI, LIV], None, False, [0, 1]),
        ([LIV], 0, True, []), ([], 3, True, []), ([LIV], -1, True, []),
    ],
    ids=range(12),
)  # fmt: skip
def test_who_in_line_is_asked(line, free, late, asked):
    assert whom_to_ask(line, free, late=late) == asked


def test_it_is_late_when_there_is_less_than_a_day_left_and_never_for_a_whole_activity():
    starts = clock.at_wall(dt.date(2026, 11, 27), dt.time(18))
    assert not is_late(starts, starts - DAY)
    assert is_late(starts, starts - DAY + dt.timedelta(seconds=1))
    assert not is_late(None, starts)


@pytest.mark.parametrize(
    ("asked", "starts", "until"),
    [
        ("27T10:00", "27T18:00", "27T12:00"), ("27T15:30", "27T18:00", "27T17:00"),
        ("27T16:59", "27T18:00", "27T17:00"), ("27T17:00", "27T18:00", None),
        ("26T23:00", "27T18:00", "27T09:00"), ("27T03:00", "27T09:00", "27T08:00"),
        ("26T23:00", "27T08:00", None), ("28T21:59", "29T12:00", "28T23:59"), ("29T07:00", "29T11:00", "29T09:00"),
    ],
)  # fmt: skip
def test_two_hours_to_answer_by_day_and_until_an_hour_before(asked, starts, until):
    def at(told):
        return clock.at_wall(dt.date.fromisoformat(f"2026-11-{told[:2]}"), dt.time.fromisoformat(told[3:]))

    assert answer_soon(at(starts), at(asked)) == (at(until) if until else None)
    assert asks_soon(at(asked)) >= at(asked)
    assert asks_soon(asks_soon(at(asked))) == asks_soon(at(asked))


def anyone(tun):
    return Viewer.anonymous(tun.municipality.id)


def states(*rows):
    return [Registration.objects.get(id=row.id).state for row in rows]


def a_full_walk(tun, *soon, **changes):
    """A walk with room for one; Kari, Liv and Nils stand in line, and those who `soon` counts said short notice."""
    time = walk(tun, most=1, **changes)[1]
    rows = [
        signs_up(tun, time, name, n=n, at=tun.now + n * HOUR, at_short_notice=n in soon)[0]
        for n, name in enumerate(("Anna Stokke", "Kari Vik", "Liv Moe", "Nils Dal"))
    ]
    return time, rows


def gives_up(tun, row, at):
    signing.cancel(registrations=[row.id], token=own_token(row.group), by=anyone(tun), at=at)


def says(tun, row, at, *, said=True):
    return signing.say_short_notice(group=row.group, said=said, token=own_token(row.group), by=anyone(tun), at=at)


def sent(key):
    return Message.objects.filter(notice=f"registrations.{key}")


@pytest.mark.practice("lom")
def test_the_last_day_those_who_said_so_are_asked_in_their_order_and_the_others_are_not_rung_in_vain(tun):
    time, (anna, kari, liv, nils) = a_full_walk(tun, 2, 3)
    assert [row.at_short_notice for row in Registration.objects.order_by("line_since")] == [False, False, True, True]
    at = time.starts_at - 6 * HOUR
    gives_up(tun, anna, at)
    assert states(kari, liv, nils) == ["waiting", "offered", "waiting"]
    assert Registration.objects.get(id=liv.id).offered_until == at + 2 * HOUR
    assert signing.pass_on(registration=Registration.objects.get(id=liv.id), by=tun.system(), at=at + 2 * HOUR)
    assert states(kari, liv, nils) == ["waiting", "lapsed", "offered"]
    assert (sent("place").count(), sent("soon").count()) == (0, 2)
    signing.look_at_lines(by=tun.system(), at=at + 4 * HOUR)
    assert states(kari, nils) == ["waiting", "lapsed"]
    assert sent("soon").count() == 2


def test_a_day_before_the_line_goes_as_it_stands(tun):
    time, (anna, kari, liv, _nils) = a_full_walk(tun, 2)
    gives_up(tun, anna, time.starts_at - DAY)
    assert states(kari, liv) == ["offered", "waiting"]
    assert sent("soon").count() == 0


def test_who_says_so_when_a_place_is_free_is_asked_at_once_and_may_take_it_back(tun):
    time, (anna, kari, liv, _nils) = a_full_walk(tun)
    at = time.starts_at - 5 * HOUR
    says(tun, liv, at - DAY)
    says(tun, liv, at - DAY, said=False)
    gives_up(tun, anna, at)
    assert states(kari, liv) == ["waiting", "waiting"]
    signing.look_at_lines(by=tun.system(), at=at + HOUR)
    assert states(liv) == ["waiting"]
    [row] = says(tun, liv, at + HOUR)
    assert row.at_short_notice
    assert states(kari, liv) == ["waiting", "offered"]
    acts = AuditEvent.objects.filter(act="registrations.short_notice")
    assert acts.count() == 3
    with pytest.raises(NotThatStepNow):
        says(tun, anna, at)
    with pytest.raises(NotYours):
        signing.say_short_notice(group=kari.group, said=True, token=own_token(liv.group), by=anyone(tun), at=at)


def test_for_a_whole_activity_nobody_is_asked_at_short_notice(tun):
    time, (_anna, kari, _liv, _nils) = a_full_walk(tun, sign_up="period", when_=weekly(until=FRIDAY + 21 * DAY))
    with pytest.raises(NotThatStepNow):
        says(tun, kari, time.starts_at - HOUR)


def test_who_signs_up_while_there_is_room_has_said_nothing(tun):
    assert not signs_up(tun, walk(tun, most=1)[1], at_short_notice=True)[0].at_short_notice


def test_the_text_goes_on_a_sunday_morning_and_whoever_chose_letters_is_rung(tun):
    sunday = when(starts_on=dt.date(2026, 11, 29), at=dt.time(12), to=dt.time(14))
    _time, (anna, _kari, liv, _nils) = a_full_walk(tun, 2, when_=sunday)
    person = liv.contact
    person.email, person.address = "liv@dalgrend.example", "Vegen 1, 6899 Dalgrend"
    person.save()
    set_preferences(person=person, channel="letter", by=tun.system(), at=tun.now)
    night = clock.at_wall(dt.date(2026, 11, 28), dt.time(23))
    gives_up(tun, anna, night)
    message = sent("soon").get()
    assert message.channel == "call"
    assert message.not_before == clock.at_wall(dt.date(2026, 11, 29), dt.time(7))
    facts = notice_of("registrations.soon").facts(liv.id, resolve(liv.contact_id))
    for language, said in (("nb", "kort varsel"), ("nn", "kort varsel"), ("en", "short notice")):
        for channel in ("sms", "call", "email"):
            text = render(notice_of("registrations.soon"), channel=channel, language=language, facts=facts)
            assert said in text
            assert "09.00" in text


@pytest.mark.rule("R104")
def test_said_when_signing_up_on_ones_own_page_and_on_the_telephone(page, scope, client, open_as, now, monkeypatch):
    with scope():
        time, (anna, kari, *_rest) = a_full_walk(page)
        own = own_path(kari.group)
    path = f"/paamelding/{time.id}/"
    assert "I can come at short notice" in client.get(path).content.decode()
    data = {"key": str(uuid.uuid4()), "name": "Ola Dal", "phone": "90 00 00 77", "others": "", "at_short_notice": "on"}
    wrong = client.post(path, data | {"name": ""})
    assert wrong.status_code == 422
    assert re.search(r'<input[^>]*name="at_short_notice"[^>]*checked', wrong.content.decode())
    mine = client.post(path, data).url
    shown = client.get(mine).content.decode()
    assert "You have said that you can come at short notice" in shown
    assert "Free of charge" in shown  # "free" alone says in Norwegian that there is room
    client.post(mine, {"act": "not_soon"})
    assert "only those who have said" in client.get(mine).content.decode()
    client.post(own, {"act": "soon"})
    open_as(page.viewer())
    door = f"/program/gang/{time.id}/dor/"
    typed = client.get(f"/program/gang/{time.id}/skriv-paa/").content.decode()
    assert "they can come at short notice" in typed
    shown = client.get(door).content.decode()
    assert shown.count("At short notice</span>") == 1
    with scope():
        ola = Registration.objects.get(name="Ola Dal")
    client.post(door, {"row": str(ola.id), "act": "soon"})
    assert client.get(door).content.decode().count("At short notice</span>") == 2
    paper = client.get(f"{door}ark/").content.decode()
    assert paper.index("In line, and can come at short notice") < paper.index("Ola Dal") < paper.index("Kari Vik")
    assert "Liv Moe" not in paper
    late = time.starts_at - 5 * HOUR
    monkeypatch.setattr(clock, "now", lambda: late)
    with scope():
        gives_up(page, anna, late)
    client.post(door, {"row": str(ola.id), "act": "accept"})
    with scope():
        assert states(ola, kari) == ["coming", "waiting"]


def test_the_door_says_that_a_place_is_free_and_another_club_sees_nothing(page, scope, client, open_as, monkeypatch):
    with scope():
        time, (anna, *_rest) = a_full_walk(page)
        late = time.starts_at - 5 * HOUR
        gives_up(page, anna, late)
    monkeypatch.setattr(clock, "now", lambda: late)
    open_as(page.viewer())
    assert "1 place is free" in client.get(f"/program/gang/{time.id}/dor/").content.decode()
    open_as(page.viewer(page.other, Role.ORGANISATION_REPRESENTATIVE, {Permission.PUBLISH}))
    for path in ("dor/", "dor/ark/"):
        assert client.get(f"/program/gang/{time.id}/{path}").status_code == 404
    assert "short notice" not in client.get(f"/hva-skjer/{time.id}/").content.decode()
