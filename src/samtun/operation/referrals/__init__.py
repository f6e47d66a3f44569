"""Words about a person before there is a wish: passed on with a yes, a neighbour's worry, an offer to contribute.

A referral asks one thing of the volunteer centre: that a human being rings and hears. What comes of it is a wish in
`help_requests`, or nothing at all, and then nothing is kept either.

Owner: the volunteer centre. Rules: R27, R32, R76. ADR 18.
"""
