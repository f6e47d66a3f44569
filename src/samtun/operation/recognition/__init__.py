"""Thanks: a receipt by machine, thanks by a human.

Owner: operation. Rules: R67.
"""
