"""Drawings of plans as SVG, without any drawing library: a map of routes, or who is where when."""

from planning.plot.svg import Bar, draw_hours, draw_map

__all__ = ["Bar", "draw_hours", "draw_map"]
