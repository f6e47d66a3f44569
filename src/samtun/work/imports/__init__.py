"""Taking in the spreadsheets that people have: chosen, read, mapped, tried, run, undone.

Words: import run, row, identity, trace. Owner: platform. What can be taken in is registered by rooms' `importer`
modules with `foundation.imports`. Decisions: 17; ADR 0015.
"""
