"""Small numbers: a count so low that somebody could be seen behind it is not told (decisions 29)."""

LEAST = 5


def too_few(number: int) -> bool:
    """Tell whether a count must be hidden: from one up to four. None at all may be told."""
    return 0 < number < LEAST
