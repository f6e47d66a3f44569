"""Forums: committees and councils with seats and terms, agendas, minutes, and decisions that someone answers for.

Owner: anchoring. Rules R04, R15, R21; ADR 26.
"""
