"""When a search ends. The only clock of the engine is here."""

from planning.stopping.budget import Budget, Running

__all__ = ["Budget", "Running"]
