"""What somebody sees of what they have signed up for, on their own page."""

import datetime as dt

from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.models import Registration
from samtun.operation.registrations.queries import mine, time_been
from samtun.people.persons.actions import merge_persons
from samtun.people.persons.models import Person
from tests.bench.measure import listening
from tests.factories import programme
from tests.factories.desk import oneself
from tests.factories.registrations import signs_up, walk


def test_the_next_of_each_is_found_at_once_and_what_has_been_takes_no_place(tun):
    anna, day = tun.person("Anna", "Stokke", "+4790000001", phone_kind="mobile"), tun.now.date()
    _it, friday = walk(tun)
    signs_up(tun, friday, contact=anna)
    for n in range(3):
        later = programme.weekly(starts_on=programme.FRIDAY + dt.timedelta(days=n), weekdays=(4 + n,))
        _it, first = walk(tun, when_=later, sign_up="period")
        signs_up(tun, first, contact=anna, n=n)
        with listening() as asked:
            rows = mine(oneself(anna), on=day)
        assert len(asked.statements) == 3, "who one is, what one has, the next times"
    assert [time.on.day for _row, time, _path in rows] == [27, 27, 28, 29]
    after = mine(oneself(anna), on=programme.FRIDAY + dt.timedelta(days=1))
    assert [(row.occurrence_id, time.on.day) for row, time, _path in after] == [(None, 28), (None, 29), (None, 4)]
    assert mine(oneself(tun.person("Berit", "Moen", "+4790000002")), on=day) == []


def test_what_was_last_held_is_not_what_was_taken_out(tun):
    it, first = walk(tun, when_=programme.weekly(), sign_up="period")
    (row,) = signs_up(tun, first)
    second = programme.times(it)[1]
    assert time_been(row, at=second.ends_at).id == second.id
    Occurrence.objects.filter(id=second.id).update(state="dropped")
    assert time_been(row, at=second.ends_at).id == first.id
    assert time_been(row, at=first.starts_at - dt.timedelta(minutes=1)) is None


def test_who_moves_into_one_row_keeps_what_they_signed_up_for(tun):
    _it, time = walk(tun)
    row = signs_up(tun, time)[0]
    kept = tun.person("Anna", "Stokke-Vik", "+4790000777")
    other = Person.objects.get(id=row.contact_id)
    merge_persons(kept=kept, other=other, take=(), owner=tun.centre, by=tun.system(), at=tun.now)
    assert Registration.objects.get(id=row.id).contact_id == kept.id
