"""Talking with what is outside."""
