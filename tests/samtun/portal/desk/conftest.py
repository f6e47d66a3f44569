"""A municipality, somebody at the desk, and lines to clear."""

import datetime as dt

import pytest

from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.work.todos.actions import open_todo
from tests.factories.journey import log_in, make_tun


@pytest.fixture
def tun(municipality, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    with open_scope(municipality.id):
        return make_tun(municipality, now)


@pytest.fixture
def turid(client, municipality, tun):
    """The coordinator's browser, texts in English."""
    with open_scope(municipality.id):
        log_in(client, tun)
    client.cookies["samtun_language"] = "en"
    return client


@pytest.fixture
def due(tun):
    """Make something due: `due("ring_me", hours=-2, about="AS")`."""

    def make(reason="ring_me", *, hours=1, about="AS", owner=None, kind="help_request", key=None):
        with open_scope(tun.municipality.id):
            return open_todo(
                ref=Ref(kind, key or uuid7()), reason=reason, about=about, due=tun.now + dt.timedelta(hours=hours),
                owner=(owner or tun.centre).id, audience=Permission.HANDLE_REQUESTS, at=tun.now,
            )  # fmt: skip

    return make
