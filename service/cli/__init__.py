"""The command ``dondoc``: JSON Lines for scripts on standard output, words for people on standard error."""
