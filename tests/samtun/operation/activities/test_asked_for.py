"""Where the owner of a hall answers first: what nobody has answered is let go, whoever acts."""

import datetime as dt
import uuid

import pytest

from samtun.foundation.viewer import Hat, Role, Viewer
from samtun.operation.activities.actions import making, times
from samtun.operation.lending.models import Booking, BookingStep
from tests.factories import programme
from tests.factories.lending import a_hall, booked, speaker
from tests.factories.programme import FRIDAY, told, when

pytestmark = [pytest.mark.django_db, pytest.mark.practice("nissedal")]
WEEK = dt.timedelta(weeks=1)
LINK = Hat("link", Role.ORGANISATION_REPRESENTATIVE, "by link")


def written(tun, hall, when_=None, by=None):
    """An activity of the association's, and the hall asked for."""
    return making.write(
        owner=tun.other, told=told(when_ or when()), sent_key=uuid.uuid4(), by=by or speaker(tun, tun.other),
        at=tun.now, things=[hall],
    )  # fmt: skip


def move(tun, it, by):
    row = programme.times(it)[0]
    return times.move(
        occurrence=row, on=FRIDAY + WEEK, starts=row.at, ends=row.to, place=None, where=row.where, note="", by=by,
        at=tun.now,
    )  # fmt: skip


@pytest.fixture
def theirs(tun):
    """A hall of the council's, which answers each one."""
    return a_hall(tun, owner=tun.council)


def wait(tun, hall):
    """Another has the evening, and it is waited for."""
    booked(tun, hall, owner=tun.council)
    key = Booking.objects.get(for_owner=tun.other, state="asked").id
    Booking.objects.filter(id=key).update(state="waiting")


@pytest.mark.parametrize("waits", [False, True])
@pytest.mark.parametrize("act", ["end", "another_day", "move", "call_off", "storm", "answer"])
def test_what_nobody_has_answered_or_is_waited_for_is_simply_let_go(tun, theirs, act, waits):
    it = written(tun, theirs)
    if waits:
        wait(tun, theirs)
    old, row = Booking.objects.get(for_owner=tun.other), programme.times(it)[0]
    by = tun.viewer(tun.centre)
    it.refresh_from_db()
    if act == "end":
        making.end(activity=it, by=by, at=tun.now)
    elif act == "another_day":
        another = when(starts_on=FRIDAY + WEEK)
        making.change(activity=it, told=told(another), version=it.version, by=by, at=tun.now)
    elif act == "move":
        move(tun, it, by)
    elif act == "call_off":
        times.call_off(occurrence=row, because="Storm", by=by, at=tun.now)
    elif act == "storm":
        times.call_off_many(occurrences=[row.id], because="Storm", by=by, at=tun.now)
    else:
        row.asked_because = "Storm"
        row.save(update_fields=["asked_because"])
        who = Viewer(by.tenant, LINK, via="link")
        times.answer_whether_held(occurrence=row, is_held=False, by=who, at=tun.now)
    old.refresh_from_db()
    assert (old.state, list(BookingStep.objects.filter(booking=old, kind="cancelled").values_list("words"))) == (
        "cancelled", [("",)],
    )  # fmt: skip
