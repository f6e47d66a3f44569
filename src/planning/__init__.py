"""The planning engine: plain Python, no Django, no database, no clock, no network.

A question goes in as frozen values (`planning.vocabulary`), an answer with reasons comes out
(`planning.problems`), and a judge that knows no solver can check it (`planning.judge`).
Units: minutes and metres; times are local wall time without a zone.
"""
