"""The SQLAlchemy adapter of the database port: SQLite by default, PostgreSQL by address."""

from service.store.sql.store import SqlStore

__all__ = ["SqlStore"]
