"""A municipality with a hall."""

import pytest

from tests.factories.lending import a_hall


@pytest.fixture
def hall(tun):
    return a_hall(tun)
