"""The verbs of a help request, by the part of its life they belong to."""

from samtun.operation.help_requests.actions.agreeing import agree, answer_proposal, cannot_come, choose_another
from samtun.operation.help_requests.actions.asking import answer_ask, ask_volunteers, lapse_ask, pick
from samtun.operation.help_requests.actions.assessing import assess, pass_cleared
from samtun.operation.help_requests.actions.doors import send_door_code
from samtun.operation.help_requests.actions.entering import (
    give_consent,
    not_him,
    prove,
    take_call,
    taken_already,
    write_plan,
)
from samtun.operation.help_requests.actions.finishing import cancel, close_by_time, close_unmet, mark_done, remind
from samtun.operation.help_requests.actions.leaving import consent_withdrawn, owner_left, volunteer_left

__all__ = [
    "agree", "answer_ask", "answer_proposal", "ask_volunteers", "assess", "cancel", "cannot_come", "choose_another",
    "close_by_time", "close_unmet", "consent_withdrawn", "give_consent", "lapse_ask", "mark_done", "not_him",
    "owner_left", "pass_cleared", "pick", "prove", "remind", "send_door_code", "take_call", "taken_already",
    "volunteer_left", "write_plan",
]  # fmt: skip
