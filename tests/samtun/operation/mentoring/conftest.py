"""A volunteer with a mentor beside him, in the journey's municipality."""

import datetime as dt

import pytest

from samtun.operation.mentoring.actions import Lighter, set_plan
from tests.factories.journey import make_tun

UNTIL = dt.date(2026, 12, 11)


@pytest.fixture
def tun(in_municipality, now):
    """Amir is new; Kari, who has been here for years, is his mentor and comes along to 11 December."""
    tun = make_tun(in_municipality, now)
    tun.amir = tun.volunteer("Amir", "Haddad", "+4790000101")
    tun.kari = tun.volunteer("Kari", "Berg", "+4790000102")
    tun.plan = set_plan(volunteer=tun.amir, mentor=tun.kari.person, plan=Lighter(60, 3, UNTIL), by=tun.viewer(), at=now)
    return tun
