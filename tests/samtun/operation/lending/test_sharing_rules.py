"""The rule by which fixed times are shared out: fair, the same every time, and nobody passed over."""

import datetime as dt
import uuid
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtun.operation.lending.enums import Why
from samtun.operation.lending.rules import Terrain, Weekly, Wisher, days_within, explained, share_out, why_not

OPENS, CLOSES = 16, 22


def club(number, minutes, *wishes, **more):
    return Wisher(uuid.UUID(int=number), minutes, wishes, **more)


def mon(first, last, day=0):
    return Weekly(day, dt.time(first), dt.time(last))


@st.composite
def weekly(draw):
    start = draw(st.integers(0, (CLOSES - OPENS) * 2 - 1))
    length = draw(st.integers(1, min(6, (CLOSES - OPENS) * 2 - start)))
    clock = [dt.time(OPENS + half // 2, half % 2 * 30) for half in (start, start + length)]
    return Weekly(draw(st.integers(0, 2)), *clock)


@st.composite
def wishers(draw):
    found = []
    for number in range(draw(st.integers(1, 7))):
        wishes = tuple(draw(st.lists(weekly(), min_size=1, max_size=3, unique_by=lambda w: (w.weekday, w.starts))))
        least = max(wish.minutes for wish in wishes)
        minutes = draw(st.integers(least, least + 180))
        found.append(club(number, minutes, *wishes, for_children=draw(st.booleans()), lacked=draw(st.integers(0, 9))))
    return found


terrains = st.builds(
    Terrain, gap=st.sampled_from([0, 15, 30]), busy=st.lists(weekly(), max_size=2).map(tuple),
    lot=st.integers(0, 9), children_first=st.booleans(),
)  # fmt: skip


@given(wishers(), terrains)
def test_nobody_has_a_time_that_another_has_and_all_is_wished_for(everyone, terrain):
    given_ = share_out(everyone, terrain)
    times = [time for mine in given_.values() for time in mine]
    assert not any(one.over(other, terrain.gap) for one, other in combinations(times, 2))
    assert not any(time.over(other, terrain.gap) for time in times for other in terrain.busy)
    for one in everyone:
        assert set(given_[one.key]) <= set(one.wishes)
        assert sum(time.minutes for time in given_[one.key]) <= one.minutes
        assert all(time.starts.hour >= OPENS and time.ends <= dt.time(CLOSES) for time in given_[one.key])


@given(wishers(), terrains)
def test_nobody_gets_a_worse_wish_or_none_while_a_better_is_free(everyone, terrain):
    given_ = share_out(everyone, terrain)
    for one in everyone:
        for wish in one.wishes:
            if wish not in given_[one.key]:
                assert why_not(one, wish, given_, terrain) in {Why.BUSY, Why.OTHER, Why.ENOUGH}
        for rank, wish in enumerate(one.wishes):
            better = {key: mine if key != one.key else () for key, mine in given_.items()}
            if wish in given_[one.key]:
                before = [w for w in one.wishes[:rank] if w in given_[one.key]]
                for passed in one.wishes[:rank]:
                    better[one.key] = before
                    assert passed in before or why_not(one, passed, better, terrain) is not None


@given(wishers(), terrains, st.randoms(use_true_random=False))
def test_the_same_wishes_give_the_same_in_whatever_order_they_came(everyone, terrain, chance):
    mixed = list(everyone)
    chance.shuffle(mixed)
    assert share_out(mixed, terrain) == share_out(everyone, terrain)


@given(wishers(), terrains)
def test_every_wish_has_a_reason(everyone, terrain):
    given_ = share_out(everyone, terrain)
    for one in everyone:
        whys = explained(one, given_, terrain)
        assert Why.PERSON not in whys
        assert [why == Why.GOT for why in whys] == [wish in given_[one.key] for wish in one.wishes]


@pytest.mark.practice("nissedal")
@pytest.mark.rule("R42")
def test_who_has_fewest_minutes_is_next_then_who_lacked_most_then_the_lot():
    one, two = club(1, 180, mon(18, 20), mon(20, 21)), club(2, 180, mon(18, 20), mon(20, 21))
    lots = {Weekly: None}
    for lot in range(10):
        shared = share_out([one, two], Terrain(lot=lot))
        assert sorted(len(mine) for mine in shared.values()) == [1, 1], "one has the long, the other the short"
        lots[lot] = shared[one.key]
    assert len({value for key, value in lots.items() if isinstance(key, int)}) == 2, "the lot falls either way"
    lacked = club(2, 180, mon(18, 20), mon(20, 21), lacked=90)
    assert all(share_out([one, lacked], Terrain(lot=lot))[lacked.key] == (mon(18, 20),) for lot in range(10))


def test_children_go_first_only_where_it_is_chosen():
    young, old = club(1, 60, mon(18, 19), for_children=True), club(2, 60, mon(18, 19), lacked=500)
    assert share_out([young, old], Terrain())[old.key] == (mon(18, 19),)
    assert share_out([young, old], Terrain(children_first=True))[young.key] == (mon(18, 19),)


def test_the_reasons_say_how_it_went_after_a_person_has_changed_it():
    one, two = club(1, 60, mon(18, 19), mon(20, 21)), club(2, 60, mon(18, 19))
    given_ = {one.key: (), two.key: (mon(18, 19),)}
    assert explained(one, given_, Terrain()) == (Why.OTHER, Why.PERSON)
    assert explained(one, given_, Terrain(busy=(mon(20, 22),))) == (Why.OTHER, Why.BUSY)


def test_cleaning_between_two_is_counted_both_ways():
    assert mon(18, 19).over(mon(19, 20), 15)
    assert mon(19, 20).over(mon(18, 19), 15)
    assert not mon(18, 19).over(mon(19, 20))
    assert not mon(18, 19).over(mon(18, 19, day=1), 15)


def test_dates_of_a_season_are_those_of_the_weekday_and_none_that_is_left_out():
    first, last = dt.date(2027, 1, 4), dt.date(2027, 1, 25)
    assert days_within(first, last, 0, without=[dt.date(2027, 1, 11)]) == [first, dt.date(2027, 1, 18), last]
    assert days_within(first, first, 3) == []
