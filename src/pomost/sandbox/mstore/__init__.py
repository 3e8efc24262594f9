"""A strict M/store-like ordering service on loopback, written from the M/store contract alone."""

from pomost.sandbox.http.texts import declare
from pomost.sandbox.mstore.texts import ERRORS, PROBLEMS

declare(PROBLEMS, ERRORS)
