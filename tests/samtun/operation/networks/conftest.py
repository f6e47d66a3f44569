"""What every test here stands on."""

import pytest

from tests.factories.journey import make_tun


@pytest.fixture
def tun(in_municipality, now):
    """The valley, in an open scope."""
    return make_tun(in_municipality, now)
