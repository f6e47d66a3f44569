"""Verbs: on words about something different, on whom may be told, on concerns, and on who receives them."""

from samtun.evaluation.feedback.actions import concerning, contacts, differing, ladder, receivers

__all__ = ["concerning", "contacts", "differing", "ladder", "receivers"]
