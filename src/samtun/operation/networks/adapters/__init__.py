"""Paper of the room."""
