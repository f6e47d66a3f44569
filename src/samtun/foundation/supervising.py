"""Runs the parts of Samtun side by side: all live, or none.

Each part gets a session of its own: otherwise Ctrl-C in the terminal reaches it twice, once from the terminal and
once from here, and the web server then hangs and keeps its port.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

GRACE = 8.0  # seconds a part has to finish what it is doing
LAST_LINES = 12
PAUSE, PAUSE_STARTING = 0.3, 0.05  # seconds between two looks at the parts; someone waits for the first page


@dataclass(frozen=True, slots=True)
class Part:
    """One process: its name for people, its command, and what its environment has besides ours.

    What is a `comfort` may end without the others: everything works without it.
    """

    name: str
    command: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)
    comfort: bool = False


class PartDied(Exception):
    """A part ended by itself; the text names it and gives its last lines."""


def run(parts: Sequence[Part], *, logs: Path, ready: Callable[[], bool], announce: Callable[[], None]) -> None:
    """Start the first part, when `ready` says so the others, call `announce`, and wait.

    Returns when asked to stop (SIGINT, SIGTERM, SIGHUP); PartDied when a part ended by itself. Either way nothing is
    left running. The first part has the machine to itself while it starts: someone is waiting for its first page.
    """
    asked: list[int] = []  # no lock: a second signal while the first is being seen to would wait for itself
    before = {
        each: signal.signal(each, lambda number, _frame: asked.append(number))
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    logs.mkdir(parents=True, exist_ok=True)
    running: list[tuple[Part, subprocess.Popen[bytes]]] = []
    try:
        running.append((parts[0], _begin(parts[0], logs)))
        while not asked:
            time.sleep(PAUSE_STARTING if len(running) == 1 else PAUSE)
            for part, process in running:
                if process.poll() is not None and not part.comfort:
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


LIVE_ABOVE = 1000


def live_port(port: int) -> int | None:
    """Return a free port for the live process: a thousand above the web server's, else any; None without any."""
    for wanted in (port + LIVE_ABOVE, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", wanted))
            except (OSError, OverflowError):
                continue
            return int(probe.getsockname()[1])
    return None


def live_part(granian: str, port: int, env: dict[str, str]) -> Part:
    """Return the live process. Its open streams have nothing to finish, so it is not waited for long."""
    command = (
        granian, "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--respawn-failed-workers", "--respawn-interval", "15", "--workers-kill-timeout", "1s", "--no-ws",
        "--log-level", "error", "samtun.config.live:application",
    )  # fmt: skip
    return Part("live stream", command, env, comfort=True)


def parts_of_the_house(
    manage: Path, port: int, known_commands: set[str], live: tuple[str, int] = ("", 0)
) -> list[Part]:
    """Return the processes that together are Samtun, each with the database role that is its own.

    `live` is the origin at which browsers find what is told live, and the port it is served at; without, pages ask
    again by themselves.
    """
    python = sys.executable
    granian = str(Path(python).parent / "granian")
    origin, heard_at = live
    path = {"PYTHONPATH": str(manage.parent / "src"), "SAMTUN_LIVE_ORIGIN": origin}
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
    if origin:
        parts.append(live_part(granian, heard_at, path | {"SAMTUN_DB_ROLE": "app"}))
    return parts
