"""Pages of lending."""
