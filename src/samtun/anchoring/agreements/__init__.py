"""Agreements between equal parties: noted, or on one page; approved by all, evaluated, ended with a reason.

Words: an *agreement* has *parties*, each an owner. Its joint text is made in *versions* that every party approves
(R01). ADR 28.
"""
