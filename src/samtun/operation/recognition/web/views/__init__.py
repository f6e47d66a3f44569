"""Pages of thanks and certificates."""
