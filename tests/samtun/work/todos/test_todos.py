"""What is due: one row a thing and reason, the earliest date, behind the owner's wall."""

import datetime as dt

import pytest

from samtun.foundation.viewer import Permission
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.operation.help_requests.models import HelpRequest
from samtun.work.todos.actions import close_todos, open_todo
from samtun.work.todos.models import Todo
from samtun.work.todos.queries import count_due, due_for

pytestmark = pytest.mark.django_db
HANDLE = Permission.HANDLE_REQUESTS


def opened(tun, *, ref, reason="find_someone", owner=None, hours=1):
    return open_todo(
        ref=ref, reason=reason, about="", due=tun.now + dt.timedelta(hours=hours), owner=(owner or tun.centre).id,
        audience=HANDLE, at=tun.now,
    )  # fmt: skip


def test_the_same_thing_stands_once_with_the_earlier_date(tun):
    ref = Ref("help_request", uuid7())
    first = opened(tun, ref=ref, hours=5)
    again = opened(tun, ref=ref, hours=2)
    later = opened(tun, ref=ref, hours=9)
    assert first.id == again.id == later.id
    assert Todo.objects.get().due == tun.now + dt.timedelta(hours=2)


def test_earliest_first_and_late_ones_say_so(tun):
    late, soon = Ref("help_request", uuid7()), Ref("help_request", uuid7())
    opened(tun, ref=soon, hours=2)
    opened(tun, ref=late, hours=-2)
    assert [(line.ref, line.is_late) for line in due_for(tun.viewer(), at=tun.now)] == [(late, True), (soon, False)]


def test_nobody_sees_another_owners(tun):
    theirs, ours = Ref("help_request", uuid7()), Ref("help_request", uuid7())
    opened(tun, ref=theirs, owner=tun.other)
    opened(tun, ref=ours)
    assert [line.ref for line in due_for(tun.viewer(), at=tun.now)] == [ours]
    assert [line.ref for line in due_for(tun.viewer(tun.other), at=tun.now)] == [theirs]
    assert count_due(tun.viewer(tun.council)) == 0


def test_closing_by_reason_leaves_the_others(tun):
    ref = Ref("help_request", uuid7())
    opened(tun, ref=ref)
    opened(tun, ref=ref, reason="ring_me")
    assert close_todos(ref=ref, by=tun.viewer(), at=tun.now, reasons=("find_someone",)) == 1
    assert [line.reason for line in due_for(tun.viewer(), at=tun.now)] == ["ring_me"]
    assert Todo.objects.get(reason="find_someone").done_by == "Turid Myklebust"


def test_a_wish_says_its_kind_in_the_municipalitys_language_and_no_name(tun):
    tun.municipality.language = "nn"
    tun.municipality.save(update_fields=["language"])
    tun.snow.name = {"nb": "Måke snø", "nn": "Moke snø"}
    tun.snow.save(update_fields=["name"])
    request = HelpRequest.objects.get(id=tun.request(on=tun.now.date() + dt.timedelta(days=2)).id)
    (line,) = due_for(tun.viewer(), at=tun.now)
    assert line.about.startswith("Moke snø · AS")
    assert request.recipient.family_name not in line.about
