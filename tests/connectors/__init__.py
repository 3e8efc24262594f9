"""Connectors against the conformance suites, and what only one vendor can do wrong."""
