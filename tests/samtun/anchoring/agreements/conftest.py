"""Those who agree, for the tests beside."""

import pytest

from tests.factories.agreements import make_round
from tests.factories.journey import make_tun


@pytest.fixture
def circle(in_municipality, now):
    return make_round(make_tun(in_municipality, now))
