"""What someone has shown, held or been through, as far as a task can ask for it (rule R63)."""

import re
from dataclasses import dataclass
from datetime import date

CONFIDENTIALITY = "confidentiality"
"""A signed declaration of confidentiality."""
DRIVING = "driving"
"""May drive others: the host has seen a licence. Says nothing about having a car."""
OWN_CAR = "own_car"
"""Comes in a car of their own. Answered by the volunteer's `has_car`, never by a fact."""

_CODE = re.compile(r"(confidentiality|driving|own_car|(course|police|approval):[a-z0-9][a-z0-9_.-]*)")


def check_code(code: str) -> None:
    """Raise ValueError unless `code` is one that a task may ask for.

    `confidentiality`, `driving`, `own_car`, `course:<key>`, `police:<key of the legal purpose>` (rule R64: there is no
    police certificate without one) or `approval:<key>` (what a host settles itself, such as a first talk).
    """
    if not _CODE.fullmatch(code):
        raise ValueError(
            f"{code!r} is not something a task can ask for. Use confidentiality, driving, own_car, course:<key>, "
            "police:<legal purpose> or approval:<key>."
        )


@dataclass(frozen=True, slots=True)
class Fact:
    """A requirement that is met, up to and including the day `expires`; None means for good."""

    code: str
    expires: date | None = None

    def __post_init__(self) -> None:
        check_code(self.code)
        if self.code == OWN_CAR:
            raise ValueError("A car of one's own is told by has_car, not by a fact.")
