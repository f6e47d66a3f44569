"""Migration operations and rights: the walls between municipalities as the database sees them (decisions 3)."""

from collections.abc import Iterable
from typing import Any

from django.db import connections, migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

from samtun.foundation.models.base import TenantKey

TENANT_IS_MINE = "tenant_id = nullif(current_setting('app.tenant', true), '')::uuid"
INSERT_ONLY = ("foundation_auditevent", "foundation_accessentry")
SEALED = "foundation_auditseal"
ROLES = ("samtun_app", "samtun_worker", "samtun_sealer", "samtun_backup")


def tenant_policy(table: str) -> list[str]:
    """Return the statements that put one table behind its municipality's wall, for its owner as well."""
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY tenant ON {table} USING ({TENANT_IS_MINE}) WITH CHECK ({TENANT_IS_MINE})",
    ]


class SecureTenantTables(migrations.operations.base.Operation):
    """Put new tables behind the wall: policy, unique (tenant, id), and composite keys for every TenantKey.

    Plain foreign keys bypass row-level security and would let one municipality point at another's row.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, *models: str) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that Django keeps in its state."""

    def database_forwards(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, before: ProjectState, after: ProjectState
    ) -> None:
        """Run the statements for each model named."""
        for name in self.models:
            model = after.apps.get_model(app_label, name)
            table = model._meta.db_table
            for sql in tenant_policy(table):
                editor.execute(sql)
            editor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {table}_tenant_id_uniq UNIQUE (tenant_id, id)")
        for name in self.models:
            model = after.apps.get_model(app_label, name)
            for field in model._meta.local_fields:
                if isinstance(field, TenantKey):
                    editor.execute(composite_key(model._meta.db_table, field))

    def database_backwards(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, before: ProjectState, after: ProjectState
    ) -> None:
        """Take the walls down again; the tables themselves are dropped by the migration around."""
        for name in reversed(self.models):
            table = before.apps.get_model(app_label, name)._meta.db_table
            editor.execute(f"DROP POLICY tenant ON {table}")
            editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_tenant_id_uniq CASCADE")

    def describe(self) -> str:
        """Say what it does."""
        return f"Put {', '.join(self.models)} behind the municipality's wall"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Serialise for the migration writer."""
        return (self.__class__.__qualname__, list(self.models), {})


class CompositeKey(migrations.operations.base.Operation):
    """Add the composite constraint for one TenantKey added to a table already behind the wall."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, model: str, field: str) -> None:
        self.model = model
        self.field = field

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that Django keeps in its state."""

    def database_forwards(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, before: ProjectState, after: ProjectState
    ) -> None:
        """Add the constraint."""
        meta = after.apps.get_model(app_label, self.model)._meta
        editor.execute(composite_key(meta.db_table, meta.get_field(self.field)))

    def database_backwards(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, before: ProjectState, after: ProjectState
    ) -> None:
        """Drop the constraint."""
        meta = before.apps.get_model(app_label, self.model)._meta
        editor.execute(f"ALTER TABLE {meta.db_table} DROP CONSTRAINT {key_name(meta.db_table, self.field)}")

    def describe(self) -> str:
        """Say what it does."""
        return f"Composite key for {self.model}.{self.field}"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Serialise for the migration writer."""
        return (self.__class__.__qualname__, [self.model, self.field], {})


def key_name(table: str, field: str) -> str:
    """Return a constraint name within PostgreSQL's 63 characters."""
    return f"{table}_{field}_same_tenant"[-63:]


def composite_key(table: str, field: Any) -> str:
    """Return the statement for one composite key; deferred to the end of the transaction like Django's own."""
    target = field.remote_field.model._meta.db_table
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {key_name(table, field.name)} FOREIGN KEY (tenant_id, {field.column}) "
        f"REFERENCES {target} (tenant_id, id) DEFERRABLE INITIALLY DEFERRED"
    )


def ensure_roles(cursor: Any) -> None:
    """Create the roles that are missing: login is given by whoever runs the server, never by a migration."""
    for role in ROLES:
        bypass = "BYPASSRLS" if role == "samtun_backup" else "NOBYPASSRLS"
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if not cursor.fetchone():
            cursor.execute(f"CREATE ROLE {role} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE {bypass}")


def rights() -> Iterable[str]:
    """Yield the statements that give each role what it needs and no more."""
    everyone = ", ".join(ROLES)
    yield f"GRANT USAGE ON SCHEMA public TO {everyone}"
    for role in ("samtun_app", "samtun_worker"):
        yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
        yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
        for table in INSERT_ONLY:
            yield f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}"
        yield f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {SEALED} FROM {role}"
        yield f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}"
    yield f"GRANT SELECT ON foundation_auditevent, foundation_municipality, {SEALED} TO samtun_sealer"
    yield f"GRANT INSERT ON {SEALED} TO samtun_sealer"
    yield "GRANT SELECT ON ALL TABLES IN SCHEMA public TO samtun_backup"
    yield "GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO samtun_backup"


def grant_rights(using: str = "default", **_: Any) -> None:
    """After each migrate: give the roles their rights. Runs as the owner of the tables."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_regclass('foundation_auditseal') IS NOT NULL AND to_regclass('django_migrations') IS NOT NULL"
        )
        row = cursor.fetchone()
        if row and row[0]:
            for sql in rights():
                cursor.execute(sql)
