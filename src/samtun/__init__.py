"""Samtun: welfare services that a municipality and its people make together."""
