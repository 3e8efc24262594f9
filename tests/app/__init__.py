"""Tests of the hallway: settings documents, operations and logs."""
