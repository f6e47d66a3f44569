"""Who needs what: from call to thanks. Triage, asking, agreeing, done.

Words: help request, ask, match, veto. Owner: operation. Rules: R22-R32, R83, R104.
"""
