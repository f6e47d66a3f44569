"""Models in migrations are made anew no more than needed, and all of them for whoever looks at them as a whole."""

from types import SimpleNamespace

import pytest
from django.db import models
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    DeleteModel,
    Migration,
    RemoveField,
    RenameField,
    RunPython,
)  # fmt: skip
from django.db.migrations.state import ProjectState

from samtun.foundation.migrating import lighten

A, B, C = (
    CreateModel(name, [("id", models.BigAutoField(primary_key=True)), *more])
    for name, more in (
        ("Yard", [("name", models.TextField())]),
        ("House", [("yard", models.ForeignKey("farm.Yard", models.CASCADE)), ("age", models.IntegerField())]),
        ("Barn", [("yard", models.ForeignKey("farm.Yard", models.CASCADE))]),
    )
)


def stands(*operations):
    """Return the state after three tables, seen, and then these operations taken lightly."""
    migration = Migration("0002", "farm")
    migration.operations = list(operations)
    state = ProjectState()
    for operation in (A, B, C):
        operation.state_forwards("farm", state)
    before = {model.__name__: model for model in state.apps.get_models()}
    lighten([(migration, False)])
    for operation in migration.operations:
        state = state.clone()  # as Django does before each
        operation.state_forwards("farm", state)
    return state, before


def same(state, before):
    return {name for name, model in before.items() if state.apps.get_model("farm", name) is model}


@pytest.mark.parametrize(
    ("operation", "kept"),
    [
        (AddIndex("House", models.Index(fields=["age"], name="i")), {"Yard", "House", "Barn"}),
        (AddConstraint("House", models.UniqueConstraint(fields=["age"], name="c")), {"Yard", "House", "Barn"}),
        (CreateModel("Well", [("yard", models.ForeignKey("farm.Yard", models.CASCADE))]), {"Yard", "House", "Barn"}),
        (AddField("House", "roof", models.TextField(default="")), {"Yard", "Barn"}),
        (AlterField("House", "age", models.TextField()), {"Yard", "Barn"}),
        (AlterField("House", "id", models.UUIDField(primary_key=True)), set()),
        (RemoveField("House", "age"), set()),
        (RenameField("House", "age", "years"), set()),
    ],
    ids=lambda value: type(value).__name__,
)
def test_only_what_a_step_is_about_is_made_anew(operation, kept):
    state, before = stands(operation)
    assert same(state, before) == kept


def test_the_step_itself_is_seen():
    state, _ = stands(
        AddField("House", "roof", models.TextField(default="")), AlterField("House", "age", models.TextField()),
        CreateModel("Well", [("house", models.ForeignKey("farm.House", models.CASCADE))]),
    )  # fmt: skip
    house, well = state.apps.get_model("farm", "House"), state.apps.get_model("farm", "Well")
    assert house._meta.get_field("roof").default == ""
    assert isinstance(house._meta.get_field("age"), models.TextField)
    assert well._meta.get_field("house").remote_field.model is house


def test_code_in_a_migration_sees_all_that_points_at_a_row():
    """Else what it deletes would leave the new table's rows behind."""
    seen = []

    def look(apps, _editor):
        yard = apps.get_model("farm", "Yard")
        seen.extend(sorted(one.related_model.__name__ for one in yard._meta.related_objects))

    look_at = RunPython(look)
    state, _ = stands(CreateModel("Well", [("yard", models.ForeignKey("farm.Yard", models.CASCADE))]), look_at)

    editor = SimpleNamespace(connection=SimpleNamespace(alias="default"))
    look_at.database_forwards("farm", editor, state, state)
    assert seen == ["Barn", "House", "Well"]


def test_a_table_that_goes_is_gone():
    state, _ = stands(DeleteModel("Barn"))
    with pytest.raises(LookupError):
        state.apps.get_model("farm", "Barn")


def test_backwards_is_djangos_own():
    migration = Migration("0002", "farm")
    migration.operations = [AddIndex("House", models.Index(fields=["age"], name="i"))]
    lighten([(migration, True)])
    assert "state_forwards" not in vars(migration.operations[0])
