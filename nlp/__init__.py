"""Room 2: text becomes facts with offsets; pairs become scores with reasons. Pure functions, no I/O but own data."""
