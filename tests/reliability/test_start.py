"""`manage.py start` from nothing: asks, founds, runs, and its administrator logs in over HTTP; then stops clean."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest

from tests.architecture.source import ROOT

pytestmark = pytest.mark.reliability
ANSWERS = ["Prøvedal kommune", "localhost", "xx", "nn", "Kari Nes", "kari@eksempel.test", "12", "90000001", "kort"]
PASSWORD = "ein stol i tunet"
PATIENCE = 240  # seconds; making a database and all tables on a busy machine


@pytest.fixture
def running() -> Iterator[str]:
    """A freshly founded Samtun with a database of its own; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    strange = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SAMTUN_DB", "SAMTUN_DB_ROLE"}
    with tempfile.TemporaryDirectory(prefix="samtun-start-") as folder:
        env = {k: v for k, v in os.environ.items() if k not in strange} | {"SAMTUN_DATA": f"{folder}/data"}
        said = Path(folder) / "said"
        with said.open("w") as out, subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "start", "--port", str(port)],
            env=env, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.STDOUT, text=True,
        ) as process:  # fmt: skip
            assert process.stdin
            process.stdin.write("\n".join([*ANSWERS, PASSWORD, ""]))
            process.stdin.flush()
            try:
                until = time.monotonic() + PATIENCE
                while "Ctrl-C stops it" not in said.read_text():
                    assert process.poll() is None, said.read_text()
                    assert time.monotonic() < until, said.read_text()
                    time.sleep(0.2)
                yield f"http://localhost:{port}"
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(60)


class Browser:
    """Pages and forms, with cookies."""

    def __init__(self, base: str) -> None:
        jar = http.cookiejar.CookieJar()
        self.base, self.opener = base, urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def get(self, path: str) -> tuple[str, str]:
        """Return (path landed on, page)."""
        with self.opener.open(self.base + path) as answer:
            return urllib.parse.urlsplit(answer.geturl()).path, answer.read().decode()

    def post(self, path: str, **fields: str) -> tuple[str, str]:
        """Send the page's form; return (path landed on, page)."""
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', self.get(path)[1])
        assert token
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        with self.opener.open(urllib.request.Request(self.base + path, data)) as answer:
            return urllib.parse.urlsplit(answer.geturl()).path, answer.read().decode()


def test_the_first_administrator_founds_and_logs_in(running: str):
    browser = Browser(running)
    assert browser.post("/inn/passord/", address="kari@eksempel.test", password="not this one")[0] == "/inn/passord/"
    landed, page = browser.post("/inn/passord/", address="kari@eksempel.test", password=PASSWORD)
    assert landed == "/inn/totrinn/"
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert secret
    browser.post("/inn/totrinn/", code=pyotp.TOTP(secret[1].replace(" ", "")).now())
    assert "Kari Nes" in browser.get("/roller/")[1]


def test_several_that_find_no_server_make_it_once():
    one = "import sys, pathlib; from samtun.config import embedded; print(embedded.start(pathlib.Path(sys.argv[1])))"
    with tempfile.TemporaryDirectory(prefix="samtun-once-") as folder:
        command, env = [sys.executable, "-c", one, folder], os.environ | {"PYTHONPATH": str(ROOT / "src")}
        begun = [
            subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(4)
        ]
        ended = [each.communicate(timeout=PATIENCE) for each in begun]
        assert [each.returncode for each in begun] == [0] * 4, "\n".join(errors for _said, errors in ended)
        assert len({said for said, _errors in ended}) == 1
