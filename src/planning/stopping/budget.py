"""When a search ends: after so many iterations, after so many seconds, or whichever comes first."""

from dataclasses import dataclass
from time import thread_time


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a search may go on: `iterations` of its own kind, `seconds` of processor time, or both.

    With iterations alone the same problem and seed give the same plan; seconds are a safety stop beside them, and the
    result then says that it was stopped. Raises ValueError when neither is given or one is not above zero.
    """

    iterations: int | None = None
    seconds: float | None = None

    def __post_init__(self) -> None:
        if self.iterations is None and self.seconds is None:
            raise ValueError("Say how long to search: a number of iterations, of seconds, or both.")
        if self.iterations is not None and self.iterations < 1:
            raise ValueError(f"A search has at least 1 iteration, not {self.iterations}.")
        if self.seconds is not None and not 0 < self.seconds < float("inf"):
            raise ValueError(f"A search takes more than 0 seconds and ends, not {self.seconds}.")

    def begin(self) -> "Running":
        """Start the clock."""
        return Running(self, thread_time())


@dataclass(slots=True)
class Running:
    """A search under way. Its clock is the only one in the engine, and counts this thread's processor time."""

    budget: Budget
    began: float

    @property
    def seconds(self) -> float:
        """Processor seconds so far."""
        return thread_time() - self.began

    def share(self, iterations: int) -> float:
        """How much of the budget is used after so many iterations: from 0, to 1 and over when it is time to stop.

        Follows the iterations where they are given, so that a run of so many iterations does not depend on the clock;
        past the seconds it is 1 whatever the iterations say.
        """
        by_time = 0.0 if self.budget.seconds is None else self.seconds / self.budget.seconds
        if self.budget.iterations is None:
            return by_time
        return 1.0 if by_time >= 1 else iterations / self.budget.iterations

    def cut_short(self, iterations: int) -> bool:
        """Whether the seconds ended it before the iterations were done."""
        wanted = self.budget.iterations
        return wanted is not None and iterations < wanted and self.share(iterations) >= 1
