"""A design for the tests beside."""

import pytest

from tests.factories.designs import make_design
from tests.factories.journey import make_tun


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def drawn(tun):
    return make_design(tun)
