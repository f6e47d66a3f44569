"""What every plan says about itself: how sure it is, how it was found, what it left out and what it changed."""

from dataclasses import dataclass
from enum import StrEnum

from planning.vocabulary.identity import Id
from planning.vocabulary.reason import Code, Figure, Reason


class Status(StrEnum):
    """How good a plan is known to be.

    OPTIMAL: proven best. FEASIBLE: keeps every rule and serves all; a better one may exist. PARTIAL: keeps every rule,
    and something is left out, with reasons. INFEASIBLE: no plan keeps every rule, proven.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    PARTIAL = "partial"
    INFEASIBLE = "infeasible"


@dataclass(frozen=True, slots=True)
class Run:
    """How a plan was found. `seconds` is processor time; `cut_short` when the clock stopped it, not the iterations.

    `engine` names the method and the version of what it rests on; `problem` is the fingerprint of what was asked.
    """

    engine: str
    seed: int
    iterations: int
    seconds: float
    problem: str
    cut_short: bool = False


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that was tried and works: its code, the figures of its sentence, and how many more it serves."""

    code: Code
    figures: tuple[Figure, ...] = ()
    serves: int = 1


@dataclass(frozen=True, slots=True)
class Unplanned:
    """Something that could not be planned, why (never empty), and what would help, cheapest first."""

    id: Id
    reasons: tuple[Reason, ...]
    fixes: tuple[Fix, ...] = ()

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError(f"What is not planned has a reason: {self.id} has none.")


@dataclass(frozen=True, slots=True)
class Change:
    """A difference from the plan before: what, and the figures that say how (as `("from", …)`, `("to", …)`)."""

    id: Id
    code: Code
    figures: tuple[Figure, ...] = ()


class WrongPlanError(Exception):
    """A plan that the judge would not let out: an error of the engine, never shown as a plan."""
