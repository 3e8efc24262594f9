"""The ground: frozen values of the trade that every other room speaks in."""
