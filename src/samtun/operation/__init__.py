"""Level 3: doing it."""
