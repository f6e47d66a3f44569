"""Words about something different, concerns, and feedback: tables of their own that never meet (decisions 35)."""

from samtun.evaluation.feedback.models.feedback import Feedback, FeedbackStep
from samtun.evaluation.feedback.models.words import Concern, Contact, HeadsUp, Reading, Receiver, Remark, ShutOut

__all__ = ["Concern", "Contact", "Feedback", "FeedbackStep", "HeadsUp", "Reading", "Receiver", "Remark", "ShutOut"]
