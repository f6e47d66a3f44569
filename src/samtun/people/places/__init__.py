"""Villages, halls, addresses as points.

Words: village, place, road. Owner: platform.
"""
