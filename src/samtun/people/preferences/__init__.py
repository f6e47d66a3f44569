"""How a person wants to be reached, in which language, and what they would rather not be asked.

Owner: platform.
"""
