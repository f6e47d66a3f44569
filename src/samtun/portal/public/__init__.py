"""The public pages: who we are, how to ask, help."""
