"""Runs the parts of Samtun side by side: all live, or none.

Each part gets a session of its own: otherwise Ctrl-C in the terminal reaches it twice, once from the terminal and
once from here, and the web server then hangs and keeps its port.
"""

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

GRACE = 8.0  # seconds a part has to finish what it is doing
LAST_LINES = 12


@dataclass(frozen=True, slots=True)
class Part:
    """One process: its name for people, its command, and what its environment has besides ours."""

    name: str
    command: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)


class PartDied(Exception):
    """A part ended by itself; the text names it and gives its last lines."""


def run(parts: Sequence[Part], *, logs: Path, ready: Callable[[], bool], announce: Callable[[], None]) -> None:
    """Start the first part, when `ready` says so the others, call `announce`, and wait.

    Returns when asked to stop (SIGINT, SIGTERM, SIGHUP); PartDied when a part ended by itself. Either way nothing is
    left running. The first part has the machine to itself while it starts: someone is waiting for its first page.
    """
    stop = threading.Event()
    before = {s: signal.signal(s, lambda *_: stop.set()) for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    logs.mkdir(parents=True, exist_ok=True)
    running: list[tuple[Part, subprocess.Popen[bytes]]] = []
    try:
        running.append((parts[0], _begin(parts[0], logs)))
        while not stop.wait(0.05 if len(running) == 1 else 0.3):
            for part, process in running:
                if process.poll() is not None:
                    raise PartDied(_obituary(part, process.returncode, logs))
            if len(running) == 1 and ready():
                running.extend((part, _begin(part, logs)) for part in parts[1:])
                announce()
    finally:
        end_all([process for _, process in running])
        for number, handler in before.items():
            signal.signal(number, handler)


def _begin(part: Part, logs: Path) -> subprocess.Popen[bytes]:
    with (logs / f"{part.name}.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603 -- our own commands, no shell
            part.command, env=os.environ | part.env, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip


def _obituary(part: Part, code: int, logs: Path) -> str:
    lines = (logs / f"{part.name}.log").read_text(errors="replace").splitlines()[-LAST_LINES:]
    said = "\n".join(f"  {line}" for line in lines) or "  (it said nothing)"
    return f"The {part.name} stopped by itself (code {code}), so everything was stopped. Its last lines:\n{said}"


def end_all(processes: Sequence[subprocess.Popen[bytes]], grace: float = GRACE) -> None:
    """Ask all to end, wait `grace` seconds together, then end what is left, their own children too."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + grace
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            pass
        finally:
            _sweep(process)


def _sweep(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
    process.wait(5)


def answers(port: int, host: str) -> bool:
    """Tell whether the web server answers that it is ready to serve."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/-/ready", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=2) as response:  # noqa: S310 -- our own server, http
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def parts_of_the_house(manage: Path, port: int, known_commands: set[str]) -> list[Part]:
    """Return the processes that together are Samtun, each with the database role that is its own."""
    python = sys.executable
    granian = str(Path(python).parent / "granian")
    path = {"PYTHONPATH": str(manage.parent / "src")}
    parts = [
        Part(
            "web server",
            (
                granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
                "--blocking-threads", "1", "--workers-kill-timeout", "5s", "--no-ws", "--log-level", "warning",
                "samtun.config.wsgi:application",
            ),
            path | {"SAMTUN_DB_ROLE": "app"},
        ),
        Part(
            "worker",
            (
                python, str(manage), "procrastinate", "worker", "--concurrency", "2", "--shutdown-graceful-timeout",
                "5",
            ),
            {"SAMTUN_DB_ROLE": "worker"},
        ),
        Part("sealer", (python, str(manage), "seal"), {"SAMTUN_DB_ROLE": "sealer"}),
    ]  # fmt: skip
    if "reap" in known_commands:
        parts.append(Part("reaper", (python, str(manage), "reap"), {"SAMTUN_DB_ROLE": "worker"}))
    return parts
