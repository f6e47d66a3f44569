"""A schema this size is migrated in seconds: a step makes anew only the model it is about.

Django keeps the models as they were at each step, and after each makes anew all that have to do with the changed one.
Every table of ours points at its municipality, so that is all of them: of a minute, five seconds were the database's.
A new table or column needs none of the others anew, and an index or a constraint none at all. What looks at the models
as a whole (code of a migration, a key changed, a column or table gone) finds all of them made anew first, by Django's
own means for that: `is_delayed`.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    RemoveConstraint,
    RemoveIndex,
    RunPython,
    RunSQL,
)  # fmt: skip
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from samtun.foundation.schema import CompositeKey, SecureTenantTables

NOTHING_NEW = (
    AddConstraint, AddIndex, RemoveConstraint, RemoveIndex, RunPython, RunSQL, CompositeKey, SecureTenantTables,
)  # fmt: skip


def lighten(plan: Iterable[tuple[Migration, bool]], **_signal: Any) -> None:
    """Let the operations of a plan, as `pre_migrate` gives it, make no more models anew than they need.

    Migrating backwards is left to Django as it is.
    """
    for migration, backwards in plan:
        for operation in () if backwards else migration.operations:
            # In front of the class's own; the operations were made for this plan alone.
            vars(operation)["state_forwards"] = partial(_lightly, operation, operation.state_forwards)


def _lightly(
    operation: Operation, usual: Callable[[str, ProjectState], None], app_label: str, state: ProjectState
) -> None:
    """Change the state; its models stay as they are but the one this is about, or all are made anew when asked for."""
    apps = state.__dict__.pop("apps", None)
    usual(app_label, state)
    if apps is None:
        return
    if about := _only(operation):
        apps.unregister_model(app_label, about)
        apps.render_multiple([state.models[app_label, about]])
    elif not isinstance(operation, NOTHING_NEW):
        return
    state.is_delayed = True
    state.__dict__["apps"] = apps


def _only(operation: Operation) -> str:
    """Return the one model that an operation makes or changes, when no other is touched by it; else nothing."""
    match operation:
        case CreateModel():
            return str(operation.name_lower)
        case AddField():
            return str(operation.model_name_lower)
        case AlterField(field=field) if not (field.primary_key or field.unique or field.is_relation):
            return str(operation.model_name_lower)
    return ""
