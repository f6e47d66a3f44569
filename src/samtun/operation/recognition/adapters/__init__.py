"""Outside tools of thanks: the printed card."""
