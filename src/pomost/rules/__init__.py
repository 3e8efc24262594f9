"""Decisions: pure functions from nouns to nouns, without clock, log, disk or network."""
