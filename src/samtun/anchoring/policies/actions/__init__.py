"""Verbs on policies: written, opened, ended; goals set, given somebody, said how far, given another date."""

from samtun.anchoring.policies.actions.goals import (
    AskThem,
    GiveReason,
    NewDay,
    SameDay,
    give_to,
    move_date,
    name_person,
    say_state,
    set_goal,
    set_measure,
)
from samtun.anchoring.policies.actions.looking import look, owner_left, somebody_gone
from samtun.anchoring.policies.actions.policies import (
    DaysInOrder,
    NoGoals,
    NotDecided,
    Told,
    change_policy,
    end_policy,
    forget_who,
    open_policy,
    write_policy,
)
from samtun.anchoring.policies.actions.stepping import ChangedMeanwhile, IsOver, NeedsWords

__all__ = [
    "AskThem", "ChangedMeanwhile", "DaysInOrder", "GiveReason", "IsOver", "NeedsWords", "NewDay", "NoGoals",
    "NotDecided", "SameDay", "Told", "change_policy", "end_policy", "forget_who", "give_to", "look", "move_date",
    "name_person", "open_policy", "owner_left", "say_state", "set_goal", "set_measure", "somebody_gone",
    "write_policy",
]  # fmt: skip
