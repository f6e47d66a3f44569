"""From plain valleys to a municipality that has been used for half a year: lived through once more, by its actions."""
