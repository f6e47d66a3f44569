"""The live process (ADR 32): streams of `event: changed`, told to browsers as soon as the database whispers.

Run by granian as plain ASGI, beside the web server: Django's own pages would be ten times dearer here. One connection
listens; what it hears goes to each client's short queue, where the newest pushes out the oldest, so that one who does
not read never holds up another. Questions to the database (who may still listen) run in two threads.
"""

import asyncio
import contextlib
import json
import logging
import os
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

import django
import psycopg
from django.apps import apps

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtun.config.settings.prod")
    django.setup()

from django.db import Error, close_old_connections, connection
from psycopg import sql

from samtun.foundation.live import CHANNEL, NoTicket, Ticket, Whisper, look_again, read_ticket
from samtun.kernel import clock

log = logging.getLogger("samtun.live")

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Key = tuple[Any, Any]

UNKNOWN: Final = -1  # something may have happened: look again
OVER: Final = -2  # the stream ends
QUEUE = 4
SEND_WITHIN = 30.0  # seconds one who does not read is waited for


class Full(Exception):
    """There is no room for one more."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often, in seconds, and for how many."""

    check: float = 30.0
    ping: float = 20.0
    heartbeat: float = 20.0
    most: int = 800
    most_each: int = 300


@dataclass(eq=False, slots=True)
class Client:
    """One open stream: whose, and what it has not been sent yet."""

    ticket: Ticket
    checked: float
    told: int = UNKNOWN
    over: bool = False
    queue: asyncio.Queue[int] = field(default_factory=lambda: asyncio.Queue(QUEUE))

    def offer(self, what: int) -> None:
        """Put something into the queue; the oldest goes when it is full, for only the newest matters."""
        if self.over:
            return
        self.over = what == OVER
        if self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait(what)
        self.told = max(self.told, what)


