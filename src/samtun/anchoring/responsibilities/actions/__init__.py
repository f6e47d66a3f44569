"""Verbs on kinds of help, and on the map of whose task each is."""

from samtun.anchoring.responsibilities.actions.kinds import (
    ChangedMeanwhile,
    MinutesOrder,
    NameTaken,
    NeedsNames,
    NotEmpty,
    ProfessionalTask,
    add_task_type,
    begin_with_ordinary,
    change_limits,
    clear,
    describe_task_type,
    list_purpose,
)
from samtun.anchoring.responsibilities.actions.mapping import (
    AnsweredAlready,
    NothingNew,
    TheyAnswerThemselves,
    WaitsAlready,
    WriteWho,
    WriteWhy,
    answer_change,
    owner_left,
    propose_change,
    withdraw_change,
)

__all__ = [
    "AnsweredAlready", "ChangedMeanwhile", "MinutesOrder", "NameTaken", "NeedsNames", "NotEmpty", "NothingNew",
    "ProfessionalTask", "TheyAnswerThemselves", "WaitsAlready", "WriteWho", "WriteWhy", "add_task_type",
    "answer_change", "begin_with_ordinary", "change_limits", "clear", "describe_task_type", "list_purpose",
    "owner_left", "propose_change", "withdraw_change",
]  # fmt: skip
