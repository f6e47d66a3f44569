"""Who comes: registrations to what is in the programme, places and waiting lists, and who was there (ADR 35).

Nobody has to have an account, and no reason for coming is asked for or kept.
"""
