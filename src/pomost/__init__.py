"""Synchroniser between ERP systems and online shops."""
