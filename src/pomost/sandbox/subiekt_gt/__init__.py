"""Sandbox of a company that works in Subiekt GT: its database, and the people who change it."""
