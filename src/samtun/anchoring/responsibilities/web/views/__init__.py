"""Pages: kinds of help, and the map of whose task each is."""
