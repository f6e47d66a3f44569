"""When a solver stops: a protocol and small rules. Empty until the first solver comes."""
