"""The verbs of networks, their members and talks, wishes answered by an ordinary activity, and home visits."""

from samtun.operation.networks.actions.answering import answer_with
from samtun.operation.networks.actions.dying import all_stands_again, death_taken_back, person_died
from samtun.operation.networks.actions.living import (
    consent_withdrawn,
    owner_left,
    person_away,
    person_back,
    volunteer_left,
)
from samtun.operation.networks.actions.members import (
    add_activity,
    add_group,
    add_near,
    add_volunteer,
    make_contact,
    take_off,
)
from samtun.operation.networks.actions.talking import begin_guidance, note_talk, talk_due
from samtun.operation.networks.actions.visiting import Needs, call_off_visit, conclude, plan_visit, visit_due
from samtun.operation.networks.actions.walking import (
    begin,
    end_network,
    set_rhythm,
    settle_step,
    skip_step,
    step_due,
    take_step_back,
)

__all__ = [
    "Needs", "add_activity", "add_group", "add_near", "add_volunteer", "all_stands_again", "answer_with", "begin",
    "begin_guidance", "call_off_visit", "conclude", "consent_withdrawn", "death_taken_back", "end_network",
    "make_contact", "note_talk", "owner_left", "person_away", "person_back", "person_died", "plan_visit", "set_rhythm",
    "settle_step", "skip_step", "step_due", "take_off", "take_step_back", "talk_due", "visit_due", "volunteer_left",
]  # fmt: skip
