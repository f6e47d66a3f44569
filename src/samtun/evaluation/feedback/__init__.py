"""Two things that never mix: "something seemed different", to a named professional by consent; and *si fra*, a concern.

Owner: evaluation. Rules: R83, R84.
"""
