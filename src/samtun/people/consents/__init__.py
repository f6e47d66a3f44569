"""Consent: who said yes to what being passed to whom, and that it was withdrawn.

Owner: privacy officer. Rules: R76.
"""
