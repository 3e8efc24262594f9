"""Tests of the house rules: imports, sizes, names and documents."""
