"""The verbs of a help request, by the part of its life they belong to."""

from samtun.operation.help_requests.actions.agreeing import agree, answer_proposal, cannot_come, choose_another
from samtun.operation.help_requests.actions.asking import answer_ask, ask_volunteers, lapse_ask, pick
from samtun.operation.help_requests.actions.assessing import Plan, assess, conclude_visit, pass_cleared, pass_like
from samtun.operation.help_requests.actions.calling import note_rung, note_talked, ring_also, talk_due
from samtun.operation.help_requests.actions.doors import send_door_code
from samtun.operation.help_requests.actions.dying import person_died
from samtun.operation.help_requests.actions.entering import (
    follow_up_entry,
    give_consent,
    let_last,
    not_him,
    prove,
    take_call,
    taken_already,
    write_plan,
)
from samtun.operation.help_requests.actions.finishing import (
    cancel,
    close_by_time,
    close_unmet,
    mark_done,
    met_otherwise,
    remind,
)
from samtun.operation.help_requests.actions.following import begin, follow_up_due, note_talk
from samtun.operation.help_requests.actions.holding import away_ends, note_go_on, person_away, person_back
from samtun.operation.help_requests.actions.leaving import consent_withdrawn, owner_left, volunteer_left
from samtun.operation.help_requests.actions.returning import all_stands_again, death_taken_back

__all__ = [
    "Plan", "agree", "all_stands_again", "answer_ask", "answer_proposal", "ask_volunteers", "assess", "away_ends",
    "begin", "cancel", "cannot_come", "choose_another", "close_by_time", "close_unmet", "conclude_visit",
    "consent_withdrawn", "death_taken_back", "follow_up_due", "follow_up_entry", "give_consent", "lapse_ask",
    "let_last", "mark_done", "met_otherwise", "not_him", "note_go_on", "note_rung", "note_talk", "note_talked",
    "owner_left", "pass_cleared", "pass_like", "person_away", "person_back", "person_died", "pick", "prove", "remind",
    "ring_also", "send_door_code", "take_call", "taken_already", "talk_due", "volunteer_left", "write_plan",
]  # fmt: skip
