"""Pages about help: taking a call, one request, the public form, links opened from texts."""
