"""What is filled in."""

from samtun.evaluation.feedback.web.forms.feedback import (
    AboutForm,
    AnswerFeedbackForm,
    IntoDesignForm,
    NotSettledForm,
    PassUpForm,
    SayForm,
    TakeDownForm,
    TellForm,
)
from samtun.evaluation.feedback.web.forms.words import (
    AnswerForm,
    CloseForm,
    CodeForm,
    ConcernForm,
    ContactForm,
    DifferentForm,
    DoorForm,
    EnterForm,
    HeardForm,
    MoreForm,
    OutcomeForm,
    OutsideForm,
    WaitForm,
)

__all__ = [
    "AboutForm", "AnswerFeedbackForm", "AnswerForm", "CloseForm", "CodeForm", "ConcernForm", "ContactForm",
    "DifferentForm", "DoorForm", "EnterForm", "HeardForm", "IntoDesignForm", "MoreForm", "NotSettledForm",
    "OutcomeForm", "OutsideForm", "PassUpForm", "SayForm", "TakeDownForm", "TellForm", "WaitForm",
]  # fmt: skip
