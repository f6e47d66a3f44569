"""Starts the live process, and the web server, on the test database, and listens as a browser would."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[1]
PAGE = "http://testserver"


def live_process(ahead=0.0, **pace):
    """Run the live process on a port of its own, its clock so many seconds ahead; yields it with its `port`."""
    return _process("tests.live_trial:application", ["--interface", "asgi", "--workers", "1"], ahead, pace)


def web_process(ahead=0.0, application="tests.web_trial:application"):
    """Run the web server beside it, as `make start` does: two workers with a thread each."""
    return _process(application, ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "1"], ahead, {})


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def _process(application, kind, ahead, pace):
    port = free_port()
    where = connection.settings_dict
    told = {"database": where["NAME"], "keys": settings.SAMTUN_KEYS_FILE, "pace": pace, "ahead": ahead}
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "samtun.config.settings.test", "PYTHONPATH": f"{ROOT}/src:{ROOT}",
        "SAMTUN_DB": f"{where['HOST']}:{where['PORT']}", "SAMTUN_DB_ROLE": "app", "SAMTUN_TRIAL": json.dumps(told),
    }  # fmt: skip
    command = [
        str(Path(sys.executable).parent / "granian"), *kind, "--host", "127.0.0.1", "--port", str(port),
        "--workers-kill-timeout", "1s", "--no-ws", "--log-level", "warning", application,
    ]  # fmt: skip
    with subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, start_new_session=True) as process:
        process.port = port
        try:
            until_answered(process, port, "/-/ready")
            yield process
        finally:
            process.terminate()
            try:
                process.wait(8)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)


def until_answered(process, port, path, **headers):
    """Wait until a process answers; it may take a minute."""
    until = time.monotonic() + 60
    while status(port, path, **headers) != 200:
        assert process.poll() is None, "the process ended by itself"
        assert time.monotonic() < until, "the process is not ready"
        time.sleep(0.05)


def status(port, path, **headers):
    """Return what a plain GET answers; 0 when nobody does. A stream is closed again at once."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return refusal.code
    except OSError:
        return 0


class Listener:
    """One open stream: what it heard, and when."""

    def __init__(self, reader, writer):
        self.reader, self.writer, self.heard, self.closed = reader, writer, [], False

    @classmethod
    async def open(cls, port, path, origin=PAGE):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: live\r\nOrigin: {origin}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        made = cls(reader, writer)
        made.status, made.head = int(head.split(" ")[1]), head.lower()
        return made

    async def listen(self):
        """Hear until the stream is closed."""
        with suppress(ConnectionError):
            while (line := await self.reader.readline()) not in {b"", b"0\r\n"}:
                if line.startswith(b"data: "):
                    self.heard.append((line[6:].strip().decode(), time.perf_counter()))
        self.closed = True

    async def until(self, true, seconds=5.0):
        """Wait until something holds for this listener."""
        end = time.monotonic() + seconds
        while not true(self):
            assert time.monotonic() < end, f"heard only {[what for what, _ in self.heard][-5:]}, closed {self.closed}"
            await asyncio.sleep(0.005)

    @property
    def last(self):
        return self.heard[-1][0] if self.heard else None

    async def close(self):
        self.writer.close()
        with suppress(ConnectionError):
            await self.writer.wait_closed()
