"""A committee for the tests beside."""

import pytest

from tests.factories.forums import make_committee
from tests.factories.journey import make_tun


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def committee(tun):
    return make_committee(tun)
