"""The flows: short sentences made of reading, deciding, planning, sending and recording."""
