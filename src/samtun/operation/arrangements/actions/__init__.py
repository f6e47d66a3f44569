"""The verbs of a standing arrangement, by the part of its life they belong to."""

from samtun.operation.arrangements.actions.beginning import Plan, arrange, arrange_from, begin
from samtun.operation.arrangements.actions.changing import change, end, find_another
from samtun.operation.arrangements.actions.leaving import consent_withdrawn, owner_left, stop_coming, volunteer_left
from samtun.operation.arrangements.actions.pausing import lift, pause, say_yes_again
from samtun.operation.arrangements.actions.stopping import (
    death_taken_back,
    person_away,
    person_back,
    person_died,
    visitor_said,
)
from samtun.operation.arrangements.actions.tending import tend
from samtun.operation.arrangements.actions.visiting import (
    cannot_come,
    find_stand_in,
    not_this_time,
    note_minutes,
    stands_after_all,
)

__all__ = [
    "Plan", "arrange", "arrange_from", "begin", "cannot_come", "change", "consent_withdrawn", "death_taken_back",
    "end", "find_another", "find_stand_in", "lift", "not_this_time", "note_minutes", "owner_left", "pause",
    "person_away", "person_back", "person_died", "say_yes_again", "stands_after_all", "stop_coming", "tend",
    "visitor_said", "volunteer_left",
]  # fmt: skip
