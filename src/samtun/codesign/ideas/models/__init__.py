"""Ideas with what is added to them; initiatives with helpers and promises."""

from samtun.codesign.ideas.models.idea import Addition, Idea, IdeaStep
from samtun.codesign.ideas.models.initiative import Helper, Initiative, NewDay, Promise

__all__ = ["Addition", "Helper", "Idea", "IdeaStep", "Initiative", "NewDay", "Promise"]
