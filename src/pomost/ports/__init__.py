"""The contracts: two ports every connector speaks, its capabilities, and its faults."""
