"""The chain over audit events: whatever is done to the past is seen, and the application cannot do it."""

import datetime as dt
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from samtun.foundation import audit
from samtun.foundation.management.commands import seal as command
from samtun.foundation.models import AuditEvent, AuditSeal
from samtun.foundation.scope import open_scope
from samtun.foundation.sealing import Fault, head_now, seal, verify
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref


def write(municipality, at, *, count=5):
    """Audit events, written as the application."""
    viewer = Viewer.system(municipality.id)
    return [
        audit.record("help_requests.done", Ref("help_request", uuid7()), by=viewer, at=at, title=f"Snø {n}")
        for n in range(count)
    ]


@pytest.fixture
def as_role(db):
    """Run as another role of the database, and be the application again after."""
    from tests.conftest import _login

    def become(role):
        _login(role)

    yield become
    _login("app")


@pytest.fixture
def sealed(transactional_db, municipality, now, as_role):
    """Five events, sealed by the sealer's own login; returns their keys."""
    with open_scope(municipality.id):
        events = [e.id for e in write(municipality, now)]
    as_role("sealer")
    with open_scope(municipality.id):
        assert seal(now) == 5
    as_role("owner")
    return events


def faults(municipality, anchors=None):
    with open_scope(municipality.id):
        return verify(anchors)


def change(municipality, sql, *values):
    """Do something to the past, as the tables' owner would have to."""
    with open_scope(municipality.id), connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount > 0


def test_a_chain_is_whole_and_grows(sealed, municipality, now, as_role):
    assert faults(municipality) == []
    as_role("app")
    with open_scope(municipality.id):
        write(municipality, now, count=2)
    as_role("sealer")
    with open_scope(municipality.id):
        assert seal(now) == 2
        assert seal(now) == 0
        assert head_now()[0] == 7
    assert faults(municipality) == []


def test_a_wall_time_verifies_as_well(transactional_db, municipality, now, as_role):
    """The database gives moments back in UTC, whatever they were written in."""
    with open_scope(municipality.id):
        write(municipality, now.astimezone(ZoneInfo("Europe/Oslo")))
    as_role("sealer")
    with open_scope(municipality.id):
        seal(now)
    assert faults(municipality) == []


def test_changed_words_are_seen(sealed, municipality):
    change(municipality, 'UPDATE foundation_auditevent SET words = \'{"title": "X"}\' WHERE id = %s', sealed[2])
    assert faults(municipality) == [Fault(3, "the event was changed")]


def test_a_changed_actor_with_a_fitting_digest_is_seen(sealed, municipality):
    """Who knows how digests are made can make one that fits the new words; the chain does not follow."""
    with open_scope(municipality.id):
        event = AuditEvent.objects.get(id=sealed[1])
        event.actor = "Someone else"
        event.digest = audit.digest(event)
        event.save()
    assert faults(municipality) == [Fault(2, "the event was changed")]


def test_a_deleted_event_is_seen(sealed, municipality):
    change(municipality, "DELETE FROM foundation_auditevent WHERE id = %s", sealed[3])
    assert faults(municipality) == [Fault(4, "the event is gone")]


def test_a_deleted_link_is_seen(sealed, municipality):
    change(municipality, "DELETE FROM foundation_auditseal WHERE seq = 3")
    assert [f.what for f in faults(municipality)] == ["a link is missing", "the event was changed"]


def test_an_inserted_link_is_seen(sealed, municipality, now):
    with open_scope(municipality.id):
        AuditSeal.objects.filter(seq__gte=3).update(seq=models_plus_ten())
        event = write(municipality, now, count=1)[0]
        AuditSeal.objects.create(seq=3, event=event.id, head=b"\x01" * 32, sealed_at=now)
        for seq in (13, 14, 15):
            AuditSeal.objects.filter(seq=seq).update(seq=seq - 9)
    assert Fault(3, "the event was changed") in faults(municipality)


def models_plus_ten():
    from django.db.models import F

    return F("seq") + 10


