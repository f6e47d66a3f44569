"""Messages: outbox, sending, replies by SMS, links in texts.

Words: message, notice, question, code. Owner: platform. Decisions: 19-21; reliability, section 7.
"""
