"""Flows over memory connectors, one scenario each."""
