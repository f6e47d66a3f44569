"""Verbs: an organisation is checked; standing offers, what is reported about them, and whether they are still right."""

from samtun.partners.catalogue.actions import checking, offers, reporting, right

__all__ = ["checking", "offers", "reporting", "right"]
