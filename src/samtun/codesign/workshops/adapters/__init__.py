"""A4 by typst."""
