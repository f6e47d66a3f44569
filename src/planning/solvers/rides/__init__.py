"""Rides: our own large-neighbourhood search, compiled.

`reading` makes arrays of a problem, `running` searches, `regions` does so where a day is too large for one search,
`schedule` gives the times, `keeping` carries an earlier plan over.
"""
