"""So many who ask for the same page at once, each time by a connection of its own."""

import http.client
import statistics
import threading
import time
from dataclasses import dataclass

AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Rate:
    """What a server managed: pages a second, how long one waited, how large a page was."""

    pages_a_second: float
    median_ms: float
    p95_ms: float
    octets: int


def crowd(port, path, *, host, seconds):
    """Ask for a page for so long, `AT_ONCE` at a time; every answer must be 200."""
    waits, sizes, until = [], set(), time.monotonic() + seconds

    def one():
        while time.monotonic() < until:
            began = time.perf_counter()
            size = _get(port, path, host)
            waits.append((time.perf_counter() - began) * 1000)
            sizes.add(size)

    began = time.monotonic()
    threads = [threading.Thread(target=one) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken, waits = time.monotonic() - began, sorted(waits)
    assert 0 not in sizes, "an answer was not 200"
    return Rate(
        round(len(waits) / taken, 2), round(statistics.median(waits), 1), round(waits[int(len(waits) * 0.95)], 1),
        max(sizes),
    )  # fmt: skip


def _get(port, path, host):
    """Return the size of the page; 0 when it was not given."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Host": host, "Connection": "close"})
        answer = connection.getresponse()
        return len(answer.read()) if answer.status == 200 else 0
    finally:
        connection.close()
