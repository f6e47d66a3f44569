"""Volunteers: profile, availability, ceilings, hosts, and the ledger of what was done.

Words: volunteer, host, ceiling, contribution. Owner: operation. Decisions: 6, 11; rules R60-R63, R71.
"""
