"""The store's shelves on SQLite and on PostgreSQL."""
