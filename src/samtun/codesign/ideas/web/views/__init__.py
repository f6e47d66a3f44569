"""Idea pages."""
