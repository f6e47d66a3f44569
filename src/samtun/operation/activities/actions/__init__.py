"""Verbs: on activities, on the rows their rule gives, and on one time of them."""

from samtun.operation.activities.actions import buses, keeping, making, pictures, spreading, times

__all__ = ["buses", "keeping", "making", "pictures", "spreading", "times"]
