"""Tests; folders mirror `src/pomost`, `manual` holds the vendor manual as data."""
