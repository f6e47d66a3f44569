"""The engine's door: quick answers at once, long ones as jobs; proposals wait for a person.

Owner: operation. Decisions: 13.
"""
