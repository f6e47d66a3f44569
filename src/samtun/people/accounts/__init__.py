"""The login: accounts, one-time codes, password with second factor. Most persons never have one.

Owner: platform.
"""
