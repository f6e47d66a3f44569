"""Pages of service designs."""
