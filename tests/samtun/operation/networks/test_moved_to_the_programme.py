"""The lines that networks had of their own are in the programme afterwards, and nobody sees more than before."""

import datetime as dt
import uuid

import psycopg
import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from samtun.foundation.scope import open_scope
from samtun.kernel.clock import at_wall
from samtun.operation.activities.actions import keeping, spreading
from samtun.operation.activities.models import Activity
from samtun.operation.activities.queries import regular_for, when_and_where
from samtun.operation.networks.models import Answered, Member, Network
from samtun.work.todos.models import Todo
from tests.conftest import _login
from tests.factories import catalogue as publishers
from tests.factories.around import a_network
from tests.factories.journey import make_tun
from tests.factories.programme import times

DAY = dt.timedelta(days=1)
LINE = (
    "INSERT INTO operation_networks_activity (id, tenant_id, owner_id, what, place, village_id, weekday, at,"
    " meets_name, meets_phone, run_by, kinds, true_until, retired_at, made_at) VALUES"
    " (%(id)s, %(tenant)s, %(owner)s, %(what)s, 'Fjordheim', %(village)s, 1, '23:00', 'Ragnhild', '+4757001133',"
    " 'Sanitetslaget', %(kinds)s, '2027-02-01', %(retired)s, %(made)s)"
)


@pytest.fixture
def as_owner(transactional_db):
    """The database as its owner, who is behind the walls too; all that is done to it is undone at the end."""
    _login("owner")
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        _login("app")


def migrate(name):
    executor = MigrationExecutor(connection)
    executor.migrate([("operation_networks", name)])


def ask(sql, **facts):
    with connection.cursor() as cursor:
        cursor.execute(sql, facts or None)
        return cursor.fetchall() if cursor.description else []


def a_line(tun, what, *, owner=None, kinds=(), retired=None):
    key = uuid.uuid4()
    ask(
        LINE, id=key, tenant=tun.municipality.id, owner=(owner or tun.centre).id, what=what, village=tun.near.id,
        kinds=list(kinds), retired=retired, made=tun.now - 900 * DAY,
    )  # fmt: skip
    return key


def in_old_shape(tun):
    """Coffee that is around somebody, has been an answer and is due to be asked about; and one line of each sort."""
    coffee = a_line(tun, "Kaffi")
    network = a_network(tun)
    Member.objects.create(network=network, kind="activity", activity_id=coffee, made_at=tun.now)
    Answered.objects.create(
        owner=tun.centre, request=tun.request(network.person), activity_id=coffee, with_company=True, made_at=tun.now
    )
    Todo.objects.create(
        ref_kind="activity", ref_id=coffee, reason="still_true", about="Kaffi", due=tun.now, owner=tun.centre,
        audience="handle_requests", made_at=tun.now,
    )  # fmt: skip
    a_line(tun, "Snømåking", kinds=["snow"])
    a_line(tun, "Song", kinds=["snow", "visit"])
    a_line(tun, "Slutt", retired=tun.now + 9 * DAY)
    a_line(tun, "Ukjend", owner=tun.other)
    return coffee


@pytest.mark.journey
def test_lines_become_activities(as_owner, municipality, neighbour, now):
    migrate("0001_initial")
    for name in ("networks.line_due", "other.job"):
        ask("INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('any', %(name)s, '{}')", name=name)
    with open_scope(neighbour.id):
        theirs = a_line(make_tun(neighbour, now), "Nabokaffi")
    with open_scope(municipality.id):
        tun = make_tun(municipality, now)
        coffee = in_old_shape(tun)
        ask("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    migrate("0002_the_programme")
    jobs = {name for (name,) in ask("SELECT task_name FROM procrastinate_jobs")}
    assert "other.job" in jobs
    assert "networks.line_due" not in jobs
    assert ask("SELECT to_regclass('operation_networks_activity')") == [(None,)]
    with open_scope(neighbour.id):
        assert [one.id for one in Activity.objects.all()] == [theirs]
    with open_scope(municipality.id):
        as_they_stand_now(tun, coffee)
        their_times_are_made(tun, coffee)
        nobody_elses_is_pointed_at(theirs)


def as_they_stand_now(tun, coffee):
    found = {one.title: one for one in Activity.objects.all()}
    assert {title: (one.state, one.category, one.is_listed) for title, one in found.items()} == {
        "Kaffi": ("open", "social", False), "Snømåking": ("open", "practical", False),
        "Song": ("open", "social", False), "Slutt": ("ended", "social", False), "Ukjend": ("draft", "social", False),
    }  # fmt: skip
    one = found["Kaffi"]
    assert (one.id, one.owner, one.village, one.about) == (coffee, tun.centre, tun.near, "Sanitetslaget")
    assert (one.meets_name, one.meets_phone, one.true_until) == ("Ragnhild", "+4757001133", dt.date(2027, 2, 1))
    assert (one.to, one.weekdays, one.starts_on.weekday()) == (dt.time(1), [1], 1)
    assert when_and_where(one).endswith("23.00, Fjordheim")
    ended = found["Slutt"]
    assert ended.until == dt.date(2026, 12, 2)
    assert Member.objects.select_related("activity").get().activity == one
    assert Answered.objects.select_related("activity").get().activity == one
    assert not Todo.objects.filter(ref_kind="activity", done_at=None).exists()
    mine = [row.title for row in regular_for(tun.viewer(), on=tun.now.date(), most=9)]
    assert sorted(mine) == ["Kaffi", "Snømåking", "Song"], "as before the centre's own are suggested there"
    publishers.known(tun)
    assert regular_for(tun.viewer(tun.other), on=tun.now.date(), most=9) == [], "and by nobody else"


def their_times_are_made(tun, coffee):
    it = Activity.objects.get(id=coffee)
    keeping.forget_the_door(by=tun.system(), at=it.made_at)
    it.refresh_from_db()
    assert it.meets_name, "nobody is forgotten before it has a time"
    spreading.go_on(by=tun.system(), at=at_wall(it.starts_on, dt.time(3)))
    rows = times(it)
    assert len(rows) > 50
    assert {row.on.weekday() for row in rows} == {1}
    assert not any(row.is_open for row in rows), "on no open page"


def nobody_elses_is_pointed_at(theirs):
    network = Network.objects.get()
    with pytest.raises(psycopg.errors.ForeignKeyViolation), transaction.atomic():
        Member.objects.create(network=network, kind="activity", activity_id=theirs, made_at=network.made_at)
        with connection.cursor().connection.cursor() as raw:
            raw.execute("SET CONSTRAINTS ALL IMMEDIATE")
