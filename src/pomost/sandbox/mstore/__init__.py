"""A strict M/store-like ordering service on loopback, written from the M/store contract alone."""
