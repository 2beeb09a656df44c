"""Room 1: a file becomes a Document with exact offsets, pages and boxes. Knows no law, no database."""
