"""All that is due."""
