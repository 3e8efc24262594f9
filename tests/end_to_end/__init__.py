"""Tests of whole synchronisations: a real ERP database, a real shop over HTTP, through the operations."""
