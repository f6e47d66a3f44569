"""Who met people at the door is kept for a year and a half after the last time, and no longer."""

import datetime as dt

import pytest

from samtun.foundation.models import AuditEvent
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.operation.activities.actions import keeping, times, yearly
from samtun.operation.activities.models import Activity, Occurrence
from tests.factories import programme
from tests.factories.programme import FRIDAY, activity, weekly

pytestmark = pytest.mark.django_db
LATER = keeping.KEPT + dt.timedelta(days=10)


def forgotten(tun, at):
    return keeping.forget_the_door(by=Viewer.system(tun.centre.tenant_id), at=at)


def names():
    return list(Activity.objects.order_by("id").values_list("meets_name", "meets_phone", "made_by"))


def test_the_door_is_forgotten_a_year_and_a_half_after_the_last_time(tun):
    it = activity(tun, weekly(until=FRIDAY + dt.timedelta(weeks=8)))
    row = programme.times(it)[0]
    times.note_staff_host(occurrence=row, name="Turid", by=tun.viewer(tun.centre), at=tun.now)
    assert forgotten(tun, tun.now + LATER) == 0, "its last time is two months later than its first"
    assert Occurrence.objects.get(id=row.id).staff_host == "", "and who of the staff was there goes time by time"
    assert [one.words for one in AuditEvent.objects.filter(act="activities.forget")] == [{"number": 0, "hosts": 1}]
    assert names()[0][0] == "Marit"
    assert forgotten(tun, tun.now + LATER + dt.timedelta(weeks=8)) == 1
    assert names() == [("", "", "")]
    assert forgotten(tun, tun.now + LATER + dt.timedelta(weeks=8)) == 0


def test_what_still_goes_on_keeps_who_meets_people(tun):
    activity(tun, weekly(until=None))
    assert forgotten(tun, tun.now + dt.timedelta(days=400)) == 0


def test_last_years_feast_is_made_anew_and_an_older_one_says_that_nobody_is_kept(tun):
    feast = activity(tun)
    year = tun.now + dt.timedelta(days=370)
    assert forgotten(tun, year) == 0
    again = yearly.again(activity=feast, by=tun.viewer(tun.centre), at=year)
    assert again.meets_name == "Marit"
    forgotten(tun, tun.now + LATER)
    feast.refresh_from_db()
    with pytest.raises(yearly.NobodyAtTheDoor):
        yearly.again(activity=feast, by=tun.viewer(tun.centre), at=tun.now + LATER)


def test_only_the_system_forgets(tun):
    with pytest.raises(NotYours):
        keeping.forget_the_door(by=tun.viewer(tun.centre), at=tun.now)
