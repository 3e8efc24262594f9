"""Tests of what measures: a bench that cannot find a mistake proves nothing."""
