"""What stands ready for everyone: standing offers, what every offer shares, and who they are that publish.

Owner: platform. Decision: 35.
"""
