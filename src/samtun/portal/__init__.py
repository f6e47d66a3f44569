"""Pages that gather from many rooms; they only read."""
