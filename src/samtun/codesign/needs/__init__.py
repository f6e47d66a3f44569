"""Needs: what is needed, by which group and where, how it is known, and what is being done about it.

Never about one person: a group in words from a short list, counts only, and small numbers are hidden.
"""
