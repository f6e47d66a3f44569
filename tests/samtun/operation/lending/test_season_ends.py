"""What becomes of a season nobody decides, of one whose owner leaves, and of a club's wishes when the club leaves."""

import datetime as dt

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from samtun.foundation.models import AuditEvent
from samtun.foundation.recipients import Recipient
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.lending.actions import leaving, season
from samtun.operation.lending.enums import SeasonState
from samtun.operation.lending.models import Booking, Lendable, Season, SeasonTime
from samtun.operation.lending.notices import SeasonTold
from samtun.work.todos.models import Todo
from tests.factories.lending import LATER, a_season, at_hour, booked, speaker, wished

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R113")]
YEAR_AFTER = dt.datetime(2028, 4, 1, tzinfo=dt.UTC)
EARLY, LATE = at_hour(0, 18, 20), at_hour(0, 20, 22)


@pytest.fixture
def spring(tun, hall):
    return a_season(tun, hall)


@pytest.mark.parametrize("state", ["open", "proposed", "decided", "cancelled"])
def test_who_wished_is_erased_a_year_after_whatever_became_of_it(tun, spring, state):
    kari = tun.person("Kari", "Lie", "+4790000444")
    club = wished(tun, spring, tun.other, EARLY, person=kari)
    late = {"by": speaker(tun), "at": tun.now + LATER}
    if state in {"proposed", "decided"}:
        season.propose(season=spring, **late)
    if state == "decided":
        season.decide(season=spring, version=Season.objects.get().version, **late)
    elif state == "cancelled":
        season.cancel_season(season=spring, words="Golvet skal skiftast.", **late)
    job = ProcrastinateJob.objects.get(task_name="lending.erase_season")
    assert job.args["season_id"] == str(spring.id)
    assert season.erase_season(season=spring, by=Viewer.system(tun.centre.tenant_id), at=YEAR_AFTER)
    club.refresh_from_db()
    assert (club.contact, Season.objects.get().state) == (None, state)
    assert Season.objects.get().erased_at == YEAR_AFTER


def test_when_the_owner_leaves_the_season_is_called_off_and_who_wished_hears_it(tun, hall, spring):
    kari = tun.person("Kari", "Lie", "+4790000444", owner=tun.other)
    club = wished(tun, spring, tun.other, EARLY, person=kari)
    season.propose(season=spring, by=speaker(tun), at=tun.now + LATER)
    leaving.owner_left(owner=tun.centre, words="Sentralen er lagd ned", by=tun.system(), at=tun.now + LATER)
    spring.refresh_from_db()
    assert (spring.state, spring.answer) == (SeasonState.CANCELLED, "Sentralen er lagd ned")
    assert not Todo.objects.filter(reason="season_proposed", done_at=None).exists()
    assert Message.objects.get(notice="lending.season").to_person == kari.id
    facts = SeasonTold().facts(club.id, Recipient(person=kari.id, name="X", channel="sms", language="nn"))
    assert (facts["kind"], facts["words"]) == ("cancelled", "Sentralen er lagd ned")
    acts = AuditEvent.objects.filter(act__in=["lending.season_cancel", "lending.put_away"]).order_by("act")
    assert [(event.act, event.ref_id) for event in acts] == [
        ("lending.put_away", hall.id), ("lending.season_cancel", spring.id)
    ]  # fmt: skip
    assert not Lendable.objects.get().is_offered


def test_a_club_that_leaves_is_given_no_time(tun, spring):
    wished(tun, spring, tun.other, EARLY)
    wished(tun, spring, tun.council, LATE)
    late = {"by": speaker(tun), "at": tun.now + LATER}
    season.propose(season=spring, **late)
    leaving.owner_left(owner=tun.other, words="Laget er lagt ned", by=tun.system(), at=tun.now + LATER)
    assert list(SeasonTime.objects.values_list("club__for_owner", flat=True).distinct()) == [tun.council.id]
    season.decide(season=spring, version=Season.objects.get().version, **late)
    assert set(Booking.objects.values_list("for_owner", flat=True)) == {tun.council.id}


def test_the_system_decides_nothing_for_an_owner_it_does_not_stand_for(tun, spring):
    nobody, late = Viewer.system(tun.centre.tenant_id), tun.now + LATER
    assert season.propose_when_ready(season=spring, by=nobody, at=late)
    for act in (
        lambda: season.decide(season=spring, version=Season.objects.get().version, by=nobody, at=late),
        lambda: season.cancel_season(season=spring, words="Nei", by=nobody, at=late),
        lambda: wished(tun, spring, tun.other, EARLY, by=nobody),
        lambda: booked(tun, spring.lendable, by=nobody),
    ):
        with pytest.raises(NotYours):
            act()
