"""Forty ways in which other synchronisers hurt their users, and what shows that this one does not, or not yet."""
