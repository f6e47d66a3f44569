"""Every field says whether it is personal; keys point to the same storey or below (house D, convention 14)."""

from typing import ClassVar

import pytest
from django.apps import apps
from django.db import models

from samtun.foundation.models.base import TenantKey, TenantModel
from samtun.foundation.personal import Declaration, declarations
from tests.architecture.source import STOREYS

SCRUBBED = {"erase", "unlink", "words"}


def faults_of(declaration: Declaration) -> list[str]:
    """What is wrong with one model's declaration."""
    name = declaration.model.__name__
    found = [f"{name}.{field} is declared neither or both" for field in sorted(declaration.unclassified)]
    found += [
        f"{name}.{f}: {how!r} is no way to scrub" for f, how in declaration.personal.items() if how not in SCRUBBED
    ]
    if declaration.personal and not (declaration.purpose and declaration.retention):
        found.append(f"{name} holds personal data without purpose or retention")
    return found


def test_every_field_is_classified():
    assert declarations(), "no model was looked at"
    assert [fault for d in declarations() for fault in faults_of(d)] == []


@pytest.mark.parametrize(
    ("personal", "plain", "purpose", "retention", "faults"),
    [
        ({"name": "erase"}, ("kind", "left_on"), "To know.", "A year.", 0),
        ({"name": "erase"}, ("kind",), "To know.", "A year.", 1),
        ({"name": "erase"}, ("kind", "left_on", "name"), "To know.", "A year.", 1),
        ({"name": "erase"}, ("kind", "left_on"), "", "A year.", 1),
        ({"name": "erase"}, ("kind", "left_on"), "To know.", "", 1),
        ({"name": "burn"}, ("kind", "left_on"), "To know.", "A year.", 1),
        ({}, ("kind", "left_on", "name", "gone"), "", "", 1),
    ],
)
def test_an_incomplete_declaration_is_seen(personal, plain, purpose, retention, faults):
    owner = apps.get_model("foundation", "Owner")
    assert len(faults_of(Declaration(owner, personal, plain, purpose, retention))) == faults


def storey_of(model: type[models.Model]) -> int:
    """How high a model's storey is; Django's own count as the ground."""
    parts = model.__module__.split(".")
    return STOREYS.index(parts[1]) if parts[0] == "samtun" else 0


def upward(source: type[models.Model], target: type[models.Model]) -> bool:
    """Whether a key points to a storey above: the string form needs no import, so import-linter cannot see it."""
    return storey_of(target) > storey_of(source)


def own_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("samtun.")]


def test_keys_point_to_the_same_storey_or_below():
    found = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in own_models()
        for field in model._meta.local_fields
        if field.is_relation and upward(model, field.related_model)
    ]
    assert found == []


def test_an_upward_key_is_seen():
    owner, person = apps.get_model("foundation", "Owner"), apps.get_model("people_persons", "Person")
    assert upward(owner, person)
    assert not upward(person, owner)


def plain_keys(model: type[models.Model]) -> list[str]:
    """Keys from a municipality's table to another's that are not TenantKey: they would go round the wall."""
    return [
        f"{model.__name__}.{f.name}"
        for f in model._meta.local_fields
        if f.is_relation
        and f.name != "tenant"
        and issubclass(model, TenantModel)
        and issubclass(f.related_model, TenantModel)
        and not isinstance(f, TenantKey)
    ]


def test_keys_between_tenant_tables_are_tenant_keys_and_there_are_no_hidden_tables():
    assert [key for model in own_models() for key in plain_keys(model)] == []
    assert [f"{m.__name__}.{f.name}" for m in own_models() for f in m._meta.local_many_to_many] == []


def test_a_plain_key_is_seen():
    class _Loose(TenantModel):
        owner: ClassVar = models.ForeignKey("foundation.Owner", models.CASCADE)
        safe: ClassVar = TenantKey("foundation.Owner")

        class Meta(TenantModel.Meta):
            abstract = False
            app_label = "foundation"

    try:
        assert plain_keys(_Loose) == ["_Loose.owner"]
    finally:
        del apps.all_models["foundation"]["_loose"]
        apps.clear_cache()


def test_labels_follow_the_house():
    """`<storey>_<room>`, so that tables say where they belong; the ground floor and the demo have no rooms."""
    undivided = {"foundation", "demo"}
    found = {m._meta.label for m in own_models() if m._meta.app_label not in undivided}
    expected = {
        f"{m.__module__.split('.')[1]}_{m.__module__.split('.')[2]}.{m.__name__}"
        for m in own_models()
        if m._meta.app_label not in undivided
    }
    assert found == expected
