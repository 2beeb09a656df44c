"""The search index room: a cache of the database behind one port."""
