"""Ideas from anyone, what others add to them, and residents' own initiatives.

Whoever has the idea keeps the lead. The municipality answers in time, names a contact, and owes the invisible tasks.
"""
