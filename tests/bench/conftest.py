"""A municipality to measure in: committed, with statistics as autovacuum would keep them."""

import psycopg
import pytest
from django.db import connection

from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from tests.factories.journey import make_tun


@pytest.fixture
def tun(transactional_db, municipality):
    """The small municipality of the journey, as of today."""
    with open_scope(municipality.id):
        return make_tun(municipality, clock.now())


@pytest.fixture
def vacuumed(transactional_db):
    """Do at once what autovacuum does in time; only the tables' owner may."""

    def vacuum():
        own = connection.settings_dict
        user = "samtun_owner" if own["USER"].startswith("samtun_") else own["USER"]
        parts = {"host": own["HOST"], "port": own["PORT"] or None, "password": own["PASSWORD"] or None}
        with psycopg.connect(dbname=own["NAME"], user=user, autocommit=True, **parts) as raw:
            raw.execute("VACUUM (ANALYZE)")

    return vacuum
