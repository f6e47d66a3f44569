"""Pages for hats, roles, and who has looked."""
