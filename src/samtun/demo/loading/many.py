"""As many municipalities as are wanted, written in bulk. Stub."""


def load_many(count: int, *, seed: int, present: object) -> int:
    """Make them."""
    return 0
