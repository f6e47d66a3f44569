"""What Django cannot write: roles, the partitioned access log, unlogged counters, Norwegian sorting."""

from django.db import migrations

from samtun.foundation.schema import ensure_roles, tenant_policy


def make_roles(apps, editor):
    """Create the roles that are missing."""
    with editor.connection.cursor() as cursor:
        ensure_roles(cursor)


ACCESS = [
    """
    CREATE TABLE foundation_accessentry (
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        at timestamptz NOT NULL,
        account uuid,
        person uuid,
        hat varchar(160) NOT NULL,
        purpose varchar(120) NOT NULL,
        ref varchar(120) NOT NULL,
        persons uuid[] NOT NULL,
        how varchar(10) NOT NULL,
        PRIMARY KEY (id, at)
    ) PARTITION BY RANGE (at)
    """,
    "CREATE TABLE foundation_accessentry_rest PARTITION OF foundation_accessentry DEFAULT",
    """
    CREATE FUNCTION samtun_access_months(first date, months integer) RETURNS integer LANGUAGE plpgsql AS $$
    DECLARE begins date; made integer := 0; part text;
    BEGIN
        FOR n IN 0 .. months - 1 LOOP
            begins := date_trunc('month', first) + make_interval(months => n);
            part := 'foundation_accessentry_' || to_char(begins, 'YYYY_MM');
            IF to_regclass(part) IS NULL THEN
                EXECUTE format('CREATE TABLE %I PARTITION OF foundation_accessentry FOR VALUES FROM (%L) TO (%L)',
                               part, begins, begins + interval '1 month');
                EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part);
                EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', part);
                made := made + 1;
            END IF;
        END LOOP;
        RETURN made;
    END $$
    """,
    "SELECT samtun_access_months(date '2026-11-01', 36)",
    "CREATE INDEX access_by_time ON foundation_accessentry (tenant_id, at)",
    "CREATE INDEX access_by_person ON foundation_accessentry USING gin (persons)",
    *tenant_policy("foundation_accessentry"),
    "ALTER TABLE foundation_accessentry_rest ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE foundation_accessentry_rest FORCE ROW LEVEL SECURITY",
]
SORTING = """
    CREATE FUNCTION norwegian(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN translate(lower($1), 'æøå', '{|}') COLLATE "C"
"""


class Migration(migrations.Migration):
    """Ground."""

    dependencies = [("foundation", "0001_initial")]

    operations = [
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunSQL(
            ACCESS,
            ["DROP TABLE foundation_accessentry", "DROP FUNCTION samtun_access_months(date, integer)"],
        ),
        migrations.RunSQL("ALTER TABLE foundation_counter SET UNLOGGED", "ALTER TABLE foundation_counter SET LOGGED"),
        migrations.RunSQL(SORTING, "DROP FUNCTION norwegian(text)"),
    ]
