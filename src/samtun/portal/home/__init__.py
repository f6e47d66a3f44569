"""My page for a resident or a volunteer."""
