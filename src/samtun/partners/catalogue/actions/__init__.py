"""Verbs: an organisation is checked."""

from samtun.partners.catalogue.actions import checking

__all__ = ["checking"]
