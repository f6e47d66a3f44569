"""What makes the papers."""