class Hub:
    """All clients, by what they listen to."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.clients: dict[Key, set[Client]] = defaultdict(set)
        self.number = 0

    def join(self, client: Client) -> None:
        """Take one more in; Full when there is no room."""
        here = self.clients.get(_key(client), ())
        if self.number >= self.pace.most or len(here) >= self.pace.most_each:
            raise Full
        self.clients[_key(client)].add(client)
        self.number += 1

    def leave(self, client: Client) -> None:
        """Let one go."""
        here = self.clients[_key(client)]
        here.discard(client)
        self.number -= 1
        if not here:
            del self.clients[_key(client)]

    def hear(self, payload: str) -> None:
        """Pass on what the database whispers to those who listen to just that."""
        try:
            whisper = Whisper.parse(payload)
        except ValueError:
            log.warning("a whisper that nobody understands")
            return
        self.tell(self.clients.get((whisper.tenant, whisper.ref), ()), whisper.version)

    def tell(self, clients: Iterable[Client], what: int) -> None:
        """Put the same into the queues of some."""
        for client in clients:
            client.offer(what)

    def everyone(self) -> list[Client]:
        """Return all clients."""
        return [client for here in self.clients.values() for client in here]


def _key(client: Client) -> Key:
    return client.ticket.tenant, client.ticket.ref


class Live:
    """The process: listener, checker and the ASGI application itself."""

    def __init__(self, pace: Pace) -> None:
        self.pace, self.hub = pace, Hub(pace)
        self.listening = False
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="look")
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or live and die with the process."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    # ---------------------------------------------------------------- the process
    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.begin()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self.end()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def begin(self) -> None:
        """Begin to listen and to check."""
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._listen()), loop.create_task(self._check())]

    async def end(self) -> None:
        """Close every stream and stop."""
        self.hub.tell(self.hub.everyone(), OVER)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _listen(self) -> None:
        """Listen for as long as the process lives. After a break everyone is told to look again: much may be missed."""
        wait, heard_before = 0.1, False
        while True:
            try:
                async with _listening() as heard:
                    self.listening, wait = True, 0.1
                    if heard_before:
                        self.hub.tell(self.hub.everyone(), UNKNOWN)
                    heard_before = True
                    await self._pass_on(heard)
            except (psycopg.Error, OSError) as fault:
                self.listening = False
                log.warning("the database went away: %s", type(fault).__name__)
            await asyncio.sleep(wait * random.uniform(0.5, 1))  # noqa: S311 -- spreads load; nothing secret
            wait = min(wait * 2, 5.0)

    async def _pass_on(self, heard: psycopg.AsyncConnection[Any]) -> None:
        while True:
            async for notice in heard.notifies(timeout=self.pace.heartbeat):
                self.hub.hear(notice.payload)
            await heard.execute("SELECT 1")  # a connection cut somewhere on the way says nothing by itself

    # ---------------------------------------------------------------- who may still
    async def _look(self, ticket: Ticket) -> int | None:
        return await asyncio.get_running_loop().run_in_executor(self._threads, _asked, ticket)

    async def _check(self) -> None:
        """Ask again for each who listens: close for those who may no longer, and tell what was missed."""
        while True:
            await asyncio.sleep(self.pace.check)
            by_ticket: dict[Ticket, list[Client]] = defaultdict(list)
            for client in self.hub.everyone():
                by_ticket[_who(client.ticket)].append(client)
            for ticket, clients in by_ticket.items():
                await self._check_one(ticket, clients)

    async def _check_one(self, ticket: Ticket, clients: list[Client]) -> None:
        now = asyncio.get_running_loop().time()
        try:
            version = await self._look(ticket)
        except (Error, OSError):
            # Nobody is put out because the database is away for a moment; after two rounds without an answer all are.
            self.hub.tell((c for c in clients if now - c.checked > 2.5 * self.pace.check), OVER)
            return
        except Exception:
            log.exception("a look failed")
            version = None
        for client in clients:
            client.checked = now
            if version is None:
                client.offer(OVER)
            elif version > client.told:
                client.offer(version)

    # ---------------------------------------------------------------- one request
    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path == "/-/alive":
            await _say(send, 200, {"alive": True})
        elif path == "/-/ready":
            await _say(send, 200 if self.listening else 503, {"ready": self.listening, "clients": self.hub.number})
        elif path.startswith("/live/") and scope["method"] == "GET":
            await self._open(path.removeprefix("/live/"), _header(scope, b"origin"), receive, send)
        else:
            await _say(send, 404, {})

    async def _open(self, text: str, origin: str, receive: Receive, send: Send) -> None:
        """Open a stream for a ticket, on a page of the origin that asked for it, while there is room."""
        try:
            ticket = read_ticket(text, clock.now())
        except NoTicket:
            await _say(send, 403, {})
            return
        if origin and origin != ticket.origin:
            await _say(send, 403, {})
            return
        client = Client(ticket, asyncio.get_running_loop().time())
        try:
            self.hub.join(client)
        except Full:
            await _say(send, 503, {})
            return
        try:
            version = await self._look(ticket)  # after joining: what changes meanwhile is in the queue
            if version is None:
                await _say(send, 404, {})
                return
            if version > client.told:
                client.offer(version)
            await self._stream(client, receive, send)
        except (Error, OSError):
            await _say(send, 503, {})
        finally:
            self.hub.leave(client)

    async def _stream(self, client: Client, receive: Receive, send: Send) -> None:
        headers = {
            "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store", "x-accel-buffering": "no",
            "access-control-allow-origin": client.ticket.origin, "vary": "Origin", "x-content-type-options": "nosniff",
        }  # fmt: skip
        await _start(send, 200, headers)
        gone = asyncio.create_task(_until_gone(client, receive))
        try:
            while (chunk := await self._next(client)) is not None:
                await asyncio.wait_for(_part(send, chunk, more=True), SEND_WITHIN)
            await asyncio.wait_for(_part(send, b"", more=False), SEND_WITHIN)
        except TimeoutError:
            log.info("one who does not read was let go")
        finally:
            gone.cancel()

    async def _next(self, client: Client) -> bytes | None:
        """Wait for what is to be sent: the newest of what waits, a ping when nothing happens, None at the end."""
        try:
            what = await asyncio.wait_for(client.queue.get(), self.pace.ping)
        except TimeoutError:
            return b": ping\n\n"
        if what == OVER:
            return None
        return b"event: changed\ndata: %s\n\n" % (b"?" if what == UNKNOWN else b"%d" % what)


async def _until_gone(client: Client, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    client.offer(OVER)


def _who(ticket: Ticket) -> Ticket:
    """Return the ticket without what differs between two windows of the same login: they are asked for once."""
    return Ticket(
        ticket.tenant, ticket.ref, "", 0, account=ticket.account, hat=ticket.hat, login=ticket.login,
        holder=ticket.holder,
    )  # fmt: skip


def _asked(ticket: Ticket) -> int | None:
    close_old_connections()
    try:
        return look_again(ticket, clock.now())
    finally:
        close_old_connections()


@contextlib.asynccontextmanager
async def _listening() -> AsyncIterator[psycopg.AsyncConnection[Any]]:
    """Open a connection of its own, as this process's role, that listens to the channel."""
    kept = {k: v for k, v in connection.get_connection_params().items() if k not in {"context", "cursor_factory"}}
    own = kept | {"application_name": "samtun-live", "connect_timeout": 5, "autocommit": True}
    async with await psycopg.AsyncConnection.connect(**own) as heard:
        if role := connection.settings_dict["OPTIONS"].get("assume_role"):
            await heard.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
        await heard.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
        yield heard


def _header(scope: Message, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name), "")


async def _start(send: Send, status: int, headers: dict[str, str]) -> None:
    pairs = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})


async def _part(send: Send, body: bytes, *, more: bool) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": more})


async def _say(send: Send, status: int, what: dict[str, Any]) -> None:
    headers = {"content-type": "application/json", "cache-control": "no-store"}
    if status == 503:
        headers["retry-after"] = "10"
    await _start(send, status, headers)
    await _part(send, json.dumps(what).encode(), more=False)


application = Live(Pace())
