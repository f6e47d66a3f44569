"""How long from the commit of a change until every browser has been told, beside a bare echo on the same server."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from samtun.foundation import live
from samtun.foundation.models.runtime import Visit
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from tests.bench import measure
from tests.live_process import PAGE, Listener, live_process
from tests.live_trial import HOLDER, KIND

GOAL_MS = 150
ROUNDS, EACH, APART = 5, 10, 0.1


@pytest.fixture
def board(transactional_db, municipality):
    with open_scope(municipality.id):
        Visit.objects.create(id=uuid7(), account=uuid7(), place="1", last_at=clock.now())
        return Ref(KIND, Visit.objects.get().id)


def _percentile(taken, share):
    return round(sorted(taken)[min(len(taken) - 1, int(len(taken) * share))], 2)


async def _waits(listeners, begun, version):
    """Return the milliseconds until each of them has heard a version."""
    for one in listeners:
        await one.until(lambda one: one.last == str(version), 10)
    return [(one.heard[-1][1] - begun) * 1000 for one in listeners]


def _commit(municipality, ref, version):
    """Change it, and return when the commit was done."""
    with open_scope(municipality.id):
        live.changed(ref, version)
    return time.perf_counter()


def _close():
    connection.close()  # looked up in the thread that has it


async def _echo(port, version):
    begun = time.perf_counter()
    said = await Listener.open(port, f"/echo/say/{version}")
    await said.close()
    return begun


@pytest.mark.bench
@pytest.mark.parametrize("number", [60, 200])
def test_from_commit_to_browser(municipality, board, number):
    async def story(port):
        loop, thread = asyncio.get_running_loop(), ThreadPoolExecutor(1)
        ticket = live.ticket(Viewer.anonymous(municipality.id), board, origin=PAGE, at=clock.now(), holder=HOLDER)
        told = await asyncio.gather(*(Listener.open(port, f"/live/{ticket}") for _ in range(number)))
        echoed = await asyncio.gather(*(Listener.open(port, "/echo") for _ in range(number)))
        tasks = [asyncio.create_task(one.listen()) for one in (*told, *echoed)]
        for one in (*told, *echoed):
            await one.until(lambda one: one.heard, 30)
        taken = {"commit": [], "echo": []}
        for version in range(2, 2 + ROUNDS * EACH):
            begun = await loop.run_in_executor(thread, _commit, municipality, board, version)
            taken["commit"] += await _waits(told, begun, version)
            await asyncio.sleep(APART)
            begun = await _echo(port, version)
            taken["echo"] += await _waits(echoed, begun, version)
            await asyncio.sleep(APART)
        for one in (*told, *echoed):
            await one.close()
        await asyncio.gather(*tasks)
        await loop.run_in_executor(thread, _close)
        return taken

    with live_process() as process:
        taken = asyncio.run(story(process.port))
    p95 = _percentile(taken["commit"], 0.95)
    measure.write(
        f"live-{number}",
        {
            "clients": number,
            "told": len(taken["commit"]),
            "commit_to_client_p50_ms": _percentile(taken["commit"], 0.5),
            "commit_to_client_p95_ms": p95,
            "bare_echo_p50_ms": _percentile(taken["echo"], 0.5),
            "bare_echo_p95_ms": _percentile(taken["echo"], 0.95),
        },
        goal=f"p95 from commit to browser at most {GOAL_MS} ms",
        reached=p95 <= GOAL_MS,
    )
    assert len(taken["commit"]) == number * ROUNDS * EACH, "somebody was not told"
