"""Migrating lightly (`foundation.migrating`) makes the very database that Django's own way makes."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

pytestmark = pytest.mark.reliability


def migrated(way):
    """Return what stands in a database that all migrations made, one way or the other."""
    env = os.environ | {"SAMTUN_DB_ROLE": "owner", "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    command = [sys.executable, str(ROOT / "tests/reliability/migrated.py"), way]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def test_the_same_database_stands_either_way():
    lightly, usually = migrated("light"), migrated("usual")
    assert len(lightly) > 2_000
    assert lightly ^ usually == set()
