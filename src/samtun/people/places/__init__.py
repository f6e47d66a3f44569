"""Villages, halls, addresses as points.

Words: village, place. Owner: platform.
"""
