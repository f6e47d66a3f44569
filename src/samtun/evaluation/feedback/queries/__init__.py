"""What can be asked: of words about something different, and of concerns. Each for those it is meant for alone."""

from samtun.evaluation.feedback.queries import concerning, differing, on_line, taking_out

__all__ = ["concerning", "differing", "on_line", "taking_out"]
