"""Jobs: part of the transaction that asks for them, known by name, bound when deferred."""

import datetime as dt

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from samtun.foundation.jobs import UnknownJob, app, defer, known_jobs
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_tenant, open_scope
from samtun.kernel import clock
from samtun.kernel.ids import uuid7

JOB = "foundation.deliver_event"


def waiting():
    return list(ProcrastinateJob.objects.filter(task_name=JOB).order_by("id"))


def test_a_job_carries_ids_and_its_municipality(in_municipality):
    event = uuid7()
    defer(JOB, event_id=event, receiver="x")
    assert [j.args for j in waiting()] == [{"tenant": str(in_municipality.id), "event_id": str(event), "receiver": "x"}]


def test_a_rollback_takes_the_job_along(in_municipality):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        defer(JOB, event_id=uuid7(), receiver="x")
        assert len(waiting()) == 1, "control: it was there"
        1 / 0  # noqa: B018 -- anything that fails
    assert waiting() == []


def test_an_unknown_name_is_refused(in_municipality):
    with pytest.raises(UnknownJob, match=r"foundation\.deliver_evnt"):
        defer("foundation.deliver_evnt", event_id=uuid7(), receiver="x")


def test_a_misspelt_argument_is_refused_when_deferred(in_municipality):
    with pytest.raises(TypeError, match="evnt_id"):
        defer(JOB, evnt_id=uuid7(), receiver="x")
    with pytest.raises(TypeError, match="event_id"):
        defer(JOB, receiver="x")
    assert waiting() == []


def test_a_job_may_wait(in_municipality, now):
    before = clock.now()
    defer(JOB, event_id=uuid7(), receiver="x", schedule_in=3600)
    assert waiting()[0].scheduled_at >= before + dt.timedelta(minutes=59)


def test_a_job_runs_in_the_scope_of_its_municipality(municipality, neighbour):
    from samtun.foundation import jobs

    seen = []

    @jobs.job("test.look")
    def look(*, owner_id, **_later):
        seen.append((current_tenant(), Owner.objects.filter(id=owner_id).count()))

    try:
        with open_scope(municipality.id):
            owner = Owner.objects.create(kind="centre", name="Sentralen")
        run = app.tasks["test.look"].func
        run(tenant=str(municipality.id), owner_id=str(owner.id))
        run(tenant=str(neighbour.id), owner_id=str(owner.id), later="an argument of a newer release")
        assert seen == [(municipality.id, 1), (neighbour.id, 0)]
    finally:
        jobs._signatures.pop("test.look")
        app.tasks.pop("test.look")


def test_every_declared_job_is_known_to_the_worker():
    assert set(known_jobs()) <= set(app.tasks)
