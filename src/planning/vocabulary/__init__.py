"""The words of the engine: small frozen values that refuse nonsense when they are built.

One concept a module. Everything here may be imported by every other part of the engine, and imports none of it.
"""
