"""Partners that misbehave on purpose, and what becomes of a run between them."""
