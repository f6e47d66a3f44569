"""Agreements, their parties, versions of the joint text, and evaluations."""

from samtun.anchoring.agreements.models.agreements import Agreement, Party
from samtun.anchoring.agreements.models.evaluations import Comment, Evaluation, PartyWord
from samtun.anchoring.agreements.models.versions import Answer, Duty, Version

__all__ = ["Agreement", "Answer", "Comment", "Duty", "Evaluation", "Party", "PartyWord", "Version"]
