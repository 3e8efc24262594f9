"""A strict e-Sklep-like shop on loopback, written from the e-Sklep contract alone."""

from pomost.sandbox.esklep.texts import ERRORS, PROBLEMS
from pomost.sandbox.http.texts import declare

declare(PROBLEMS, ERRORS)
