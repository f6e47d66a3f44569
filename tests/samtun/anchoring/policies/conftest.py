"""A plan, for the tests beside."""

import pytest

from tests.factories.journey import make_tun
from tests.factories.policies import Plans


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def plans(tun):
    return Plans(tun)
