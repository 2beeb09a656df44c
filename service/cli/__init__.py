"""The command ``dondoc``: JSON Lines for scripts on standard output, tables and progress for people on standard error."""
