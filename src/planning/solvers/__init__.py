"""The only place that may import a third-party solver. Empty until a question needs one: matching does not."""
