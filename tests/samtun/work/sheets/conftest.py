"""A municipality with a centre and somebody who answers for it, in an open scope."""

import datetime as dt

import pytest

from samtun.partners.organisations.models import Membership, Organisation
from tests.factories.journey import make_tun


@pytest.fixture
def tun(in_municipality, now):
    made = make_tun(in_municipality, now)
    Membership.objects.create(
        person=made.person("Turid", "Lunde", "+4790000031"), role="leader", starts=dt.date(2026, 1, 1),
        organisation=Organisation.objects.get(owner=made.centre),
    )  # fmt: skip
    return made
