"""Verbs: on activities, on the rows their rule gives, and on one time of them."""

from samtun.operation.activities.actions import keeping, making, spreading, times

__all__ = ["keeping", "making", "spreading", "times"]
