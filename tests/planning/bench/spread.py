"""Spreads single runs over processes, one a core: what is measured is each thread's own processor time."""

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Any

from planning.problems.rides import plan_rides
from planning.solvers.tours import warm_up
from planning.stopping import Budget
from tests.planning.rides.days import random_day


def say(words: str) -> None:
    """Tell whoever waits."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def ready() -> None:
    """Load what is compiled, so that no clock pays for it."""
    warm_up()
    plan_rides(random_day(1, people=8), Budget(iterations=200), seed=1)


class Spread:
    """Processes that are warm and wait for work. Each begins clean, so that its memory is its own."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._pool = ProcessPoolExecutor(jobs, get_context("spawn"), ready)

    def each[C, R](self, work: Callable[[C], R], cases: Sequence[C], what: str) -> list[R]:
        """Do the work on each case and give what came of it in the same order; tells how far it is."""
        futures: list[Future[R]] = [self._pool.submit(work, case) for case in cases]
        told = 0
        for done, _ in enumerate(as_completed(futures), 1):
            if 10 * done // len(futures) > told:
                told = 10 * done // len(futures)
                say(f"  … {what}: {done} of {len(futures)}")
        return [one.result() for one in futures]

    def alone[C, R](self, work: Callable[[C], R], case: C) -> R:
        """Do one piece of work in a warm process, with nothing beside it."""
        return self._pool.submit(work, case).result()

    def __enter__(self) -> "Spread":
        return self

    def __exit__(self, *_: Any) -> None:
        self._pool.shutdown(cancel_futures=True)
