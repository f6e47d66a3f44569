"""What stands in the way of a start is said in one line, and what was begun is ended."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from samtun.config import database, embedded, running
from samtun.foundation.keys import write_key_file

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("argv", "port"),
    [
        (["manage.py", "demo"], 8000), (["manage.py", "demo", "--port", "8123"], 8123),
        (["manage.py", "demo", "--port=8124"], 8124),
    ],
)  # fmt: skip
def test_the_port_asked_for(argv, port):
    assert running.port_of(argv) == port


@pytest.mark.parametrize("text", ["", "abc", "0", "65536", "-1", "80 80"])
def test_nonsense_ports_are_refused(text):
    with pytest.raises(running.NotReady, match="PORT=8123"):
        running.port_of(["manage.py", "demo", f"--port={text}"])


def test_a_port_in_use_is_named_with_another():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(running.NotReady, match=rf"Port {port} is in use.*PORT={port + 1}"):
            running.port_is_free(port)
    running.port_is_free(port)


def test_a_full_disk_is_said_with_what_to_do(monkeypatch, tmp_path):
    running.room_on_disk(tmp_path / "not" / "there" / "yet")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(100, 90, 10 * 1024**2))
    with pytest.raises(running.NotReady, match=r"Only 10 MB free.*Free 500 MB"):
        running.room_on_disk(tmp_path)


def test_the_fault_ends_the_command_before_anything_is_started(monkeypatch):
    started = []
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("SAMTUN_DB", raising=False)
    monkeypatch.setattr(embedded, "start", started.append)
    monkeypatch.setattr(running, "port_is_free", lambda _port: (_ for _ in ()).throw(running.NotReady("Taken.")))
    with pytest.raises(SystemExit, match=r"^Taken\.$"), running.prepared(["manage.py", "demo"]):
        pytest.fail("the command must not run")
    assert started == []


def test_the_server_is_let_go_of_also_when_the_command_fails(monkeypatch, tmp_path):
    calls = []
    for name in ("DATABASE_URL", "SAMTUN_DB"):
        monkeypatch.setenv(name, "x")  # so that what is set below is taken back
        monkeypatch.delenv(name)
    monkeypatch.setenv("SAMTUN_DATA", str(tmp_path))
    monkeypatch.setattr(running, "port_is_free", lambda _port: None)
    monkeypatch.setattr(embedded, "start", lambda _folder: calls.append("start") or "/socket:5432")
    monkeypatch.setattr(embedded, "stop", lambda _folder: calls.append("stop"))
    with pytest.raises(RuntimeError), running.prepared(["manage.py", "demo"]):
        assert os.environ["SAMTUN_DB"] == "/socket:5432"
        raise RuntimeError
    assert calls == ["start", "stop"]


def test_other_commands_pass_straight_through(monkeypatch):
    monkeypatch.setattr(running, "port_is_free", lambda _port: pytest.fail("not asked for"))
    with running.prepared(["manage.py", "migrate"]):
        pass
    with running.prepared(["manage.py", "demo", "--help"]):
        pass


def test_real_use_has_settings_and_data_of_its_own(monkeypatch):
    assert running.settings_for(["manage.py", "start"]) == "samtun.config.settings.local"
    assert running.settings_for(["manage.py", "demo"]) == "samtun.config.settings.demo"


@pytest.mark.parametrize(
    ("argv", "role"),
    [
        (["manage.py", "migrate"], "owner"), (["manage.py", "seal"], "sealer"), (["manage.py", "demo"], "app"),
        (["manage.py"], "app"), (["granian"], "app"), (["manage.py", "procrastinate", "worker"], "worker"),
    ],
)  # fmt: skip
def test_each_command_has_its_login(argv, role):
    assert database.role_for(argv) == role


def test_a_server_of_ones_own(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://ola:p%40ss@db.example:6432/samtun?host=/run/pg")
    monkeypatch.delenv("SAMTUN_APP_DATABASE_URL", raising=False)
    found = database.configured(ROOT, "app")
    assert (found["NAME"], found["USER"], found["PASSWORD"], found["PORT"]) == ("samtun", "ola", "p@ss", "6432")
    assert found["HOST"] == "/run/pg"
    assert found["OPTIONS"]["assume_role"] == "samtun_app"
    assert "assume_role" not in database.configured(ROOT, "owner")["OPTIONS"]
    monkeypatch.setenv("SAMTUN_APP_DATABASE_URL", "postgresql://web:x@db.example/samtun")
    own = database.configured(ROOT, "app")
    assert own["USER"] == "web"
    assert "assume_role" not in own["OPTIONS"]


def run(arguments, **env):
    """Run the command line in a process of its own, with only the environment it needs."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("SAMTUN_", "DJANGO_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=clean | env, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip


PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "samtun.config.settings.prod",
    "SAMTUN_SECRET_KEY": "k4!w9" * 14, "SAMTUN_KEYS_FILE": "/run/keys.json", "SAMTUN_HOSTS": "samtun.example",
}  # fmt: skip


def test_production_settings_pass_djangos_own_check(tmp_path):
    write_key_file(tmp_path / "keys.json")
    keys = {"SAMTUN_KEYS_FILE": str(tmp_path / "keys.json")}
    done = run(["check", "--deploy", "--fail-level", "WARNING"], **PRODUCTION | keys)
    faults = [line for line in done.stderr.splitlines() if line.startswith("?:") and "staticfiles.W004" not in line]
    assert faults == []
    assert done.returncode == 0 or "staticfiles.W004" in done.stderr, done.stderr


def test_a_key_file_that_is_not_there_is_seen():
    done = run(["check", "--deploy"], **PRODUCTION)
    assert done.returncode == 1
    assert "samtun.E004" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_weak_secret_is_seen():
    done = run(["check", "--deploy", "--fail-level", "WARNING"], **PRODUCTION | {"SAMTUN_SECRET_KEY": "short"})
    assert done.returncode == 1
    assert "security.W009" in done.stderr


@pytest.mark.parametrize("missing", ["SAMTUN_SECRET_KEY", "SAMTUN_KEYS_FILE", "SAMTUN_HOSTS"])
def test_production_does_not_start_half_configured(missing):
    done = run(["check"], **{k: v for k, v in PRODUCTION.items() if k != missing})
    assert done.returncode == 1
    assert done.stderr == f"Set these before starting: {missing}. See docs/how-to/run-for-real.md.\n", "one line"
