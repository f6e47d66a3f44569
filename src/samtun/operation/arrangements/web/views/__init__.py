"""Pages of standing arrangements."""
