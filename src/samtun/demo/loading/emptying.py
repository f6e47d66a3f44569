"""Throwing the demo's data away."""

from django.apps import apps
from django.db import connection, transaction


def empty_all() -> None:
    """Empty every table of ours and the job queue, at once. Needs the owner's login; the tables themselves stay."""
    ours = {
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.name.startswith("samtun.") or config.label == "procrastinate"
        for model in config.get_models()
    }
    there = ours & set(connection.introspection.table_names())
    tables = ", ".join(connection.ops.quote_name(table) for table in sorted(there))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")
