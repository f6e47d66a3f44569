import pytest

from samtun.kernel import clock as house_clock
from tests.factories.journey import make_tun


@pytest.fixture(autouse=True)
def _clock(monkeypatch, now):
    monkeypatch.setattr(house_clock, "now", lambda: now)


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)
