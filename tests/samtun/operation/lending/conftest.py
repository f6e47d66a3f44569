"""A municipality with a hall."""

import pytest

from tests.factories.journey import make_tun
from tests.factories.lending import a_hall


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def hall(tun):
    return a_hall(tun)
