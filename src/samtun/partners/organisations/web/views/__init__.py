"""Pages of one's own organisation."""
