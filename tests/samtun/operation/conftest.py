"""A municipality for the rooms of the third level, and one whose open pages are read in English."""

import pytest

from samtun.kernel import clock
from tests.factories.journey import make_tun


@pytest.fixture
def tun(in_municipality, now):
    """A small municipality, in an open scope."""
    return make_tun(in_municipality, now)


@pytest.fixture
def page(municipality, scope, now, monkeypatch, client):
    """The same with no scope open and the clock standing still, as a page is asked for; `client` reads English."""
    client.cookies["samtun_language"] = "en"
    monkeypatch.setattr(clock, "now", lambda: now)
    with scope():
        return make_tun(municipality, now)
