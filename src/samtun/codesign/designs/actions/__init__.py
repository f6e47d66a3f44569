"""The verbs of service designs."""

from samtun.codesign.designs.actions.approving import (
    ChooseLater,
    NotBegun,
    NotHeardYet,
    NotInWriting,
    OneWaitsAlready,
    SaidAlready,
    SettledAlready,
    TrialDayGone,
    answer_change,
    propose_larger,
)
from samtun.codesign.designs.actions.asking import AskedAlready
from samtun.codesign.designs.actions.changing import (
    make_change,
    not_make,
    plan_change,
    propose_change,
    withdraw_change,
)
from samtun.codesign.designs.actions.forums import item_moved, propose_to_forum
from samtun.codesign.designs.actions.holding import (
    IsOver,
    NeedsWords,
    NotThatWay,
    TheyWriteThemselves,
    WriteWhy,
    WrittenMeanwhile,
)
from samtun.codesign.designs.actions.making import (
    AllMustSayYes,
    AnsweredAlready,
    LastParty,
    ask_party,
    begin,
    decline,
    draw,
    join,
    leave,
    write_gain,
)
from samtun.codesign.designs.actions.passing import owner_left, trial_ends_soon
from samtun.codesign.designs.actions.resting import rest_no_more, rest_on, serve, serve_no_more
from samtun.codesign.designs.actions.writing import (
    NoNames,
    NotAParty,
    PurposeIsShared,
    SayHow,
    add_place,
    divide,
    drop_place,
    drop_task,
    write_legal,
    write_words,
)

__all__ = [
    "AllMustSayYes", "AnsweredAlready", "AskedAlready", "ChooseLater", "IsOver", "LastParty", "NeedsWords", "NoNames",
    "NotAParty", "NotBegun", "NotHeardYet", "NotInWriting", "NotThatWay", "OneWaitsAlready", "PurposeIsShared",
    "SaidAlready", "SayHow", "SettledAlready", "TheyWriteThemselves", "TrialDayGone", "WriteWhy", "WrittenMeanwhile",
    "add_place", "answer_change", "ask_party", "begin", "decline", "divide", "draw", "drop_place", "drop_task",
    "item_moved", "join", "leave", "make_change", "not_make", "owner_left", "plan_change", "propose_change",
    "propose_larger", "propose_to_forum", "rest_no_more", "rest_on", "serve", "serve_no_more", "trial_ends_soon",
    "withdraw_change", "write_gain", "write_legal", "write_words",
]  # fmt: skip
