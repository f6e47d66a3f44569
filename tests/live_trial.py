"""The live process for tests: a kind of its own, paces of its own, and a bare echo beside it to measure against.

The thing that is followed is a row of `Visit`: its place is its version, and `:` after it whose key opens it.
"""

import asyncio
import datetime as dt
import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtun.config.settings.test")
django.setup()

from django.conf import settings  # noqa: E402 -- after setup
from django.db import connection  # noqa: E402 -- as above

from samtun.foundation import live  # noqa: E402 -- as above
from samtun.foundation.models.runtime import Visit  # noqa: E402 -- as above
from samtun.kernel import clock  # noqa: E402 -- as above

KIND = "trial"
KEY = "a key on paper"
HOLDER = "the table by the window"


def look(viewer, ident, holder):
    """Return the row's version for whoever is in sight: those logged in, or by key."""
    if viewer.account is None and holder != HOLDER:
        return None
    place = Visit.objects.filter(id=ident).values_list("place", flat=True).first()
    return int(place) if place else None


def holder(_ident, key):
    return HOLDER if key == KEY else ""


if told := os.environ.get("SAMTUN_TRIAL"):
    wanted = json.loads(told)
    _now = clock.now
    clock.now = lambda: _now() + dt.timedelta(seconds=wanted["ahead"])
    connection.settings_dict["NAME"] = wanted["database"]
    settings.SAMTUN_KEYS_FILE = wanted["keys"]
    from samtun.config.live import Live, Pace

    live.register(KIND, look, holder)
    _live = Live(Pace(**wanted["pace"]))
    _echoes = set()

    async def application(scope, receive, send):
        """The live process, and `/echo`: every open one is told what is asked for as `/echo/say/<n>`."""
        path = scope.get("path", "")
        if not path.startswith("/echo"):
            await _live(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
        if path.startswith("/echo/say/"):
            for queue in _echoes:
                queue.put_nowait(path.rpartition("/")[2])
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        queue = asyncio.Queue()
        _echoes.add(queue)
        try:
            await send({"type": "http.response.body", "body": b"data: 0\n\n", "more_body": True})
            while True:
                body = f"event: changed\ndata: {await queue.get()}\n\n".encode()
                await send({"type": "http.response.body", "body": body, "more_body": True})
        finally:
            _echoes.discard(queue)
