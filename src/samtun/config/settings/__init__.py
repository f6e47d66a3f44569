"""Settings by situation: base, demo, dev, test, prod."""
