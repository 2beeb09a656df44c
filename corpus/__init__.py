"""Room 1: a file becomes a Document with exact offsets, pages and boxes. Knows no law, no database."""

READER = "2026.11.3"
"""Version of the reading rules: raised with every change after which the same file gives another text."""
