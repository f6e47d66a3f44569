"""Policies: plans and principles in words everyone can read, with goals and what is done to reach them.

Words: a *policy* has *goals*; a *measure* stands under a goal. Each has an owner, a date and a state. ADR 33.
"""
