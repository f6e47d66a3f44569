"""Task types: what volunteers do and do not do here, who cleared it, what it requires, how one is asked.

And the map: who answers for each task, does it, supports, is told; changed when all it concerns say yes. ADR 33.
Owner: anchoring. Decisions: 12; rules R16, R22-R29, R63-R64.
"""
