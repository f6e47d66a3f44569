"""The login: accounts, one-time codes, password with second factor. Most persons never have one.

Owner: platform. Decisions: 2, 7, 10, 19.
The door for OpenID Connect (roadmap 8): a login is `foundation.sessions.begin(provider=…, sid=…)`. An identity provider
adds an adapter that turns its answer into (provider, subject) → Account, calls `begin` with its own name and `sid`, and
ends logins from the outside by deleting sessions by (provider, sid). Nothing else knows how somebody logged in; `acr`
becomes `second_factor`. Subjects are kept per provider, since two may use the same.
"""
