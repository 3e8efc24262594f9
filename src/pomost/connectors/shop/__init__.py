"""Connectors of the shop side."""
