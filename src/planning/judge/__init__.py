"""Is this answer right? Each rule once more, in another way than the solvers know it; no solver is imported here."""

from planning.judge.suggestions import Breach, judge_match, may_be_asked

__all__ = ["Breach", "judge_match", "may_be_asked"]
