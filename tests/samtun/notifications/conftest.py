"""Fixtures for messages: an owner, staff, persons without tables, a room of trial, a gateway in memory."""

import pytest

from samtun.foundation import notices, recipients, replies
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.notifications.channels.adapters import registry
from tests.samtun.notifications import trial


@pytest.fixture
def people(monkeypatch):
    found = trial.People()
    monkeypatch.setattr(recipients, "_resolve", [found.known.get])
    monkeypatch.setattr(recipients, "_resolve_many", [])
    return found


@pytest.fixture
def room(monkeypatch, settings):
    settings.TEMPLATES = trial.with_trial_texts(settings.TEMPLATES)
    made = trial.Room()
    for notice in trial.TRIALS:
        monkeypatch.setitem(notices._notices, notice.key, notice())
    monkeypatch.setitem(replies._kinds, "trial", made.kind())
    monkeypatch.setattr(trial.Facts, "gone", set())
    made.trial = trial
    return made


@pytest.fixture
def gateway(monkeypatch, settings):
    made = trial.MemoryGateway()
    monkeypatch.setitem(registry._factories, "memory", lambda: made)
    settings.SAMTUN_SMS_GATEWAY = "memory"
    return made


@pytest.fixture
def owner_of(scope_of):
    from samtun.foundation.models import Owner

    def make(municipality, name="Frivilligsentralen"):
        with scope_of(municipality):
            return Owner.objects.create(kind="centre", name=name)

    return make


@pytest.fixture
def owner(municipality, owner_of):
    return owner_of(municipality)


@pytest.fixture
def staff(municipality, owner):
    permissions = frozenset({Permission.HANDLE_MESSAGES})
    hat = Hat(
        key="m:1", role=Role.COORDINATOR, label="Koordinator", owners=frozenset({owner.id}), permissions=permissions
    )
    return Viewer(tenant=municipality.id, hat=hat, name="Turid Prøve")


@pytest.fixture
def system(municipality):
    return Viewer.system(municipality.id)
