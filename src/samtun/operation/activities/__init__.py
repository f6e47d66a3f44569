"""The programme: activities with the rule they are held by, and each occurrence of them (ADR 35).

An occurrence is a row with local date and wall time. Who comes is registrations' affair.
"""
