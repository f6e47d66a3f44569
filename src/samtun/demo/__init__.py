"""The invented municipalities: their loader, who one can be in them, and the telephone beside the page.

Installed by demo settings only. Everything in it happens through the same actions as in use. Decisions: 30.
"""
