"""How many must come: enough, too few, and what is changed about it afterwards (R48)."""

import datetime as dt

import pytest

from samtun.notifications.messages.models import Message
from samtun.operation.registrations.actions import minimum
from samtun.operation.registrations.models import Minimum
from samtun.work.todos.models import Todo
from tests.factories.registrations import signs_up, walk

HOUR = dt.timedelta(hours=1)


def held():
    return Message.objects.filter(notice="registrations.held")


@pytest.mark.rule("R48")
@pytest.mark.practice("lom")
def test_when_enough_are_coming_all_hear_it_once(tun):
    _it, time = walk(tun, least=3, closes_hours=24)
    signs_up(tun, time, "Anna Stokke", "Per Stokke", n=1)
    assert not held().exists()
    signs_up(tun, time, "Kari Vik", n=2)
    assert held().count() == 2
    signs_up(tun, time, "Liv Moe", n=3)
    assert held().count() == 2
    assert minimum.look_at_closed(by=tun.system(), at=time.starts_at - 20 * HOUR) == 0


@pytest.mark.rule("R48")
def test_when_too_few_are_coming_the_owner_chooses(tun):
    _it, time = walk(tun, least=3, closes_hours=24)
    signs_up(tun, time, n=1)
    late = time.starts_at - 20 * HOUR
    assert minimum.look_at_closed(by=tun.system(), at=time.starts_at - 30 * HOUR) == 0
    assert minimum.look_at_closed(by=tun.system(), at=late) == 1
    assert minimum.look_at_closed(by=tun.system(), at=late + HOUR) == 0
    due = Todo.objects.get(reason="too_few", done_at=None)
    assert (due.ref_id, due.owner_id) == (time.id, tun.centre.id)
    minimum.run_anyway(occurrence=time, by=tun.viewer(), at=late + HOUR)
    assert not Todo.objects.filter(reason="too_few", done_at=None).exists()
    assert held().count() == 1
    assert Minimum.objects.get().runs_anyway


@pytest.mark.rule("R48")
@pytest.mark.parametrize("after", [1, None])
def test_a_minimum_lowered_after_too_few_had_come_is_no_matter_for_the_desk_any_more(tun, after):
    it, time = walk(tun, least=3, closes_hours=24)
    signs_up(tun, time, n=1)
    late = time.starts_at - 20 * HOUR
    assert minimum.look_at_closed(by=tun.system(), at=late) == 1
    it.least = after
    it.save()
    assert minimum.look_at_closed(by=tun.system(), at=late + HOUR) == 0
    assert not Todo.objects.filter(reason="too_few", done_at=None).exists()
    assert minimum.look_at_closed(by=tun.system(), at=late + 2 * HOUR) == 0
    assert held().count() == 1, "told once"


@pytest.mark.rule("R48")
@pytest.mark.parametrize(("before", "after"), [(4, 2), (None, 2)])
def test_a_minimum_that_came_or_was_lowered_after_enough_had_signed_up_is_no_matter_for_the_desk(tun, before, after):
    it, time = walk(tun, least=before, closes_hours=24)
    signs_up(tun, time, "Anna Stokke", "Per Stokke", n=1)
    it.least = after
    it.save()
    assert minimum.look_at_closed(by=tun.system(), at=time.starts_at - 20 * HOUR) == 0
    assert not Todo.objects.filter(reason="too_few").exists()
    assert held().count() == 1
    assert Minimum.objects.get().is_reached
