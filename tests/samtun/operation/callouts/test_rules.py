"""Of those who may be asked: longest ago first, twice the missing hands; nobody twice in a week."""

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtun.operation.callouts.rules import RESTS, Able, has_rested, is_child, wave

TODAY = dt.date(2026, 11, 23)
days = st.dates(TODAY - dt.timedelta(days=60), TODAY + dt.timedelta(days=20))
able = st.builds(Able, id=st.uuids(), counts=st.integers(1, 20), last_asked_on=st.none() | days)


def one(**facts):
    return Able(id=uuid.uuid4(), **facts)


@pytest.mark.parametrize(
    ("last", "may"), [(None, True), (TODAY - RESTS, True), (TODAY - RESTS + dt.timedelta(days=1), False)]
)
def test_who_has_rested(last, may):
    assert has_rested(last, today=TODAY) is may


@pytest.mark.parametrize(("born", "child"), [(None, False), (2008, False), (2009, True)])
def test_who_is_known_to_be_a_child(born, child):
    assert is_child(born, today=TODAY) is child


def test_a_group_counts_as_its_hands():
    first, second = one(counts=12), one(counts=1, last_asked_on=TODAY - dt.timedelta(days=30))
    assert wave([second, first], missing=6) == [first]


@given(st.lists(able, max_size=30), st.integers(1, 20))
def test_a_wave_asks_the_fewest_of_those_who_rested_longest(people, missing):
    chosen = wave(people, missing=missing)
    left = [a for a in people if a not in chosen]
    if left:
        assert sum(a.counts for a in chosen) >= 2 * missing
        earliest = min((a.last_asked_on or dt.date.min) for a in left)
        assert all((a.last_asked_on or dt.date.min) <= earliest for a in chosen)
    if chosen:
        assert sum(a.counts for a in chosen[:-1]) < 2 * missing
