"""Bodies that do the work: municipality, centre, units, associations, businesses; memberships and opening hours.

Words: organisation, unit, membership. Owner: platform.
"""
