"""Why something is left out, and what was tried and works."""
