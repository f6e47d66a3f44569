"""Standing arrangements: a visiting friend, a weekly shopping trip, a walk; two who meet again and again.

A wish that lasts is asked and agreed as any other (`help_requests`); the yes makes the arrangement run. Words:
arrangement, term (what holds from a day), visit (one date of it), pause. Owner: the one who answers for the wish.
Rules: R28, R54, R58, R60, R66, R112-R113. ADR 21.
"""
