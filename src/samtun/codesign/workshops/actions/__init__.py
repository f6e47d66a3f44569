"""The verbs of workshops."""

from samtun.codesign.workshops.actions.holding import IsOver, NeedsWords, NotBegun, NotNow, TooLong
from samtun.codesign.workshops.actions.planning import (
    Facts,
    HasNotes,
    TakesNoTime,
    TooManyGroups,
    cancel,
    change,
    drop_question,
    erase,
    plan,
    write_question,
)
from samtun.codesign.workshops.actions.recommending import (
    IsSomethingAlready,
    TenIsEnough,
    make_design,
    make_idea,
    make_todo,
    recommend,
    rewrite,
)
from samtun.codesign.workshops.actions.running import (
    NoQuestions,
    add_minute,
    end,
    go_back,
    go_on,
    rest,
    resume,
    start,
)
from samtun.codesign.workshops.actions.taking_part import IsFull, TableHasNoPart, answer, join, move, take_part
from samtun.codesign.workshops.actions.writing import (
    EnoughNotes,
    NoDotsLeft,
    NotSharedYet,
    Written,
    gather,
    put_dot,
    share,
    take_dot,
    take_off,
    write_down,
    write_note,
)

__all__ = [
    "EnoughNotes", "Facts", "HasNotes", "IsFull", "IsOver", "IsSomethingAlready", "NeedsWords", "NoDotsLeft",
    "NoQuestions", "NotBegun", "NotNow", "NotSharedYet", "TableHasNoPart", "TakesNoTime", "TenIsEnough", "TooLong",
    "TooManyGroups", "Written", "add_minute", "answer", "cancel", "change", "drop_question", "end", "erase", "gather",
    "go_back", "go_on", "join", "make_design", "make_idea", "make_todo", "move", "plan", "put_dot", "recommend",
    "rest", "resume", "rewrite", "share", "start", "take_dot", "take_off", "take_part", "write_down", "write_note",
    "write_question",
]  # fmt: skip
