"""Task types: what volunteers do and do not do here, who cleared it, what it requires, how one is asked.

Owner: anchoring. Decisions: 12; rules R22-R29, R63-R64.
"""
