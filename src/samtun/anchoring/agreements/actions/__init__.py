"""The verbs of agreements."""

from samtun.anchoring.agreements.actions.answering import NotOpen, OwnWordsFirst, approve, object_to
from samtun.anchoring.agreements.actions.evaluating import (
    IsDone,
    NotDone,
    NotYetStanding,
    OneOfTwo,
    evaluate,
    note_recipients,
    publish_comment,
    say_word,
    take_down_comment,
)
from samtun.anchoring.agreements.actions.looking import look, owner_left, somebody_gone
from samtun.anchoring.agreements.actions.making import (
    DayAhead,
    HasLeft,
    OnPageAlready,
    TooLate,
    WithWhom,
    add_party,
    note_agreement,
    start_agreement,
    write_on_one_page,
)
from samtun.anchoring.agreements.actions.parties import (
    NotDecided,
    NotThere,
    SamePerson,
    StopsAlready,
    name_contact,
    note_backing,
    rest_on_decision,
    stop,
    write_own,
)
from samtun.anchoring.agreements.actions.proposing import (
    AnotherMeanwhile,
    DayGone,
    EvaluateFirst,
    InWriting,
    NotAParty,
    NotStanding,
    Text,
    WhoDoesWhat,
    propose_ending,
    propose_rhythm,
    propose_take_over,
    propose_text,
    withdraw,
)
from samtun.anchoring.agreements.actions.stepping import (
    DayToCome,
    IsOver,
    NeedsWords,
    OnlyNoted,
    SaidByWhom,
    Spoken,
)

__all__ = [
    "AnotherMeanwhile", "DayAhead", "DayGone", "DayToCome", "EvaluateFirst", "HasLeft", "InWriting", "IsDone",
    "IsOver", "NeedsWords", "NotAParty", "NotDecided", "NotDone", "NotOpen", "NotStanding", "NotThere",
    "NotYetStanding", "OnPageAlready", "OneOfTwo", "OnlyNoted", "OwnWordsFirst", "SaidByWhom", "SamePerson",
    "Spoken", "StopsAlready", "Text", "TooLate", "WhoDoesWhat", "WithWhom", "add_party", "approve", "evaluate",
    "look", "name_contact", "note_agreement", "note_backing", "note_recipients", "object_to", "owner_left",
    "propose_ending", "propose_rhythm", "propose_take_over", "propose_text", "publish_comment", "rest_on_decision",
    "say_word", "somebody_gone", "start_agreement", "stop", "take_down_comment", "withdraw", "write_on_one_page",
    "write_own",
]  # fmt: skip
