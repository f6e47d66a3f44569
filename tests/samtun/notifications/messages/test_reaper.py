"""What a crash leaves behind is found again, once, and by one reaper only."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from samtun.kernel.ids import uuid7
from samtun.notifications.messages import actions
from samtun.notifications.messages.models import Message


@pytest.fixture
def put(municipality, owner, room, people, system):
    def queue(*, at=None, **person):
        with open_scope(municipality.id):
            return actions.queue(
                notice=room.trial.TrialAsk, ref_kind="trial", ref_id=uuid7(), to=people.add(**person),
                owner=owner.id, by=system, at=at or clock.now(),
            )  # fmt: skip

    return queue


def change(municipality, message, **what):
    with open_scope(municipality.id):
        Message.objects.filter(id=message.id).update(**what)


def jobs_of(message):
    return ProcrastinateJob.objects.filter(args__message_id=str(message.id)).count()


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def lose_jobs():
    sql("DELETE FROM procrastinate_jobs")


def test_a_message_whose_job_is_lost_gets_a_new_one_once(put, municipality, now):
    message, later = put(at=now), put(at=now)
    change(municipality, later, not_before=now + dt.timedelta(hours=5))
    lose_jobs()
    with open_scope(municipality.id):
        assert actions.recover(at=now).messages == 0, "not before it is surely late"
        at = now + dt.timedelta(minutes=1)
        assert actions.recover(at=at).messages == 1
        assert actions.recover(at=at).messages == 0
    assert (jobs_of(message), jobs_of(later)) == (1, 0)


@pytest.mark.parametrize(("seconds", "found"), [(10, 0), (100, 1)])
def test_a_message_whose_lease_is_long_over_gets_a_new_job(put, municipality, now, seconds, found):
    message = put(at=now)
    lose_jobs()
    change(municipality, message, state="sending", attempt=1, lease_until=now)
    with open_scope(municipality.id):
        assert actions.recover(at=now + dt.timedelta(seconds=seconds)).messages == found


def test_a_message_with_a_living_job_is_left_to_it(put, municipality, now):
    message = put(at=now)
    with open_scope(municipality.id):
        assert actions.recover(at=now + dt.timedelta(hours=1)).messages == 0
    assert jobs_of(message) == 1


def test_calls_and_letters_that_no_longer_apply_leave_the_lists(put, municipality, now, room):
    over, late = put(at=now, channel="call"), put(at=now, channel="letter", address="Vegen 1")
    fine = put(at=now + dt.timedelta(days=3), channel="call")
    room.trial.Facts.gone.add(over.ref_id)
    with open_scope(municipality.id):
        assert actions.recover(at=now + dt.timedelta(days=4)).ended == 2
        states = {m.id: (m.state, m.fault) for m in Message.objects.all()}
    assert states[over.id] == ("cancelled", "over")
    assert states[late.id] == ("failed", "too_late")
    assert states[fine.id] == ("pending", "")


def dead_worker(message, *, silent_for):
    (worker,) = sql(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second') RETURNING id",
        silent_for,
    )[0]
    sql("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", worker)


@pytest.mark.parametrize(("silent_for", "status"), [(30, "doing"), (90, "todo")])
def test_jobs_of_a_worker_whose_heart_is_still_go_back_into_the_queue(put, municipality, silent_for, status):
    message = put()
    dead_worker(message, silent_for=silent_for)
    out = StringIO()
    call_command("reap", "--once", stdout=out)
    assert ProcrastinateJob.objects.get(args__message_id=str(message.id)).status == status
    assert "Put back" in out.getvalue()


def test_a_pass_goes_through_all_municipalities(put, municipality, neighbour, owner_of, now):
    message = put(at=now)
    lose_jobs()
    done = actions.reap(clock=lambda: now + dt.timedelta(minutes=5))
    assert (done.messages, jobs_of(message)) == (1, 1)


def test_while_another_reaper_works_this_one_waits(put, municipality, login_as, transactional_db):
    from samtun.foundation.locks import _key

    with login_as("app") as other:
        other.execute("SELECT pg_advisory_lock(%s)", [_key("reaper")])
        assert actions.reap(clock=clock.now) is None
        other.execute("SELECT pg_advisory_unlock(%s)", [_key("reaper")])
    assert actions.reap(clock=clock.now) is not None
