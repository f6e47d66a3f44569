"""Pages of persons: looking up and mending, and what happens in a life."""
