"""Rows of an Optima company turned into entries; `reading` and `print` of an entry come from the same rows."""
