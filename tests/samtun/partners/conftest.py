"""Fixtures of partners."""

import pytest

from tests.samtun.people.login import Clock


@pytest.fixture
def clock(monkeypatch):
    """The house's clock, standing still."""
    standing = Clock()
    monkeypatch.setattr("samtun.kernel.clock.now", standing)
    return standing
