"""What a bench of the planning engine measures, one figure each."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value: what, how much, the goal in words, whether it was reached (None where there is no goal)."""

    name: str
    value: float
    unit: str
    goal: str = ""
    reached: bool | None = None
    detail: dict[str, Any] = field(default_factory=dict)