def test_reordering_is_seen(sealed, municipality):
    with open_scope(municipality.id):
        for old, new in ((2, 90), (3, 2), (90, 3)):
            AuditSeal.objects.filter(seq=old).update(seq=new)
    assert {f.seq for f in faults(municipality)} >= {2, 3}


def test_a_cut_tail_is_seen_against_an_anchor_only(sealed, municipality):
    with open_scope(municipality.id):
        anchor = dict([head_now()])
    change(municipality, "DELETE FROM foundation_auditseal WHERE seq > 3")
    change(municipality, "DELETE FROM foundation_auditevent WHERE id IN (%s, %s)", sealed[3], sealed[4])
    assert faults(municipality) == [], "control: without an anchor a cut tail cannot be seen"
    assert faults(municipality, anchor) == [Fault(5, "the chain was cut or rewritten")]


def test_a_rewritten_chain_is_seen_against_an_anchor(sealed, municipality, now):
    with open_scope(municipality.id):
        anchor = dict([head_now()])
    change(municipality, "DELETE FROM foundation_auditseal")
    change(municipality, "DELETE FROM foundation_auditevent WHERE id = %s", sealed[0])
    with open_scope(municipality.id):
        assert seal(now) == 4
    assert faults(municipality) == [], "control"
    assert faults(municipality, anchor) == [Fault(5, "the chain was cut or rewritten")]


def test_words_can_be_erased_with_their_salt_and_the_chain_holds(sealed, municipality):
    blank = "UPDATE foundation_auditevent SET words = '{}', actor = '', hat = '', person = NULL, account = NULL"
    change(municipality, f"{blank}, salt = '' WHERE id = %s", sealed[0])
    assert faults(municipality) == []
    change(municipality, "UPDATE foundation_auditevent SET words = '{\"a\": 1}' WHERE id = %s", sealed[0])
    assert faults(municipality) == [Fault(1, "the event was changed")], "nothing may be written in their place"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE foundation_auditevent SET actor = 'X'", "DELETE FROM foundation_auditevent",
        "TRUNCATE foundation_auditevent", "UPDATE foundation_accessentry SET purpose = 'X'",
        "DELETE FROM foundation_accessentry", "DELETE FROM foundation_auditseal",
        "INSERT INTO foundation_auditseal (id, tenant_id, seq, event, head, sealed_at) "
        "SELECT gen_random_uuid(), id, 1, gen_random_uuid(), '', now() FROM foundation_municipality",
    ],
)  # fmt: skip
@pytest.mark.parametrize("role", ["app", "worker"])
def test_the_application_may_only_add_to_the_past(login_as, role, sql):
    with login_as(role) as raw, pytest.raises(psycopg.errors.InsufficientPrivilege):
        raw.execute(sql)


def test_the_sealer_reads_no_persons(transactional_db, municipality, as_role):
    as_role("sealer")
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_persons_person")


def test_only_new_events_are_looked_for(transactional_db, municipality, now, as_role):
    with open_scope(municipality.id):
        write(municipality, now, count=3)
    as_role("sealer")
    with open_scope(municipality.id):
        assert seal(now, since=clock.now() + dt.timedelta(hours=1)) == 0
        assert seal(now, since=clock.now() - dt.timedelta(hours=1)) == 3


def test_the_command_seals_anchors_and_verifies(
    transactional_db, municipality, neighbour, now, as_role, settings, tmp_path, capsys
):
    settings.DATA = tmp_path
    for tenant in (municipality, neighbour):
        with open_scope(tenant.id):
            write(tenant, now, count=2)
    as_role("sealer")
    call_command("seal", once=True)
    assert sorted(p.name for p in (tmp_path / "anchors").iterdir()) == ["dalgrend.jsonl", "fjordnes.jsonl"]
    call_command("seal", verify=True)
    assert capsys.readouterr().out.split() == ["dalgrend:", "whole", "fjordnes:", "whole"]
    as_role("owner")
    change(municipality, "DELETE FROM foundation_auditseal WHERE seq = 2")
    with pytest.raises(SystemExit):
        call_command("seal", verify=True)
    assert command.anchors_of("dalgrend").keys() == {2}
