"""Settings, addresses, server entry points, and how the parts are started together."""
