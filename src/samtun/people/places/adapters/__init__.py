"""Maps from outside."""
