"""The walls between municipalities: rows, writes, keys, and what a scope leaves behind."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from samtun.foundation.models import Owner, SearchWord
from samtun.foundation.scope import open_scope
from samtun.kernel.errors import OutsideScope


def an_owner(name="Frivilligsentralen"):
    return Owner.objects.create(kind="centre", name=name)


def test_the_test_itself_runs_as_the_application_and_not_above_the_walls(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("samtun_app", False, False)


def test_rows_of_another_municipality_are_out_of_sight(municipality, neighbour):
    with open_scope(municipality.id):
        owner = an_owner()
    with open_scope(neighbour.id):
        assert list(Owner.objects.all()) == []
        assert list(Owner.unscoped.all()) == [], "row-level security must hold without the manager's filter"
        assert Owner.unscoped.filter(id=owner.id).update(name="Taken") == 0
    with open_scope(municipality.id):
        assert Owner.objects.get().name == "Frivilligsentralen"


def test_without_a_scope_there_is_nothing_and_the_manager_says_so(municipality):
    with open_scope(municipality.id):
        an_owner()
    assert list(Owner.unscoped.all()) == []
    with pytest.raises(OutsideScope):
        list(Owner.objects.all())


def test_a_row_cannot_be_written_for_another_municipality(municipality, neighbour):
    with open_scope(municipality.id), pytest.raises(DatabaseError), transaction.atomic():
        Owner.unscoped.create(tenant=neighbour, kind="centre", name="Smuggled")


def test_a_key_cannot_point_into_another_municipality(municipality, neighbour):
    with open_scope(municipality.id):
        owner = an_owner()
    with open_scope(neighbour.id), pytest.raises(IntegrityError, match="same_tenant"), transaction.atomic():
        SearchWord.objects.create(word="kari", ref_kind="person", ref_id=owner.id, owner_id=owner.id)
        connection.check_constraints()
