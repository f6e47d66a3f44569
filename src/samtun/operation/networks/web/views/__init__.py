"""Pages of networks, ordinary activities and home visits."""
