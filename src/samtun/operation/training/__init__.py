"""Courses held, with dates. Facts only so far.

Owner: operation. Rules: R65.
"""
