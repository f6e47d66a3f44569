"""Call-outs: a need of several hands on one day, put to a list of friends; first come, nobody asked too often.

Words: friends list (`FriendsList`), call-out, a group with a responsible adult. Owner: the volunteer centre.
Rules: R02, R60, R72. ADR 19.
"""
