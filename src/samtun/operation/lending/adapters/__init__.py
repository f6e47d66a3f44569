"""Paper of lending."""
