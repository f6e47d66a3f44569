"""Events: written with the act, received at least once, acted on once."""

import dataclasses
from typing import ClassVar

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from samtun.foundation import events
from samtun.foundation.models import EventDelivery, EventRow
from samtun.kernel.ids import uuid7


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StepsCleared(events.Event):
    name: ClassVar[str] = "test.steps_cleared"
    request: object


@pytest.fixture
def heard():
    """What two receivers have heard: one as a job, one in the act's transaction."""
    got = {"later": [], "at_once": []}

    @events.receives(StepsCleared)
    def later(payload, at):
        got["later"].append(payload["request"])
        if got.get("fails"):
            got["fails"] -= 1
            raise RuntimeError("away for a moment")

    @events.receives(StepsCleared, same_transaction=True)
    def at_once(payload, at):
        got["at_once"].append(payload["request"])

    yield got
    events._receivers.pop(StepsCleared.name)


def jobs():
    return [j.args for j in ProcrastinateJob.objects.filter(task_name="foundation.deliver_event").order_by("id")]


def deliver(job):
    return events.deliver(job["event_id"], job["receiver"])


def test_an_event_reaches_each_receiver(in_municipality, now, heard):
    request = uuid7()
    events.publish(StepsCleared(request=request), at=now)
    assert heard["at_once"] == [str(request)]
    assert heard["later"] == [], "it waits for the worker"
    assert [deliver(job) for job in jobs()] == [True]
    assert heard["later"] == [str(request)]


def test_given_twice_it_acts_once(in_municipality, now, heard):
    events.publish(StepsCleared(request=uuid7()), at=now)
    job = jobs()[0]
    assert [deliver(job), deliver(job), deliver(job)] == [True, False, False]
    assert len(heard["later"]) == 1
    assert EventDelivery.objects.count() == 1


def test_a_failed_receiver_is_given_it_again(in_municipality, now, heard):
    heard["fails"] = 1
    events.publish(StepsCleared(request=uuid7()), at=now)
    job = jobs()[0]
    with pytest.raises(RuntimeError):
        deliver(job)
    assert EventDelivery.objects.count() == 0, "a failure leaves no mark that it was done"
    assert deliver(job) is True
    assert len(heard["later"]) == 2


def test_a_rollback_takes_event_and_job_along(in_municipality, now, heard):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        events.publish(StepsCleared(request=uuid7()), at=now)
        assert (EventRow.objects.count(), len(jobs())) == (1, 1), "control: they were there"
        1 / 0  # noqa: B018 -- anything that fails
    assert (EventRow.objects.count(), jobs()) == (0, [])


def test_a_receiver_that_must_hold_at_once_can_stop_the_act(in_municipality, now):
    @events.receives(StepsCleared, same_transaction=True)
    def full(payload, at):
        raise ValueError("no seat left")

    try:
        with pytest.raises(ValueError, match="no seat"), transaction.atomic():
            events.publish(StepsCleared(request=uuid7()), at=now)
        assert EventRow.objects.count() == 0
    finally:
        events._receivers.pop(StepsCleared.name)
