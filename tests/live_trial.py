"""The live process for tests: a kind of its own, paces of its own, and a bare echo beside it to measure against.

The thing that is followed is a row of `Visit`: its place is its version, and `:` after it whose key opens it.
"""

import asyncio

from samtun.config.live import Live, Pace  # the first of ours: it makes Django ready in a process of its own
from samtun.foundation import live
from samtun.foundation.models.runtime import Visit
from tests.trial import as_told

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


if told := as_told():
    live.register(KIND, look, holder)
    _live = Live(Pace(**told["pace"]))
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
