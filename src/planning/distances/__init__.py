"""How far it is: a matrix of seconds and metres, whoever measured it."""

from planning.distances.matrix import Matrix

__all__ = ["Matrix"]
