"""Fixtures of people and access."""

import uuid

import pytest

from tests.samtun.people.login import Clock


@pytest.fixture
def clock(monkeypatch):
    """The house's clock, standing still."""
    standing = Clock()
    monkeypatch.setattr("samtun.kernel.clock.now", standing)
    return standing


@pytest.fixture
def queued(monkeypatch):
    """What was put into the outbox: the keyword arguments of each call."""
    calls = []
    for name in ("codes.queue", "accounts.queue_to_address"):
        monkeypatch.setattr(f"samtun.people.accounts.actions.{name}", lambda **given: calls.append(given))
    return calls


@pytest.fixture
def run_jobs(clock):
    """Do what was deferred about login codes, as the worker would; returns how many jobs there were."""

    def run(municipality):
        from procrastinate.contrib.django.models import ProcrastinateJob

        from samtun.foundation.scope import open_scope
        from samtun.people.accounts.actions import send_code

        done = getattr(run, "done", set())
        fresh = [
            job for job in ProcrastinateJob.objects.filter(task_name="people_accounts.send_code") if job.id not in done
        ]
        for job in fresh:
            with open_scope(municipality.id):
                send_code(code=uuid.UUID(job.args["code_id"]), at=clock())
        run.done = done | {job.id for job in fresh}
        return len(fresh)

    return run


@pytest.fixture
def client_of():
    """Make browsers: each call gives another one, with no cookies."""
    from django.test import Client

    return Client
