"""A slip of the hand in a date, or an old row with one, is answered with a sentence; what was typed stands."""

import datetime as dt

import pytest

from samtun.operation.activities.actions import yearly
from samtun.operation.activities.models import Activity
from samtun.operation.activities.rules import next_year
from tests.factories import programme
from tests.factories.programme import FRIDAY, activity, weekly, when
from tests.samtun.operation.activities.test_pages import written

FAR = dt.date(9999, 12, 31)
BEGUN = FRIDAY - dt.timedelta(days=21)


@pytest.mark.parametrize("day", ["9998-10-28", "9999-12-31", "0001-01-01", "1899-12-31", "2101-01-01"])
@pytest.mark.parametrize("field", ["starts_on_other", "until"])
def test_a_day_far_away_is_asked_about_and_nothing_typed_is_lost(page, client, open_as, field, day):
    client.cookies["samtun_language"] = "en"
    chosen = {"starts_on_pick": "other"} if field == "starts_on_other" else {"repeat": "weekly", "weekdays": ["4"]}
    sent = written(owner=str(page.centre.id), title="Basaren", **chosen, **{field: day})
    answer = open_as(page.viewer()).post("/program/ny/", sent)
    assert answer.status_code == 422
    assert "Write a year from 1900 to 2100." in answer.content.decode()
    assert 'value="Basaren"' in answer.content.decode()


def test_a_time_is_not_moved_to_the_last_day_there_is(page, scope, client, open_as):
    with scope():
        row = programme.times(activity(page))[0]
    sent = {
        "act": "move", "move-on_pick": "other", "move-on_other": FAR.isoformat(), "move-at": "20.00",
        "move-to": "02.00", "move-where": "Biblioteket",
    }  # fmt: skip
    assert open_as(page.viewer()).post(f"/program/gang/{row.id}/", sent).status_code == 422


def test_a_version_of_five_thousand_digits_is_none(page, scope, client, open_as):
    with scope():
        it = activity(page)
    sent = written(owner=str(page.centre.id), version="9" * 5_000, seen="x")
    answer = open_as(page.viewer()).post(f"/program/{it.id}/endre/", sent)
    assert answer.status_code in {200, 422}


def test_an_old_row_that_ends_at_the_end_of_time_is_pencilled_in_with_the_rest(page, scope, client, open_as):
    with scope():
        it = activity(page, weekly(starts_on=BEGUN, until=FRIDAY))
        Activity.objects.filter(id=it.id).update(until=FAR)
        it.refresh_from_db()
        assert yearly.again(activity=it, by=page.viewer(), at=page.now).until == FAR
        other = activity(page, when(starts_on=BEGUN), title="Basar")
        third = activity(page, weekly(starts_on=BEGUN, until=FRIDAY), title="Kor")
        Activity.objects.filter(id=third.id).update(until=FAR)
    centre = open_as(page.viewer())
    assert centre.get(f"/program/{it.id}/igjen/").status_code == 200
    centre.post("/program/aarshjul/", {"one": [str(other.id), str(third.id)]})
    with scope():
        assert Activity.objects.filter(year_of__in=[other, third]).count() == 2


@pytest.mark.parametrize(
    ("until", "then"),
    [(None, None), (dt.date(2026, 12, 24), dt.date(2027, 12, 23)), (dt.date(2100, 12, 1), dt.date(2100, 12, 31)),
     (FAR, FAR)],
)  # fmt: skip
def test_the_last_day_follows_to_the_end_of_our_time(until, then):
    day, last = next_year(BEGUN, until, today=FRIDAY)
    assert (day, last) == (BEGUN + dt.timedelta(days=364), then)
