"""Today's desk for coordinators: a list of to-dos."""
