"""A workshop for the tests beside."""

import pytest

from tests.factories.workshops import make_workshop


@pytest.fixture
def day(tun):
    return make_workshop(tun)
