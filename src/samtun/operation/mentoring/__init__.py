"""A mentor and a lighter plan for a volunteer who wants someone beside them, and the talks between the two.

Why somebody has one is written nowhere: not work training, not a newcomer's first months, not a hard year.
Owner: operation. Rules: R65, R68. ADR 24.
"""
