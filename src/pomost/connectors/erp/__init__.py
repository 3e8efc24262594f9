"""Connectors of the ERP side."""
