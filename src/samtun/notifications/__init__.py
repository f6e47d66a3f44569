"""Messages to people, at the bottom: they know neither rides nor persons, only resolved recipients."""
