"""Role classes with a sentence each, and municipality-wide grants of them.

Owner: platform. Decisions: 25.
"""
