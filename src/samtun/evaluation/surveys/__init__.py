"""One-question forms about an arrangement, never a grade of a person.

Owner: evaluation. Rules: R06, R111.
"""
