"""Run as a program: a database made by all migrations, `light` or as Django's own `usual` way; prints what stands."""

import json
import sys

import django
import psycopg
from psycopg import sql

CATALOGUE = """
SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text,
       coalesce(pg_get_expr(d.adbin, d.adrelid), ''), a.attidentity::text
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (c.oid, a.attnum)
WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT 'index', tablename, indexname, indexdef, '', '', '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', ''
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'policy', tablename, policyname, qual, with_check, roles::text, cmd FROM pg_policies
UNION ALL SELECT 'table', relname, relkind::text, relrowsecurity::text, relforcerowsecurity::text,
       (SELECT string_agg(one::text, ' ' ORDER BY one::text) FROM unnest(relacl) one), ''
FROM pg_class WHERE relnamespace = 'public'::regnamespace
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), '', '', '' FROM pg_trigger
WHERE NOT tgisinternal
"""


def main(way: str) -> None:
    """Make the database, print what stands in it, and drop it."""
    django.setup()
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection
    from django.db.models.signals import pre_migrate

    from tests.databases import where

    if way == "usual":
        assert pre_migrate.disconnect(sender=apps.get_app_config("foundation"), dispatch_uid="samtun.lighten")
    settings, made = connection.settings_dict, f"samtun_migrated_{way}"
    there, begin = sql.Identifier(made), sql.Identifier(settings["TEST"].get("TEMPLATE") or "template0")
    with psycopg.connect(**where(settings["NAME"]), autocommit=True) as outside:
        outside.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(there))
        outside.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(there, begin))
        try:
            settings["NAME"] = made
            call_command("migrate", verbosity=0)
            with connection.cursor() as cursor:
                cursor.execute(CATALOGUE)
                sys.stdout.write(json.dumps(sorted(json.dumps(row) for row in cursor.fetchall())))
            connection.close()
        finally:
            outside.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(there))


if __name__ == "__main__":
    main(sys.argv[1])
