"""An owner takes its own out in one file: each room with rows of owners says what it holds for one (R112)."""

from collections.abc import Collection, Iterable

from django.apps import apps
from django.db import models

from samtun.foundation import exports
from samtun.foundation.models import Owner, TenantModel
from tests.architecture.source import rooms

# Rooms that hold rows of owners and give none of them out, with the reason.
WITHOUT_EXPORT: dict[str, str] = {
    "sheets": "copies for paper of rows that other rooms give out, gone two days after their day",
}


def has_owner(model: type[models.Model]) -> bool:
    """Whether a model's rows belong to an owner: a key to it, whatever the field is called."""
    return issubclass(model, TenantModel) and any(
        field.is_relation and field.related_model is Owner for field in model._meta.local_fields
    )


def room_of(model: type[models.Model]) -> str:
    """The last part of the room's name: what it registers its export as."""
    return model.__module__.split(".")[2]


def with_owners(every: Iterable[type[models.Model]]) -> set[str]:
    """The rooms in which some model's rows belong to owners; the ground floor and the demo have no rooms."""
    storeys = {room.parent.name for room in rooms()}
    inside = [m for m in every if m.__module__.startswith("samtun.") and m.__module__.split(".")[1] in storeys]
    return {room_of(m) for m in inside if has_owner(m)}


def forgotten(every: Iterable[type[models.Model]], registered: Collection[str], excused: Collection[str]) -> set[str]:
    """The rooms that hold rows of owners and say nothing of them."""
    return with_owners(every) - set(registered) - set(excused)


def test_every_room_with_rows_of_owners_gives_them_out():
    assert with_owners(apps.get_models()) >= {"volunteers", "help_requests", "persons", "messages"}
    assert forgotten(apps.get_models(), exports.rooms(), WITHOUT_EXPORT) == set()


def test_a_forgotten_room_is_seen():
    for room in ("volunteers", "help_requests", "messages"):
        registered = set(exports.rooms()) - {room}
        assert forgotten(apps.get_models(), registered, WITHOUT_EXPORT) == {room}
        assert forgotten(apps.get_models(), registered, WITHOUT_EXPORT | {room: "a reason"}) == set()


def test_a_key_called_host_counts_as_well():
    assert has_owner(apps.get_model("operation_volunteers", "Volunteer"))
    assert not has_owner(apps.get_model("operation_volunteers", "Slot"))


def test_those_without_say_why_and_need_to():
    assert [room for room, reason in WITHOUT_EXPORT.items() if len(reason) < 20] == []
    assert set(WITHOUT_EXPORT) & set(exports.rooms()) == set()
    assert set(WITHOUT_EXPORT) <= with_owners(apps.get_models())


def test_rooms_register_under_their_own_name():
    assert set(exports.rooms()) <= {room.name for room in rooms()}
