"""While you were away: one sentence on the day one comes back, each count with its rows."""

import datetime as dt

import pytest

from samtun.foundation.models import Visit
from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from samtun.kernel.opening import DEFAULT_HOURS, Opening, OpeningHours
from samtun.operation.help_requests.models import HelpRequest
from samtun.portal.desk.queries import was_away

HALF_POST = OpeningHours(tuple(Opening(d, dt.time(9), dt.time(15)) for d in range(3)))


def at(day, hour=8):
    return dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC)


@pytest.mark.rule("R114")
@pytest.mark.parametrize(
    ("hours", "last", "now", "away"),
    [
        (DEFAULT_HOURS, at(23), at(23, 14), False), (DEFAULT_HOURS, at(23), at(24), False),
        (DEFAULT_HOURS, at(23), at(25), True), (DEFAULT_HOURS, at(20), at(22), False),
        (DEFAULT_HOURS, at(20), at(23), True), (HALF_POST, at(18), at(20), False), (HALF_POST, at(18), at(23), True),
        (HALF_POST, at(23), at(25), True),
    ],
)  # fmt: skip
def test_an_opening_day_or_three_nights(hours, last, now, away):
    assert was_away(hours, last, now) is away


@pytest.fixture
def goes(monkeypatch, tun):
    """Let the clock stand at a moment, and the session be alive at it."""

    def to(client, moment):
        monkeypatch.setattr(clock, "now", lambda: moment)
        session = client.session
        session.update({"seen": moment.timestamp(), "began": moment.timestamp()})
        session.save()
        return client.get("/i-dag/").content.decode()

    return to


def test_while_she_was_away(turid, tun, goes, due):
    assert "Since" not in goes(turid, at(18))
    with open_scope(tun.municipality.id):
        anna = tun.recipient()
        for n in range(3):
            tun.request(anna, on=dt.date(2026, 11, 27 + n))
        HelpRequest.objects.update(made_at=at(19))
        done = HelpRequest.objects.order_by("id").first()
        HelpRequest.objects.filter(id=done.id).update(state="done", closed_at=at(20), made_at=at(10))
        tun.request(anna, on=dt.date(2026, 12, 24))
        HelpRequest.objects.filter(on=dt.date(2026, 12, 24)).update(made_at=at(17), owner=tun.other)
    page = goes(turid, at(23))
    stamp = int(at(18).timestamp())
    assert "Since Wednesday:" in page
    assert f'href="/i-dag/sidan/?vis=new&amp;t={stamp}">2 new wishes</a>' in page
    assert f'href="/i-dag/sidan/?vis=done&amp;t={stamp}">one done</a>' in page
    assert "wait for you</a>" in page
    rows = turid.get(f"/i-dag/sidan/?vis=new&t={stamp}").content.decode()
    assert rows.count('class="row"') == 2
    assert "Stokke" not in rows
    assert turid.get(f"/i-dag/sidan/?vis=done&t={stamp}").content.decode().count('class="row"') == 1
    assert "Since Wednesday:" in goes(turid, at(23, 14)), "all that day"
    assert "Since" not in goes(turid, at(24)), "and no longer"


def test_another_hats_visits_are_not_mine(turid, tun, goes):
    goes(turid, at(18))
    with open_scope(tun.municipality.id):
        Visit.objects.update(place="desk:membership:another")
    assert "Since" not in goes(turid, at(23))


@pytest.mark.parametrize("moment", ["", "x", "-1", "99999999999", "1e9"])
def test_a_moment_that_is_none_leads_to_the_desk(turid, moment):
    assert turid.get(f"/i-dag/sidan/?t={moment}").status_code == 302


def test_opening_it_again_writes_nothing_for_a_minute(turid, tun, goes):
    goes(turid, at(18))
    goes(turid, at(18) + dt.timedelta(seconds=30))
    with open_scope(tun.municipality.id):
        assert Visit.objects.get().last_at == at(18)
