"""The house, and the line of sight."""
