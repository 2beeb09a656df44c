"""Room 2: text becomes facts with offsets; pairs become scores with reasons. Pure functions, no I/O but own data."""

EXTRACTOR = "2026.11.26"
"""Version of the rules that find facts: raised with every change after which the same text gives other facts."""
