"""Throwing the demo's data away."""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection


def empty_all() -> None:
    """Empty every table of ours and the job queue, at once. Needs the owner's login; the tables themselves stay."""
    ours = {
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.name.startswith("samtun.") or config.label == "procrastinate"
        for model in config.get_models()
    }
    there = sorted(ours & set(connection.introspection.table_names()))
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), there, allow_cascade=True))
