"""Level 1: who has decided, who answers."""
