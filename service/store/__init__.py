"""The database room: ``ports`` says what use cases need, ``sql`` does it with SQLAlchemy (chosen by bootstrap)."""
