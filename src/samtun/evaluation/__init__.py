"""Between the levels: what is learnt travels up from here."""
