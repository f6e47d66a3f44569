"""Rate limits: counted per what and who in a window, and nothing about who is kept in the clear."""

import datetime as dt

import pytest

from samtun.foundation.limits import TooManyTries, count_try, limit
from samtun.foundation.models import Counter


def test_tries_are_counted_in_a_window_and_forgotten_after(db, now):
    assert [count_try("login", "kari", at=now) for _ in range(3)] == [1, 2, 3]
    assert count_try("login", "ola", at=now) == 1
    assert count_try("code", "kari", at=now) == 1
    assert count_try("login", "kari", at=now + dt.timedelta(seconds=900)) == 1


def test_one_too_many_is_refused_with_what_to_do(db, now):
    for _ in range(5):
        limit("login", "kari", at=now, most=5)
    with pytest.raises(TooManyTries, match="Wait a quarter of an hour"):
        limit("login", "kari", at=now, most=5)
    limit("login", "kari", at=now + dt.timedelta(minutes=15), most=5)


def test_the_table_does_not_say_who(db, now):
    count_try("login", "+4790000001", at=now)
    assert [row.key for row in Counter.objects.all() if "9000" in row.key] == []
