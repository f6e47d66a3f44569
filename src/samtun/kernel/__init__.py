"""Plain-Python words used everywhere: clock, ids, references, periods, errors. Knows no framework."""
