"""All parts run or none does, and nothing is left over."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from samtun.foundation.starting import live_from
from samtun.foundation.supervising import Part, PartDied, live_port, parts_of_the_house, run

FOREVER = "import time\nwhile True: time.sleep(0.1)"
STUBBORN = f"import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('deaf', flush=True)\n{FOREVER}"
WITH_ITS_PARENT = "import os, time\nparent = os.getppid()\nwhile os.getppid() == parent: time.sleep(0.1)"
WITH_CHILD = (
    "import subprocess, sys\n"
    f"child = subprocess.Popen([sys.executable, '-c', {FOREVER!r}])\n"
    "open(sys.argv[1], 'w').write(str(child.pid))\n"
    f"{FOREVER}"
)


def part(name, code, *arguments):
    return Part(name, (sys.executable, "-c", code, *arguments))


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123 -- a file of the kernel's
        return file.read().split(")")[1].split()[0] != "Z"


def pid_of(parts, monkeypatch):
    """Keep the process numbers that `run` starts."""
    from samtun.foundation import supervising

    started = []
    begin = supervising._begin

    def keep(part, logs):
        process = begin(part, logs)
        started.append(process.pid)
        return process

    monkeypatch.setattr(supervising, "_begin", keep)
    return started


def test_stopping_stops_all(tmp_path, monkeypatch):
    started = pid_of([], monkeypatch)
    announced = []

    def announce():
        announced.append(True)
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()

    run([part("web", FOREVER), part("worker", FOREVER)], logs=tmp_path, ready=lambda: True, announce=announce)
    assert announced == [True]
    assert len(started) == 2
    assert [pid for pid in started if alive(pid)] == []


SUPERVISED = f"""
import signal, sys
from pathlib import Path
from samtun.foundation.supervising import Part, run
signal.signal(signal.SIGINT, signal.SIG_IGN)
web = Part("web", (sys.executable, "-c", {WITH_ITS_PARENT!r}))
run([web], logs=Path(sys.argv[1]), ready=lambda: True, announce=lambda: print("up", flush=True))
"""


def test_one_who_presses_again_and_again_is_heard(tmp_path):
    """A lock in the handler would wait for itself: the next press comes while the last is being seen to."""
    command = [sys.executable, "-c", SUPERVISED, str(tmp_path)]
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True, env=paths) as supervised:
        try:
            assert supervised.stdout.readline() == b"up\n"
            deadline = time.monotonic() + 10
            while supervised.poll() is None and time.monotonic() < deadline:
                os.kill(supervised.pid, signal.SIGINT)
            assert supervised.poll() == 0
        finally:
            supervised.kill()


def test_the_others_wait_until_the_first_is_ready(tmp_path, monkeypatch):
    started = pid_of([], monkeypatch)
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
    run([part("web", FOREVER), part("worker", FOREVER)], logs=tmp_path, ready=lambda: False, announce=lambda: None)
    assert len(started) == 1


def test_a_death_stops_the_rest_and_says_whose_and_why(tmp_path, monkeypatch):
    started = pid_of([], monkeypatch)
    dying = part("worker", "import sys\nprint('first')\nprint('no such table')\nsys.exit(3)")
    with pytest.raises(PartDied, match=r"worker stopped by itself \(code 3\)") as death:
        run([part("web", FOREVER), dying], logs=tmp_path, ready=lambda: True, announce=lambda: None)
    assert str(death.value).endswith("  first\n  no such table")
    assert [pid for pid in started if alive(pid)] == []


def test_what_does_not_listen_is_ended_and_its_children_too(tmp_path, monkeypatch):
    from samtun.foundation import supervising

    monkeypatch.setattr(supervising, "GRACE", 0.5)
    monkeypatch.setattr(supervising.end_all, "__defaults__", (0.5,))
    started = pid_of([], monkeypatch)
    child_file = tmp_path / "child"

    def announce():
        deadline = time.monotonic() + 10
        while not (child_file.exists() and child_file.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM)).start()

    parts = [part("parent", WITH_CHILD, str(child_file)), part("deaf", STUBBORN)]
    run(parts, logs=tmp_path, ready=lambda: True, announce=announce)
    assert [pid for pid in [*started, int(child_file.read_text())] if alive(pid)] == []


def test_the_death_of_a_comfort_stops_nothing(tmp_path, monkeypatch):
    started = pid_of([], monkeypatch)
    threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGTERM)).start()
    comfort = Part("live stream", (sys.executable, "-c", "pass"), comfort=True)
    run([part("web", FOREVER), comfort], logs=tmp_path, ready=lambda: True, announce=lambda: None)
    assert len(started) == 2


def test_the_terminals_own_signals_are_given_back(tmp_path):
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(PartDied):
        run([part("web", "pass")], logs=tmp_path, ready=lambda: False, announce=lambda: None)
    assert signal.getsignal(signal.SIGINT) is before


def test_each_part_has_the_role_that_is_its_own(tmp_path):
    manage = tmp_path / "manage.py"
    parts = parts_of_the_house(manage, 8123, {"reap"})
    assert [(p.name, p.env["SAMTUN_DB_ROLE"]) for p in parts] == [
        ("web server", "app"), ("worker", "worker"), ("sealer", "sealer"), ("reaper", "worker"),
    ]  # fmt: skip
    web = parts[0].command
    assert web[web.index("--host") + 1] == "127.0.0.1"
    assert web[web.index("--port") + 1] == "8123"
    assert [p.name for p in parts_of_the_house(manage, 8123, set())] == ["web server", "worker", "sealer"]


def test_the_live_stream_is_a_part_where_browsers_can_find_it(tmp_path):
    *_, live = parts_of_the_house(tmp_path / "manage.py", 8123, set(), ("http://localhost:9123", 9123))
    assert (live.name, live.comfort, live.env["SAMTUN_DB_ROLE"]) == ("live stream", True, "app")
    assert live.command[live.command.index("--port") + 1] == "9123"
    web = parts_of_the_house(tmp_path / "manage.py", 8123, set(), ("http://localhost:9123", 9123))[0]
    assert web.env["SAMTUN_LIVE_ORIGIN"] == "http://localhost:9123"


def test_a_port_for_the_live_stream_is_found_also_when_the_first_is_taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        found = live_port(taken - 1000)
        assert found not in {None, taken}
    assert live_port(70_000), "past the last port there is another"


def test_where_browsers_find_what_is_told_live(settings, monkeypatch):
    settings.SAMTUN_LIVE_ORIGIN = ""
    monkeypatch.delenv("SAMTUN_LIVE_PORT", raising=False)
    origin, port = live_from(8123, "localhost")
    assert origin == f"http://localhost:{port}"
    assert live_from(8123, "samtun.example.no") == ("", 0)
    settings.SAMTUN_LIVE_ORIGIN = "https://live.example.no"
    monkeypatch.setenv("SAMTUN_LIVE_PORT", "9443")
    assert live_from(8123, "samtun.example.no") == ("https://live.example.no", 9443)
