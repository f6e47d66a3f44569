"""What one needs on paper tomorrow: made at six in the evening, for the day when nothing else works.

Words: sheet, part. Rooms above give the parts. Owner: platform. Decision: ADR 17.
"""
