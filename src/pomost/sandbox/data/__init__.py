"""Assortment of the sandbox: real product names and codes, everything around them invented."""
