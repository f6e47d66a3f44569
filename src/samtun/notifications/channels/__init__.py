"""Ways out of the house: e-mail, SMS, letter, a call by a person; adapters behind a typed registry.

Words: channel, gateway. Owner: platform. Decisions: 19-21.
"""
