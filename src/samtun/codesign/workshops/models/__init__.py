"""Workshops, who takes part, and what is written."""

from samtun.codesign.workshops.models.cloth import Answer, Cluster, Dot, Note, Recommendation
from samtun.codesign.workshops.models.workshop import Group, Participant, Question, Workshop

__all__ = [
    "Answer", "Cluster", "Dot", "Group", "Note", "Participant", "Question", "Recommendation", "Workshop",
]  # fmt: skip
