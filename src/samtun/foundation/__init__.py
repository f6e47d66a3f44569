"""Django ground floor: scope, base models, references, access, audit, events, jobs, settings, pages' shell.

Owner: everyone. Decisions: docs/adr/0003, 0004, 0006.
"""
