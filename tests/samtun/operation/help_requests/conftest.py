"""The journey's municipality, with a scope open for the system."""

import pytest

from tests.factories.journey import make_tun


@pytest.fixture
def tun(in_municipality, now):
    """A small municipality."""
    return make_tun(in_municipality, now)
