"""The verbs of call-outs: making and filling them, and what a death stops."""

from samtun.operation.callouts.actions.calling import (
    AnswersAsAdult,
    GroupSize,
    HasBeen,
    HowMany,
    NameTaken,
    NobodyToAsk,
    NotForCallOuts,
    NotOnThisList,
    OverAlready,
    SaidAlready,
    add_friend,
    answer,
    ask_more,
    call_out,
    cancel,
    close_by_time,
    look,
    make_list,
    remind,
    remove_friend,
)
from samtun.operation.callouts.actions.dying import death_taken_back, person_died

__all__ = [
    "AnswersAsAdult", "GroupSize", "HasBeen", "HowMany", "NameTaken", "NobodyToAsk", "NotForCallOuts", "NotOnThisList",
    "OverAlready", "SaidAlready", "add_friend", "answer", "ask_more", "call_out", "cancel", "close_by_time",
    "death_taken_back", "look", "make_list", "person_died", "remind", "remove_friend",
]  # fmt: skip
