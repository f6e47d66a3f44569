"""The walls as the database has them, and two logins that are really two (reliability rows 7 and 8)."""

from collections.abc import Callable

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from samtun.foundation.models import Owner, TenantKey
from samtun.foundation.schema import key_name
from samtun.foundation.scope import open_scope
from tests.architecture.catalogue import faults


def ask_django(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_the_walls_stand(db):
    assert faults(ask_django) == []


def test_every_tenant_key_has_its_composite_constraint(db):
    there = {
        name for (name,) in ask_django(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND array_length(conkey, 1) = 2"
        )
    }  # fmt: skip
    wanted = {
        key_name(model._meta.db_table, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, TenantKey)
    }
    assert wanted - there == set()
    assert wanted


GOOD = """
CREATE TABLE good (id uuid PRIMARY KEY, tenant_id uuid NOT NULL, UNIQUE (tenant_id, id));
ALTER TABLE good ENABLE ROW LEVEL SECURITY; ALTER TABLE good FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON good USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
"""
BREAKS = {
    "a table without policy": "CREATE TABLE bad (id uuid PRIMARY KEY, tenant_id uuid, UNIQUE (tenant_id, id))",
    "not forced": f"{GOOD} ALTER TABLE good NO FORCE ROW LEVEL SECURITY",
    "a policy that lets all through": f"{GOOD} DROP POLICY tenant ON good; "
    "CREATE POLICY tenant ON good USING (true) WITH CHECK (true)",
    "a second policy": f"{GOOD} CREATE POLICY more ON good USING (tenant_id = nullif(current_setting('app.tenant', "
    "true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)",
    "unique without municipality": f"{GOOD} ALTER TABLE good ADD number text UNIQUE",
    "no unique (tenant, id)": f"{GOOD} ALTER TABLE good DROP CONSTRAINT good_tenant_id_id_key",
    "a plain key": f"{GOOD} ALTER TABLE good ADD other uuid REFERENCES good (id)",
    "a view of its owner's": "CREATE VIEW peek AS SELECT * FROM foundation_owner",
    "a materialised view": "CREATE MATERIALIZED VIEW kept AS SELECT * FROM foundation_owner",
    "a definer's function": "CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER "
    "AS 'SELECT count(*) FROM foundation_owner'",
}


def test_the_sample_table_is_without_fault(login_as: Callable):
    with login_as("owner") as raw:
        raw.execute(GOOD)
        assert faults(lambda sql: raw.execute(sql).fetchall()) == []


@pytest.mark.parametrize("what", BREAKS)
def test_a_breach_is_seen(login_as: Callable, what: str):
    with login_as("owner") as raw:
        raw.execute(BREAKS[what])
        assert faults(lambda sql: raw.execute(sql).fetchall()) != [], what


@pytest.fixture
def two_owners(transactional_db: None, municipality, neighbour) -> None:
    """A committed row in each of two municipalities."""
    for tenant in (municipality, neighbour):
        with open_scope(tenant.id):
            Owner.objects.create(kind="centre", name=f"Centre of {tenant.slug}")


def names(raw: psycopg.Connection) -> list[str]:
    return [name for (name,) in raw.execute("SELECT name FROM foundation_owner ORDER BY name").fetchall()]


def test_the_applications_own_login_sees_one_municipality_or_none(two_owners, login_as, municipality):
    with login_as("app") as raw:
        assert raw.execute("SELECT current_user, session_user").fetchone()[0] == "samtun_app"
        assert names(raw) == []
        raw.execute("SELECT set_config('app.tenant', %s, true)", [str(municipality.id)])
        assert names(raw) == ["Centre of dalgrend"]


def test_the_application_cannot_become_another(two_owners, login_as):
    for role in ("samtun_owner", "samtun_backup", "postgres"):
        with login_as("app") as raw, pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute(f"SET LOCAL ROLE {role}")


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE foundation_owner DISABLE ROW LEVEL SECURITY",
        "DROP POLICY tenant ON foundation_owner",
        "TRUNCATE foundation_owner",
        "CREATE TABLE mine (id int)",
    ],
)
def test_the_application_cannot_take_the_wall_down(login_as, sql):
    with login_as("app") as raw, pytest.raises(psycopg.errors.InsufficientPrivilege):
        raw.execute(sql)


def test_control_a_login_above_the_walls_does_leak(two_owners, login_as):
    """The same question by the backup's login gives both: so the tests above would see a leak if there were one."""
    with login_as("backup") as raw:
        assert names(raw) == ["Centre of dalgrend", "Centre of fjordnes"]


def test_the_backup_only_reads(two_owners, login_as):
    with login_as("backup") as raw, pytest.raises(psycopg.errors.InsufficientPrivilege):
        raw.execute("UPDATE foundation_owner SET name = 'Taken'")
