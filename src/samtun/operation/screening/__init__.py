"""Suitability, confidentiality declaration, police certificate shown: facts with dates, never the papers.

Owner: operation. Rules: R62-R64.
"""
