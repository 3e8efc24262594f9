"""What sandbox shops over HTTP have in common: the gate, problems, lists by cursor, scripted faults, the journal."""
