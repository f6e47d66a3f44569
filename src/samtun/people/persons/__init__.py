"""The human: one row a natural person in a municipality, known to owners.

Words: person, known to. Owner: platform. Decisions: 2, 4, 17, 26.
"""
