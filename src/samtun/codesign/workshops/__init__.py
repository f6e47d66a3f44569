"""Workshops: many around tables, alone, in groups and together, and what is to be done afterwards.

Owner: co-design. Rules R99, R98, R18; ADR 31. Words: programme, question, phase, table, cloth, note, cluster, dot,
recommendation.
"""
