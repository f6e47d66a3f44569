"""The human, the login, places, roles, consents, preferences."""
