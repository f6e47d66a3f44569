"""The network around a person, walked in five steps; ordinary activities to suggest first; the professional's visit.

Words: network, step, network contact, ordinary activity (what goes on in the programme, and is no closed list), home
visit, guidance talk. Owner: the volunteer centre. Rules: R26, R28, R58, R66, R76, R104, R113, R114. ADR 22.
"""
