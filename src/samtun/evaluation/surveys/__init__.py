"""One-question forms about an arrangement or a time of the programme, never a grade of a person.

Owner: evaluation. Rules: R06, R111.
"""
