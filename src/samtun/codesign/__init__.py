"""Level 2: what to make, and with whom."""
