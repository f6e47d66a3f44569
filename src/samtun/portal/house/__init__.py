"""The house of three floors: what is on its way between them, and the line of sight through each thing (ADR 27)."""
