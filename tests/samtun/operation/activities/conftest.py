import pytest

from samtun.kernel import clock
from tests.factories.journey import make_tun


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def page(municipality, scope, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    with scope():
        return make_tun(municipality, now)
