"""Why something is left out, and what would help: a fix is told only where the plan with it was found and judged."""
