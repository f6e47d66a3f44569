"""All that is due, for whom and why. The desk is a list of these.

Owner: platform. Decisions: 9.
"""
