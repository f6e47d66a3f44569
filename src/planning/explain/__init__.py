"""Why something is left out of a plan, and what would help: only what was tried and works is told."""
